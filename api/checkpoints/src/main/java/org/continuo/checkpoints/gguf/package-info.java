/**
 * Model files in the GGUF format, and how they become a folder that everything else here reads.
 *
 * <p>Such a file begins with {@code GGUF}, a version and two counts, goes on with keys and values
 * (the configuration, the tokenizer) and a table of tensors, and ends with their elements, packed
 * in blocks along the rows. All of it is little-endian. Nothing computes with it here: what is
 * packed is unpacked once, while it is written.
 *
 * <pre>{@code
 * GgufImport model = GgufImport.read(Path.of("SmolLM2-135M-Instruct.Q4_1.gguf"));
 * model.write(Path.of("models/smollm2"), CheckpointExport.Type.F32);
 * CheckpointFolder folder = CheckpointFolder.open("smollm2", Path.of("models/smollm2"));
 * }</pre>
 */
package org.continuo.checkpoints.gguf;
