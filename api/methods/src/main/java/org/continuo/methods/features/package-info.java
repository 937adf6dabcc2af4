/**
 * What a model makes of texts, many of them at a time.
 *
 * <p>Letters for shapes as in {@code org.continuo.api.model}: B rows, d width.
 *
 * <pre>{@code
 * NDArray sum = host.scope().zeros(new Shape(width));
 * FrozenQuery.HIDDEN_MEAN.each(host.trainingData(), host, x -> sum.addi(x.sum(new int[] {0})));
 * }</pre>
 */
package org.continuo.methods.features;
