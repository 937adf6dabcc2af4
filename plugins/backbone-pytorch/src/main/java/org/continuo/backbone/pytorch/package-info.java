/**
 * The backbone plugin {@code pytorch}.
 *
 * <pre>{@code
 * backbone { type = pytorch, checkpoint = "models/Llama-3.2-1B" }
 * }</pre>
 *
 * From here the data goes through {@code checkpoint} (a folder becomes a configuration, weights and
 * a tokenizer; what is wrong is reported at once), {@code safetensors} (the file format) and {@code
 * network} (the forward pass).
 */
package org.continuo.backbone.pytorch;
