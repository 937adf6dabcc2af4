/**
 * Which group a text is nearest to.
 *
 * <p>Letters for shapes: B rows, K groups, d width.
 *
 * <pre>{@code
 * FrozenQuery view = FrozenQuery.HIDDEN_MEAN;
 * List<Example> texts = host.trainingData();
 * Prototypes learned =
 *     new Prototypes(host.kept("tasks"))
 *         .plus(task.name(), x -> view.each(texts, host, x), texts.size(), width, host.scope());
 * host.keep("tasks", learned.statistics());
 * NDArray scores = learned.gaussian(view.of(batch, host), names);   // [B,K]
 * }</pre>
 */
package org.continuo.methods.similarity;
