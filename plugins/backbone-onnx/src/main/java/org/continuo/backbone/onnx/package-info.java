/**
 * The backbone plugin {@code onnx}: any encoder, or a decoder that reads whole texts.
 *
 * <pre>{@code
 * backbone { type = onnx, checkpoint = "models/all-MiniLM-L6-v2", summary = mean }
 * }</pre>
 *
 * <p>Inputs, by the names the model has for them, each [1,S] int64 or int32: {@code input_ids},
 * {@code attention_mask}, {@code token_type_ids}, {@code position_ids}. One output is read, float32
 * or float16: final hidden states [1,S,d], logits [1,S,V] or a pooled vector [1,d]. Texts are
 * computed one at a time, without padding: a text has the same bits in whatever batch it is met,
 * kept or computed. What is attached to the hidden states, and heads, are arrays of PyTorch and
 * have gradients.
 *
 * <p>From here the data goes through {@code graph} (what the file says of inputs, outputs and
 * weights) and {@code cache} (features on disk).
 */
package org.continuo.backbone.onnx;
