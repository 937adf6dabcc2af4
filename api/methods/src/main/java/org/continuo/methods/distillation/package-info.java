/**
 * What holds scores where a teacher has them.
 *
 * <p>Letters for shapes: R positions, n columns of scores.
 *
 * <pre>{@code
 * NDArray before = host.at(host.kept("old"), () -> host.pass(batch, inference).scores().orElseThrow());
 * NDArray loss = Autograd.scale(Distillation.divergence(before, now, 2), 1.0 / positions);
 * }</pre>
 */
package org.continuo.methods.distillation;
