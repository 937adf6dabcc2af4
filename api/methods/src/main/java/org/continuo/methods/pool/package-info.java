/**
 * Experts that pile up, one for each task, and which of them act.
 *
 * <pre>{@code
 * TaskExperts experts = new TaskExperts(host, options.expert, options.sites);
 * Wiring all = experts.sum(Tasks.met(host, task));
 * Contribution.builder().train(experts.of(task).params()).trainWith(any -> all).build();
 * }</pre>
 */
package org.continuo.methods.pool;
