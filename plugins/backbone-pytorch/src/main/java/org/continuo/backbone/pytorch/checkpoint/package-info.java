/**
 * A Hugging Face checkpoint folder: what {@code config.json} says in the words of the field, the
 * stored weights under the names of this project, and the tokenizer.
 *
 * <pre>{@code
 * CheckpointFolder folder = CheckpointFolder.resolve("models/Llama-3.2-1B");
 * Problems problems = new Problems();
 * CheckpointConfig config = CheckpointConfig.read(folder, problems).orElseThrow();
 * config.family();   // LLAMA
 * }</pre>
 */
package org.continuo.backbone.pytorch.checkpoint;
