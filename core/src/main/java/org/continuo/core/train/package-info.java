/**
 * The training loop: memory, parameters, batches, the step and the optimiser. Strategies describe,
 * this package executes.
 *
 * <p>How a task goes: {@code Trainer} takes what the strategy contributes and goes through its
 * {@code Stretch}es, preludes and phases. {@code Stepper} owns the step: {@code TrainingStep} makes
 * passes, sums losses, goes backward and applies gradient transforms; then the gradient is clipped
 * and {@code Optimiser} applies the rule of each group, {@code AdamW} unless it says otherwise.
 * {@code Scopes} frees everything the step made.
 */
package org.continuo.core.train;
