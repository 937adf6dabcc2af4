/**
 * How much a task needs each parameter: the Fisher information.
 *
 * <pre>{@code
 * List<Example> drawn = Draw.without(host.trainingData(), 500, host.random("examples"));
 * Tensors fisher =
 *     new Fisher(host, name -> name.startsWith("expert/")).estimate(Fisher.Estimator.EMPIRICAL, drawn, 8);
 * host.keep("fisher", host.kept("fisher").plus(fisher));
 * }</pre>
 */
package org.continuo.methods.fisher;
