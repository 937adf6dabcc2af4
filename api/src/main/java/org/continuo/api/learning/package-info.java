/**
 * What decides and learns: strategies, heads, adversaries, and what the host offers them.
 *
 * <p>Letters for shapes as in {@code org.continuo.api.model}: B rows, S tokens, R positions the
 * head reads, C its columns, d width.
 *
 * <p>A strategy <i>describes</i> the training of each task ({@link Contribution}); the loop of the
 * host merges the descriptions of all strategies and owns the step: forward, losses, backward,
 * gradient transforms, clipping, optimiser, after-step actions. One that attaches nothing is an
 * add-on ({@link Strategy.AddOn}) and joins others in a {@link Combination}.
 *
 * <p>A run may be killed after any task and go on in another process, where every part is made
 * anew: what a part has to know beyond the task at hand it keeps in the {@link Host}, under a name.
 *
 * <pre>{@code
 * public final class PerTask implements Strategy {
 *   // one expert per task
 *   public Optional<Wiring> wiring(Optional<String> task) {
 *     return task.map(t -> Wiring.of(Mixture.sum(List.of(expert(t)))));
 *   }
 *   public Contribution contribute(Task task) {
 *     return Contribution.builder().train(expert(task.name()).params()).build();
 *   }
 * }
 * }</pre>
 */
package org.continuo.api.learning;
