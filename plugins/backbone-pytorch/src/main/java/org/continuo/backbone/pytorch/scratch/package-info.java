/**
 * The backbone plugin {@code pytorch-scratch}: a decoder that has learned nothing yet.
 *
 * <p>It writes a fresh checkpoint and loads it as the plugin {@code pytorch} does. Pre-training is
 * an ordinary run over it that trains all weights:
 *
 * <pre>{@code
 * experiment {
 *   stream   { type = generated-text }
 *   backbone { type = pytorch-scratch, folder = "runs/scratch", tokenizer-text = [${experiment.stream}] }
 *   head     { type = free-text }
 *   strategy { type = full-weights }
 * }
 * }</pre>
 *
 * The tokenizer is trained on the text of the streams named in {@code tokenizer-text}, so that one
 * command does everything.
 */
package org.continuo.backbone.pytorch.scratch;
