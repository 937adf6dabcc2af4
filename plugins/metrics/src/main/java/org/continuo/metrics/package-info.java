/**
 * Metrics on graded answers.
 *
 * <p>Letters: n items (test examples of a task), p<sub>l</sub>(i) the probability that item i has
 * label l, P the required precision, θ<sub>l</sub> the threshold of a label: it <em>claims</em> the
 * items with p<sub>l</sub>(i) ≥ θ<sub>l</sub>.
 */
package org.continuo.metrics;
