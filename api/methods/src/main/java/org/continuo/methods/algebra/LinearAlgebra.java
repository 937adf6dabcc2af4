package org.continuo.methods.algebra;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.continuo.api.plugin.Stability;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.decomposition.QR;
import org.ojalgo.matrix.decomposition.SingularValue;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/**
 * Decompositions of matrices, computed in float64 on the heap: float32 in, float32 out, in the
 * memory scope of what they are given. They read values, so nothing here is on the gradient graph.
 * The same input gives the same bits, whatever the number of cores. Some seconds for [768,768].
 *
 * <p>All throw {@link IllegalArgumentException} for an array that is not a float32 matrix with at
 * least one row and one column, or that holds a value which is not finite.
 */
@Stability(Stability.Level.EVOLVING)
public final class LinearAlgebra {
  /** Of the largest entry: what float32 products leave between the two halves. */
  private static final double ASYMMETRY = 1e-4;

  private LinearAlgebra() {}

  /**
   * {@code A = V diag(values) V'}.
   *
   * @param values [n], descending
   * @param vectors V [n,n], orthonormal columns in the order of the values; of each the entry of
   *     largest size is positive
   */
  public record Eigen(NDArray values, NDArray vectors) {}

  /**
   * {@code A = U diag(values) V'}, k = min(m,n).
   *
   * @param u U [m,k], orthonormal columns in the order of the values; of each the entry of largest
   *     size is positive
   * @param values [k], descending, at least 0
   * @param v V [n,k], orthonormal columns
   */
  public record Svd(NDArray u, NDArray values, NDArray v) {}

  /**
   * {@code A = Q R}, k = min(m,n).
   *
   * @param q Q [m,k], orthonormal columns
   * @param r R [k,n], 0 below its diagonal, which is at least 0
   */
  public record Qr(NDArray q, NDArray r) {}

  /**
   * Eigenvalues and eigenvectors. Both halves count: their mean is decomposed.
   *
   * @param matrix [n,n], symmetric to 1e-4 of its largest entry
   * @throws IllegalArgumentException also if it is not symmetric
   */
  public static Eigen symmetricEigen(NDArray matrix) {
    R064Store a = symmetric("symmetricEigen", matrix);
    Eigenvalue<Double> found = Eigenvalue.R064.make(a, true);
    done("symmetricEigen", found.decompose(a));
    MatrixStore<Double> diagonal = found.getD();
    List<Integer> order =
        IntStream.range(0, (int) a.countRows())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -diagonal.doubleValue(i, i)))
            .toList();
    double[][] vectors = rows(found.getV(), order);
    for (int k = 0; k < order.size(); k++) {
      scaleColumn(vectors, k, sign(vectors, k));
    }
    double[][] values = {order.stream().mapToDouble(i -> diagonal.doubleValue(i, i)).toArray()};
    return new Eigen(array(matrix, values).squeeze(0), array(matrix, vectors));
  }

  /**
   * The thin singular value decomposition.
   *
   * @param matrix [m,n]
   */
  public static Svd thinSvd(NDArray matrix) {
    R064Store a = read("thinSvd", matrix);
    SingularValue<Double> found = SingularValue.R064.make(a);
    done("thinSvd", found.decompose(a));
    double[][] values = {found.getSingularValues().toRawCopy1D()};
    List<Integer> order = IntStream.range(0, values[0].length).boxed().toList();
    double[][] u = rows(found.getU(), order);
    double[][] v = rows(found.getV(), order);
    for (int k = 0; k < order.size(); k++) {
      double sign = sign(u, k);
      scaleColumn(u, k, sign);
      scaleColumn(v, k, sign);
    }
    return new Svd(array(matrix, u), array(matrix, values).squeeze(0), array(matrix, v));
  }

  /**
   * The thin QR decomposition. Where columns depend on each other, entries of the diagonal of R are
   * 0 up to rounding and Q is orthonormal all the same.
   *
   * @param matrix [m,n]
   */
  public static Qr qr(NDArray matrix) {
    R064Store a = read("qr", matrix);
    QR<Double> found = QR.R064.make(a);
    done("qr", found.decompose(a));
    double[][] q = rows(found.getQ());
    double[][] r = rows(found.getR());
    for (int k = 0; k < r.length; k++) {
      if (r[k][k] < 0) {
        scaleColumn(q, k, -1);
        for (int j = k; j < r[k].length; j++) {
          r[k][j] = -r[k][j];
        }
      }
    }
    return new Qr(array(matrix, q), array(matrix, r));
  }

  /**
   * The Cholesky factor: {@code A = L L'}.
   *
   * @param matrix [n,n], symmetric to 1e-4 of its largest entry and positive definite
   * @return L [n,n], 0 above its diagonal, which is above 0
   * @throws IllegalArgumentException also if it is not symmetric or not positive definite
   */
  public static NDArray cholesky(NDArray matrix) {
    return array(matrix, rows(factor("cholesky", matrix).getL()));
  }

  /**
   * Solves {@code A X = B} by the Cholesky factor of A.
   *
   * @param matrix A [n,n], symmetric to 1e-4 of its largest entry and positive definite
   * @param right B [n,k]
   * @return X [n,k]
   * @throws IllegalArgumentException also if A is not symmetric or not positive definite, or B has
   *     another number of rows
   */
  public static NDArray choleskySolve(NDArray matrix, NDArray right) {
    Cholesky<Double> factor = factor("choleskySolve", matrix);
    R064Store b = read("choleskySolve", right);
    if (b.countRows() != factor.countRows()) {
      throw new IllegalArgumentException(
          "choleskySolve: found a right side of shape %s, expected %d rows as the matrix has; transpose it, or look which of the two is meant"
              .formatted(right.getShape(), factor.countRows()));
    }
    return array(right, rows(factor.getSolution(b)));
  }

  private static Cholesky<Double> factor(String operation, NDArray matrix) {
    R064Store a = symmetric(operation, matrix);
    Cholesky<Double> factor = Cholesky.R064.make(a);
    if (!factor.decompose(a) || !factor.isSPD()) {
      throw new IllegalArgumentException(
          "%s: found a matrix %s that is not positive definite, expected one whose eigenvalues are above 0; add a multiple of the identity to it"
              .formatted(operation, matrix.getShape()));
    }
    return factor;
  }

  // ---- in

  private static R064Store read(String operation, NDArray matrix) {
    if (matrix.getShape().dimension() != 2 || matrix.size() == 0) {
      throw new IllegalArgumentException(
          "%s: found an array of shape %s, expected a matrix with at least one row and one column; reshape it"
              .formatted(operation, matrix.getShape()));
    }
    if (matrix.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          "%s: found %s, expected float32; convert it with toType"
              .formatted(operation, matrix.getDataType()));
    }
    long columns = matrix.getShape().get(1);
    float[] values = matrix.toFloatArray();
    R064Store store = R064Store.FACTORY.make(matrix.getShape().get(0), columns);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "%s: found %s in row %d, column %d, expected finite numbers; look for a division by 0 or a loss that diverged"
                .formatted(operation, values[i], i / columns, i % columns));
      }
      store.set(i / columns, i % columns, values[i]);
    }
    return store;
  }

  /** The mean of the matrix and its transpose. */
  private static R064Store symmetric(String operation, NDArray matrix) {
    R064Store a = read(operation, matrix);
    long n = a.countRows();
    if (n != a.countColumns()) {
      throw new IllegalArgumentException(
          "%s: found a matrix of shape %s, expected as many rows as columns"
              .formatted(operation, matrix.getShape()));
    }
    double largest = matrix.abs().max().getFloat();
    for (long i = 0; i < n; i++) {
      for (long j = 0; j < i; j++) {
        double lower = a.doubleValue(i, j);
        double upper = a.doubleValue(j, i);
        if (Math.abs(lower - upper) > ASYMMETRY * largest) {
          throw new IllegalArgumentException(
              "%s: found %s in row %d, column %d but %s in row %d, column %d, expected a symmetric matrix; if its symmetric part is meant, give the mean of it and its transpose"
                  .formatted(operation, (float) lower, i, j, (float) upper, j, i));
        }
        double mean = (lower + upper) / 2;
        a.set(i, j, mean);
        a.set(j, i, mean);
      }
    }
    return a;
  }

  private static void done(String operation, boolean converged) {
    if (!converged) {
      throw new IllegalArgumentException(
          operation
              + ": found a matrix for which the iteration does not converge; scale it so that its entries are near 1");
    }
  }

  // ---- out

  private static double[][] rows(MatrixStore<Double> store) {
    return rows(store, IntStream.range(0, (int) store.countColumns()).boxed().toList());
  }

  private static double[][] rows(MatrixStore<Double> store, List<Integer> columns) {
    double[][] rows = new double[(int) store.countRows()][columns.size()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = store.doubleValue(i, columns.get(j));
      }
    }
    return rows;
  }

  /** 1 or -1, which makes the largest entry of a column positive; of equal ones the first. */
  private static double sign(double[][] rows, int column) {
    double largest = 0;
    for (double[] row : rows) {
      // rounding must not decide between entries that are equal but for it
      if (Math.abs(row[column]) > Math.abs(largest) * (1 + 1e-9)) {
        largest = row[column];
      }
    }
    return largest < 0 ? -1 : 1;
  }

  private static void scaleColumn(double[][] rows, int column, double factor) {
    for (double[] row : rows) {
      row[column] *= factor;
    }
  }

  private static NDArray array(NDArray like, double[][] rows) {
    int columns = rows[0].length;
    float[] flat = new float[rows.length * columns];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) rows[i / columns][i % columns];
    }
    return like.getManager().create(flat, new Shape(rows.length, columns));
  }
}
