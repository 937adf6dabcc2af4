/**
 * One expert trained on the examples of all tasks at once: the upper bound of methods that share
 * weights.
 *
 * <p>Everything is learned in the stage of the first task; the later stages train nothing. So all
 * rows of the accuracy matrix are equal, backward transfer and forgetting are 0 by construction,
 * and only the last row is to be read: it is what continual methods are measured against. It breaks
 * the protocol they keep to, hence the need {@code future-data}.
 */
package org.continuo.baselines.joint;
