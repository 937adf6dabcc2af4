/**
 * A model that starts from nothing: a byte-level BPE tokenizer learned from the texts of the
 * stream, and a Llama-architecture network with random weights, as an ordinary checkpoint folder.
 */
package org.continuo.backbone.pytorch.scratch;
