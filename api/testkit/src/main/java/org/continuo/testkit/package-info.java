/**
 * For tests of plugins: a contract that a plugin's own test class extends, and runs of the real
 * host on a tiny backbone, two tasks and few examples, in a fraction of a second.
 *
 * <pre>{@code
 * class EwcTest extends StrategyContract {
 *   protected Plugin<Strategy.Factory, ?> plugin() { return new EwcPlugin(); }
 *
 *   @Test
 *   void pullsMoreTheHigherLambda(@TempDir Path folder) {
 *     TinyRun run = TinyRun.of(plugin()).set("strategy.lambda=1000");
 *     assertTrue(run.run(folder).accuracy().get(1).get(0) > 0.7);
 *   }
 * }
 * }</pre>
 *
 * <p>{@link org.continuo.testkit.TinyRun} takes any block of an experiment file and any plugins,
 * and lets a test stand around the strategy; {@link org.continuo.testkit.OpenRun} is driven task by
 * task, its parameters are read and assigned in between.
 *
 * <p>Parts have contracts of their own: {@link org.continuo.testkit.ExpertContract}, {@link
 * org.continuo.testkit.RouterContract}, {@link org.continuo.testkit.AdversaryContract}, {@link
 * org.continuo.testkit.BackboneContract}, {@link org.continuo.testkit.HeadContract}, {@link
 * org.continuo.testkit.TaskStreamContract}, {@link org.continuo.testkit.MetricContract}, {@link
 * org.continuo.testkit.ReportContract}; all are {@link org.continuo.testkit.PluginContract}s.
 *
 * <p>Shapes: B rows of a batch, S tokens of its longest row, d the width of the backbone.
 */
package org.continuo.testkit;
