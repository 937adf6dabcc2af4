/**
 * Experience replay: examples of past tasks beside those of the task at hand.
 *
 * <p>Rolnick et al. 2019, arXiv 1811.11682; the form of Mammoth's {@code er}: each step a draw from
 * the memory as large as the batch. Deviations: the memory is filled when a task ends, so that it
 * holds past tasks only and a first task trains as without it; its rows are passes of their own
 * with their own task's head, weighed by {@code weight}, not one concatenated batch.
 */
package org.continuo.baselines.replay;
