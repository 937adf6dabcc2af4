/**
 * A model as files: what {@code config.json} says in the words of the field, the stored weights,
 * the names they have for our sites, and the tokenizer. Nothing here computes with a model.
 *
 * <p>{@link CheckpointFolder#open} refuses what is no such folder and says what it nearly is; those
 * that read single files collect what is wrong in {@link Problems}, so that a user sees all of it
 * at once.
 *
 * <p>Where two places say the same thing, they are read as transformers 5 reads them where that is
 * plain, and refused together where it is not:
 *
 * <table>
 * <caption>One setting in two places</caption>
 * <tr><th>places</th><th>what counts</th></tr>
 * <tr><td>{@code rope_scaling} and {@code rope_parameters}</td><td>the former, if the latter has no
 *     scaling and the same base; else refused</td></tr>
 * <tr><td>{@code rope_theta} or {@code original_max_position_embeddings} inside and beside; {@code
 *     rope_type} and {@code type}</td><td>refused unless equal</td></tr>
 * <tr><td>{@code rope_scaling}, {@code rope_theta}, {@code rope_local_base_freq}, {@code
 *     global_rope_theta}, {@code local_rope_theta} and the objects for each kind of layer in {@code
 *     rope_parameters} of Gemma 3 and ModernBERT</td><td>a base inside such an object before one
 *     beside it; two scalings are refused unless equal</td></tr>
 * <tr><td>{@code original_max_position_embeddings} of Phi-3 inside and beside</td><td>the one beside,
 *     4096 where it is not set; refused if another stands inside</td></tr>
 * <tr><td>{@code layer_types} and {@code sliding_window_pattern}, {@code
 *     global_attn_every_n_layers}</td><td>the former</td></tr>
 * <tr><td>{@code dim}, {@code n_heads}, {@code n_layers} of DistilBERT, {@code n_embd}, {@code
 *     n_head}, {@code n_layer}, {@code n_positions} of GPT-2, and the names of others</td>
 *     <td>either; refused unless equal</td></tr>
 * <tr><td>{@code layer_types} and {@code sliding_window}, {@code use_sliding_window}</td><td>refused
 *     if they contradict</td></tr>
 * <tr><td>{@code tie_word_embeddings} and a stored head</td><td>the head, if it differs from the
 *     table</td></tr>
 * <tr><td>number of layers, shapes, biases, and the stored tensors</td><td>refused unless they
 *     agree</td></tr>
 * <tr><td>{@code do_lower_case}, {@code strip_accents}, {@code tokenize_chinese_chars}, {@code
 *     add_prefix_space} and {@code tokenizer.json}</td><td>as the class makes it that {@code
 *     tokenizer_class} names, or the family has; Llama, Mistral, Phi-3 and ModernBERT read the file
 *     as it is</td></tr>
 * <tr><td>{@code added_tokens_decoder} and {@code added_tokens}</td><td>refused unless an id means the
 *     same</td></tr>
 * <tr><td>{@code add_bos_token}, {@code add_eos_token}, and padding and truncation in {@code
 *     tokenizer.json}</td><td>not read: the post-processor says what stands around a text, the run
 *     how long it is</td></tr>
 * <tr><td>{@code classifier_pooling} of ModernBERT and a pooling of sentence-transformers</td>
 *     <td>the latter</td></tr>
 * <tr><td>{@code pooling_mode} and {@code pooling_mode_*}</td><td>refused unless they agree</td></tr>
 * <tr><td>{@code max_seq_length} of a sentence-transformers folder and {@code
 *     max_position_embeddings}</td><td>the smaller</td></tr>
 * <tr><td>a key twice in one file</td><td>refused</td></tr>
 * </table>
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
 * TensorParts parts = names.parts(query.name() + ".weight");
 * parts.put(query.name() + ".weight", new Shape(query.out(), query.in()));   // and those beside it
 * NDArray matrix = parts.load(stored.file(name), query.name() + ".weight", manager);  // [out,in]
 * }</pre>
 */
package org.continuo.checkpoints;
