/**
 * Linear algebra that DJL has not: for subspaces of inputs and gradients, ridge regression, draws
 * from a covariance.
 *
 * <p>Letters for shapes: m rows, n columns, k = min(m,n).
 *
 * <pre>{@code
 * LinearAlgebra.Svd found = LinearAlgebra.thinSvd(weights);          // weights = U diag(values) V'
 * NDArray top = found.u().get(":, :{}", rank);                       // [m,rank]
 * NDArray outside = x.sub(top.matMul(top.transpose().matMul(x)));    // x without its part in their span
 * }</pre>
 */
package org.continuo.methods.algebra;
