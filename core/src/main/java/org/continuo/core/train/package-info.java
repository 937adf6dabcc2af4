/**
 * The training loop: memory, parameters, batches, the step and the optimiser. Strategies describe,
 * this package executes.
 *
 * <p>How a step goes: {@code Trainer} takes the contributions of all strategies for a task, {@code
 * TrainingStep} makes passes, sums losses, goes backward, applies gradient transforms, clips and
 * hands the gradient to {@code AdamW}; {@code Scopes} frees everything the step made.
 */
package org.continuo.core.train;
