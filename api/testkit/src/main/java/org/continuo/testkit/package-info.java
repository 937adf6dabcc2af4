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
 * Shapes: B rows of a batch, S tokens of its longest row, d the width of the backbone.
 */
package org.continuo.testkit;
