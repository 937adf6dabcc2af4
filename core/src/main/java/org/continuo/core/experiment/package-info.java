/**
 * The options of an experiment file: one record per block, bound by {@code
 * org.continuo.core.config}.
 */
package org.continuo.core.experiment;
