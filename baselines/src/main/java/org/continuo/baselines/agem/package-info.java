/**
 * A-GEM: a step may not raise the loss on a draw from past tasks.
 *
 * <p>Chaudhry et al. 2019, arXiv 1812.00420, eq. 11: if {@code <g, r>} is negative, r the gradient
 * on the draw, then {@code g - <g, r> / <r, r> r}. Each step draws anew from a memory of the same
 * size for each task. The products are over what trains, so that heads of earlier tasks, which do
 * not, are left out.
 */
package org.continuo.baselines.agem;
