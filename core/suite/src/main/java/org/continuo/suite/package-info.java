/**
 * Many experiments from one file: strategies, orders of tasks, seeds and any other axis.
 *
 * <pre>{@code
 * Suite suite = Suite.read(Path.of("quick.conf"), List.of(), registry);   // all problems at once
 * List<Cell> cells = suite.cells(Map.of());
 * cells.get(0).run().hash();                                              // names its folder
 * }</pre>
 */
package org.continuo.suite;
