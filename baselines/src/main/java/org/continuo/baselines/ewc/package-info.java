/**
 * Elastic weight consolidation: a quadratic pull towards earlier weights, stronger where they
 * mattered.
 *
 * <p>Kirkpatrick et al. 2017, arXiv 1612.00796, eq. 3: {@code L + lambda/2 sum_i F_i (theta_i -
 * theta*_i)^2}, one anchor per task; the online form with decay is Schwarz et al. 2018, arXiv
 * 1805.06370, section 3.2. Heads of tasks are left out: no later task trains them. {@code lambda}
 * is a matter of convention: Mammoth's {@code ewc_on} leaves out the 1/2, so its value is half of
 * ours; TRACE has 400 with the 1/2. Search it by powers of ten.
 *
 * <p>The Fisher information is estimated when a task ends, without dropout, from examples drawn
 * from it. Squaring gradients of whole batches, as several libraries do, is another quantity that
 * falls with the batch size; it is there as {@code batch-gradient}.
 */
package org.continuo.baselines.ewc;
