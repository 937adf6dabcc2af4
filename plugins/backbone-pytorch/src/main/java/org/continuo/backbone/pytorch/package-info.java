/**
 * The backbone plugin {@code pytorch}.
 *
 * <pre>{@code
 * backbone { type = pytorch, checkpoint = "models/Llama-3.2-1B" }
 * }</pre>
 *
 * From here the data goes through {@code org.continuo.checkpoints} (a folder becomes a
 * configuration, stored weights and a tokenizer; what is wrong is reported at once), {@code
 * checkpoint} (its weights become parameters) and {@code network} (the forward pass).
 */
package org.continuo.backbone.pytorch;
