/**
 * What rehearsal keeps of past tasks: which examples, how many, and how they are drawn.
 *
 * <pre>{@code
 * Memory memory = new Memory(options.memory, host);   // an option { select, budget, per } of the strategy
 * Contribution.builder()
 *     .extra("replay", 1, rows -> Draw.without(memory.examples(), rows, host.random("draw")))
 *     .afterTask(memory::remember)
 *     .build();
 * }</pre>
 */
package org.continuo.methods.memory;
