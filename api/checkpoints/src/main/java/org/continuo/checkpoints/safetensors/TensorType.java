package org.continuo.checkpoints.safetensors;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.continuo.api.plugin.Stability;

/** The element types of the format. */
@Stability(Stability.Level.STABLE)
public enum TensorType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  F8_E4M3(1),
  F8_E5M2(1),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1),
  BOOL(1);

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element. */
  public int bytes() {
    return bytes;
  }

  /**
   * Of arrays with the same bits. Empty where DJL has no name for it, and where its PyTorch engine
   * ends the process when it is asked for such an array.
   */
  public Optional<DataType> array() {
    return switch (this) {
      case F64 -> Optional.of(DataType.FLOAT64);
      case F32 -> Optional.of(DataType.FLOAT32);
      case F16 -> Optional.of(DataType.FLOAT16);
      case I64 -> Optional.of(DataType.INT64);
      case I32 -> Optional.of(DataType.INT32);
      case I8 -> Optional.of(DataType.INT8);
      case U8 -> Optional.of(DataType.UINT8);
      case BOOL -> Optional.of(DataType.BOOLEAN);
      case BF16, F8_E4M3, F8_E5M2, I16, U64, U32, U16 -> Optional.empty();
    };
  }

  /** True for the types that are read as float32. */
  public boolean readable() {
    return this == F32 || this == F16 || this == BF16;
  }

  /** Those of which there are arrays. */
  static List<TensorType> held() {
    return Arrays.stream(values()).filter(type -> type.array().isPresent()).toList();
  }

  static Optional<TensorType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** The type with the bits of such an array. */
  static Optional<TensorType> of(DataType array) {
    return Arrays.stream(values())
        .filter(type -> type.array().equals(Optional.of(array)))
        .findFirst();
  }
}
