package org.continuo.backbone.onnx.graph;

import java.util.EnumSet;
import java.util.Set;

/** The element types of the format, in the order of their numbers. */
public enum ElementType {
  UNDEFINED("undefined"),
  FLOAT("F32"),
  UINT8("U8"),
  INT8("I8"),
  UINT16("U16"),
  INT16("I16"),
  INT32("I32"),
  INT64("I64"),
  STRING("string"),
  BOOL("BOOL"),
  FLOAT16("F16"),
  DOUBLE("F64"),
  UINT32("U32"),
  UINT64("U64"),
  COMPLEX64("complex64"),
  COMPLEX128("complex128"),
  BFLOAT16("BF16"),
  FLOAT8E4M3FN("F8_E4M3"),
  FLOAT8E4M3FNUZ("F8_E4M3FNUZ"),
  FLOAT8E5M2("F8_E5M2"),
  FLOAT8E5M2FNUZ("F8_E5M2FNUZ"),
  UINT4("U4"),
  INT4("I4"),
  FLOAT4E2M1("F4");

  private static final Set<ElementType> REAL = EnumSet.of(FLOAT, FLOAT16, BFLOAT16, DOUBLE);
  private static final Set<ElementType> REDUCED =
      EnumSet.of(
          UINT8,
          INT8,
          FLOAT8E4M3FN,
          FLOAT8E4M3FNUZ,
          FLOAT8E5M2,
          FLOAT8E5M2FNUZ,
          UINT4,
          INT4,
          FLOAT4E2M1);

  private final String label;

  ElementType(String label) {
    this.label = label;
  }

  static ElementType of(long code) {
    return code >= 0 && code < values().length ? values()[(int) code] : UNDEFINED;
  }

  /** The name that safetensors files have for it. */
  public String label() {
    return label;
  }

  /** A type in which weights are stored; others hold shapes and indices. */
  boolean weight() {
    return REAL.contains(this) || reduced();
  }

  /** Eight bits or fewer: what quantised weights are stored in. */
  boolean reduced() {
    return REDUCED.contains(this);
  }
}
