/**
 * Learning to prompt: a pool of soft prompts with keys, of which each text takes the nearest.
 *
 * <p>Wang et al. 2022, arXiv 2112.08654, eq. 4: {@code L - lambda sum cos(q, k)} over the keys a
 * text chose, {@code q} a frozen view of it. Pool 10, prompts of 5 tokens, 5 per text and {@code
 * lambda} 0.1 as in Mammoth; TRACE starts prompts from the vocabulary and takes 3 with 0.5. Each
 * text chooses for itself: choosing for a whole batch, as the published code can, tells the task
 * where batches are of one task. No task id is needed.
 *
 * <p>Deviation: the paper's penalty on keys that were often chosen is left out, as in both.
 */
package org.continuo.baselines.l2p;
