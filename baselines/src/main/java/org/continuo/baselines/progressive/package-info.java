/**
 * Progressive prompts: a new soft prompt for each task before those of earlier tasks.
 *
 * <p>Razdaibiedina et al. 2023, arXiv 2301.12314: a text of task t is read as {@code [P_t; ...;
 * P_1; x]} and only P_t trains, through a residual network {@code P + W2 relu(W1 P)} that is
 * dropped when the task ends. Ten tokens and a step size of 0.3 as in the published code for T5, a
 * network of 800 as in TRACE. The task id is needed. Deviations: the network has no layer norm and
 * its last matrix starts at 0, so that a prompt starts as words of the vocabulary.
 */
package org.continuo.baselines.progressive;
