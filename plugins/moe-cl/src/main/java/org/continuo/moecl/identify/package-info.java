/**
 * Which task a text belongs to, where nobody says so. The published method is told.
 *
 * <p>Letters for shapes: B rows, T tasks seen, N training examples, d width of the model.
 */
package org.continuo.moecl.identify;
