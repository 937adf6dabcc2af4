/**
 * O-LoRA: a new low-rank expert for each task, its subspace kept apart from those of earlier tasks.
 *
 * <p>Wang et al. 2023, arXiv 2310.14152, eq. 7 to 10, with the constants of the published code
 * (orders 1 to 3): rank 8, alpha 32, dropout 0.1 on queries and values, {@code lambda1} 0.5, {@code
 * lambda2} 0. The code penalises the absolute inner products of the rows of A with those of all
 * earlier A, adds the 2-norms of the new A and B, and sums all experts in training and in tests, so
 * that no task id is needed.
 *
 * <p>The port by the authors of MoE-CL lets only the expert of a task act on it ({@code active =
 * own}) and squares the inner products ({@code overlap = squared}, {@code lambda1 = 1}, sites
 * {@code [gate, up, down]}, alpha 16). There, with a head per task, nothing that an earlier task
 * uses changes later, so orthogonality cannot reduce forgetting.
 */
package org.continuo.baselines.olora;
