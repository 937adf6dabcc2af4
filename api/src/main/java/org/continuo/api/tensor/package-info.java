/**
 * Named arrays and the few operations that must not be written directly on DJL's {@code NDArray}.
 *
 * <p>Arrays are float32 unless a comment says otherwise. Every array made while a step runs lives
 * in the scope of that step and dies with it; what must outlive it is a {@link
 * org.continuo.api.tensor.Param} or is handed to {@code Host.keep}.
 *
 * <pre>{@code
 * Tensors now = host.trained(), anchor = host.kept("anchor"), fisher = host.kept("fisher");
 * NDArray penalty = fisher.times(now.minus(anchor).square()).sum();   // sum_i F_i (theta_i - theta*_i)^2
 * NDArray half = Autograd.scale(penalty, 0.5);                        // never penalty.mul(0.5)
 * }</pre>
 */
package org.continuo.api.tensor;
