/**
 * The safetensors file format: 8 bytes with the length of a JSON header, the header (name, type,
 * shape and byte range of each tensor), then the tensors as little-endian bytes without gaps.
 *
 * <pre>{@code
 * SafetensorsFile file = SafetensorsFile.open(Path.of("model.safetensors"));
 * NDArray norm = file.load("model.norm.weight", manager);   // float32, owns its memory
 * NDArray bits = file.read("model.norm.weight", manager);   // as it is stored
 *
 * SafetensorsWriter.write(Path.of("copy.safetensors"),
 *     List.of(SafetensorsWriter.Tensor.of("model.norm.weight", TensorType.F16, norm)));
 * }</pre>
 *
 * <p>The bytes of an array are taken for little-endian ones: engines exist for such processors
 * only.
 */
package org.continuo.checkpoints.safetensors;
