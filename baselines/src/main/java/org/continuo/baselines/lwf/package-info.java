/**
 * Learning without forgetting: on the texts of a new task the scores of earlier tasks stay what
 * they were.
 *
 * <p>Li and Hoiem 2016, arXiv 1606.09282, eq. 2: {@code L + alpha T^2 KL(softmax(z_old / T) ||
 * softmax(z_new / T))}, the old scores from the weights before the task, {@code alpha} 1 and {@code
 * T} 2. With a head per task each earlier task has a softmax of its own and their divergences add
 * up; a head that scores the vocabulary has one. Avalanche leaves the factor {@code T^2} out.
 */
package org.continuo.baselines.lwf;
