/**
 * Dark experience replay: past examples keep the scores they had when they were met.
 *
 * <p>Buzzega et al. 2020, arXiv 2004.07211, eq. 6 (DER++): {@code L + alpha mean (z - z')^2 + beta
 * L(y'')} on two draws from a reservoir that every step offers its rows to, whatever the task; with
 * {@code beta} 0 it is DER. The reservoir holds examples of the task at hand too; between tasks the
 * host has it, so that it counts as stored. Deviation: scores are compared over the labels of the
 * example's own task, not over all labels met, since each task has labels and often a head of its
 * own.
 */
package org.continuo.baselines.derplusplus;
