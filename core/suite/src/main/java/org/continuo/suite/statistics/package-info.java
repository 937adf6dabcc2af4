/**
 * What can be said about strategies from their scores on the same orders and seeds.
 *
 * <p>Letters: K strategies, N blocks (an order with a seed) on which they all ran, O orders, S
 * seeds. A score that is missing is {@code NaN}; whatever is computed leaves it out.
 *
 * <pre>{@code
 * Summary summary = Summary.of(scores, new Bootstrap(10_000, 0.95, 1));   // scores [O][S]
 * Ranking ranking = Ranking.of(blocks, true, 0.05).orElseThrow();          // blocks [N][K]
 * }</pre>
 */
package org.continuo.suite.statistics;
