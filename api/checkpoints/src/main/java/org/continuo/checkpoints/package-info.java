/**
 * A model as files: what {@code config.json} says in the words of the field, the stored weights,
 * the names they have for our sites, and the tokenizer. Nothing here computes with a model.
 *
 * <p>{@link CheckpointFolder#open} refuses what is no such folder and says what it nearly is; those
 * that read single files collect what is wrong in {@link Problems}, so that a user sees all of it
 * at once.
 *
 * <pre>{@code
 * CheckpointFolder folder = CheckpointFolder.open("llama", Path.of("models/Llama-3.2-1B"));
 * Problems problems = new Problems();
 * CheckpointConfig config = CheckpointConfig.read(folder, problems).orElseThrow();
 * StoredWeights stored = StoredWeights.open(folder, problems).orElseThrow();
 * WeightNames names = WeightNames.of(config.family(), stored::has);
 *
 * Site query = new Sites(config).linear(0, Projection.QUERY);
 * String name = names.tensor(query);       // model.layers.0.self_attn.q_proj.weight
 * NDArray matrix = stored.file(name).load(name, manager);   // [out,in] float32
 * }</pre>
 */
package org.continuo.checkpoints;
