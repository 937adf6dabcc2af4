/**
 * Training of a byte-level byte-pair-encoding tokenizer, and its {@code tokenizer.json}.
 *
 * <p>Texts are cut into pieces by the regular expression of GPT-2, pieces into bytes; the pair of
 * neighbours that occurs most often becomes a new token, until the vocabulary is full (Sennrich et
 * al., 2016, arXiv 1508.07909).
 */
package org.continuo.backbone.pytorch.scratch.bpe;
