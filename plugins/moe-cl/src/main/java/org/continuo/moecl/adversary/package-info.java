/**
 * What pushes the shared expert away from task knowledge.
 *
 * <p>Letters for shapes: B rows, N rows of several passes together, T tasks the discriminator
 * knows, L layers, d width of the model.
 */
package org.continuo.moecl.adversary;
