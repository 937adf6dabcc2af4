package org.continuo.methods.algebra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearAlgebraTest {
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray random(int rows, int columns) {
    Random random = new Random(31L * rows + columns);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, new Shape(rows, columns));
  }

  /** Of a rank lower than its shape would allow. */
  private NDArray random(int rows, int columns, int rank) {
    return random(rows, rank).matMul(random(rank, columns));
  }

  private static void assertClose(NDArray expected, NDArray found, double relative) {
    assertEquals(expected.getShape(), found.getShape());
    assertEquals(DataType.FLOAT32, found.getDataType());
    double size = Math.max(1e-30, expected.abs().max().getFloat());
    assertEquals(0, expected.sub(found).abs().max().getFloat() / size, relative);
  }

  private void assertOrthonormalColumns(NDArray matrix) {
    int columns = (int) matrix.getShape().get(1);
    assertClose(manager.eye(columns), matrix.transpose().matMul(matrix), 1e-5);
  }

  private static void assertDescending(NDArray values) {
    float[] all = values.toFloatArray();
    for (int i = 1; i < all.length; i++) {
      assertTrue(all[i - 1] >= all[i], values.toString());
    }
  }

  private static void assertLargestEntriesPositive(NDArray vectors) {
    assertClose(vectors.abs().max(new int[] {0}), vectors.max(new int[] {0}), 1e-6);
  }

  private static NDArray product(NDArray left, NDArray values, NDArray right) {
    return left.mul(values.expandDims(0)).matMul(right.transpose());
  }

  // ---- eigenvalues

  @Test
  void eigenvaluesByHand() {
    NDArray matrix = manager.create(new float[][] {{2, 1}, {1, 2}});
    LinearAlgebra.Eigen found = LinearAlgebra.symmetricEigen(matrix);
    float half = (float) Math.sqrt(0.5);
    assertArrayEquals(new float[] {3, 1}, found.values().toFloatArray(), 1e-6f);
    assertArrayEquals(new float[] {half, half, half, -half}, found.vectors().toFloatArray(), 1e-6f);
    // by value, not by size
    LinearAlgebra.Eigen signed =
        LinearAlgebra.symmetricEigen(
            manager.create(new float[][] {{-3, 0, 0}, {0, 1, 0}, {0, 0, 2}}));
    assertArrayEquals(new float[] {2, 1, -3}, signed.values().toFloatArray(), 1e-6f);
    assertArrayEquals(
        new float[] {0, 0, 1, 0, 1, 0, 1, 0, 0}, signed.vectors().toFloatArray(), 1e-6f);
  }

  /** The second difference: 2 - 2 cos(k pi / (n + 1)). */
  @Test
  void eigenvaluesOfTheSecondDifference() {
    int n = 40;
    float[][] rows = new float[n][n];
    float[] expected = new float[n];
    for (int i = 0; i < n; i++) {
      rows[i][i] = 2;
      if (i > 0) {
        rows[i][i - 1] = -1;
        rows[i - 1][i] = -1;
      }
      expected[i] = (float) (2 - 2 * Math.cos((n - i) * Math.PI / (n + 1)));
    }
    NDArray matrix = manager.create(rows);
    LinearAlgebra.Eigen found = LinearAlgebra.symmetricEigen(matrix);
    assertArrayEquals(expected, found.values().toFloatArray(), 1e-6f);
    assertClose(matrix, product(found.vectors(), found.values(), found.vectors()), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "7, 7", "30, 30", "30, 4", "64, 1", "5, 0"})
  void eigenvectorsPutTheMatrixTogetherAgain(int n, int rank) {
    NDArray factor = rank == 0 ? manager.zeros(new Shape(n, 1)) : random(n, rank);
    NDArray matrix = factor.matMul(factor.transpose());
    LinearAlgebra.Eigen found = LinearAlgebra.symmetricEigen(matrix);
    assertEquals(new Shape(n), found.values().getShape());
    assertClose(matrix, product(found.vectors(), found.values(), found.vectors()), 1e-5);
    assertOrthonormalColumns(found.vectors());
    assertDescending(found.values());
    assertLargestEntriesPositive(found.vectors());
    float largest = found.values().toFloatArray()[0];
    for (int i = rank; i < n; i++) {
      assertEquals(0, found.values().toFloatArray()[i], 1e-6 * Math.max(1, largest));
    }
  }

  // ---- singular values

  @Test
  void singularValuesByHand() {
    // 4 and 2 along the axes, the second against its direction
    NDArray matrix = manager.create(new float[][] {{0, -2}, {4, 0}, {0, 0}});
    LinearAlgebra.Svd found = LinearAlgebra.thinSvd(matrix);
    assertArrayEquals(new float[] {4, 2}, found.values().toFloatArray(), 1e-6f);
    assertArrayEquals(new float[] {0, 1, 1, 0, 0, 0}, found.u().toFloatArray(), 1e-6f);
    assertArrayEquals(new float[] {1, 0, 0, -1}, found.v().toFloatArray(), 1e-6f);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 5, 1",
    "5, 1, 1",
    "6, 6, 6",
    "20, 9, 9",
    "9, 20, 9",
    "20, 9, 3",
    "9, 20, 3",
    "16, 16, 1",
    "4, 6, 0"
  })
  void singularVectorsPutTheMatrixTogetherAgain(int m, int n, int rank) {
    NDArray matrix = rank == 0 ? manager.zeros(new Shape(m, n)) : random(m, n, rank);
    LinearAlgebra.Svd found = LinearAlgebra.thinSvd(matrix);
    int k = Math.min(m, n);
    assertEquals(new Shape(m, k), found.u().getShape());
    assertEquals(new Shape(k), found.values().getShape());
    assertEquals(new Shape(n, k), found.v().getShape());
    assertClose(matrix, product(found.u(), found.values(), found.v()), 1e-5);
    assertOrthonormalColumns(found.u());
    assertOrthonormalColumns(found.v());
    assertDescending(found.values());
    assertTrue(found.values().min().getFloat() >= 0);
    assertLargestEntriesPositive(found.u());
    for (int i = rank; i < k; i++) {
      assertEquals(0, found.values().toFloatArray()[i], 1e-5);
    }
  }

  @Test
  void singularValuesAreRootsOfEigenvalues() {
    NDArray matrix = random(12, 8);
    NDArray eigenvalues = LinearAlgebra.symmetricEigen(matrix.transpose().matMul(matrix)).values();
    assertClose(eigenvalues, LinearAlgebra.thinSvd(matrix).values().square(), 1e-5);
  }

  // ---- QR

  @Test
  void qrByHand() {
    NDArray matrix = manager.create(new float[][] {{-3, 1}, {4, 7}});
    LinearAlgebra.Qr found = LinearAlgebra.qr(matrix);
    assertArrayEquals(new float[] {-0.6f, 0.8f, 0.8f, 0.6f}, found.q().toFloatArray(), 1e-6f);
    assertArrayEquals(new float[] {5, 5, 0, 5}, found.r().toFloatArray(), 1e-5f);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 4, 1",
    "4, 1, 1",
    "6, 6, 6",
    "20, 9, 9",
    "9, 20, 9",
    "20, 9, 3",
    "9, 20, 3",
    "4, 3, 0"
  })
  void qrPutsTheMatrixTogetherAgain(int m, int n, int rank) {
    NDArray matrix = rank == 0 ? manager.zeros(new Shape(m, n)) : random(m, n, rank);
    LinearAlgebra.Qr found = LinearAlgebra.qr(matrix);
    int k = Math.min(m, n);
    assertEquals(new Shape(m, k), found.q().getShape());
    assertEquals(new Shape(k, n), found.r().getShape());
    assertClose(matrix, found.q().matMul(found.r()), 1e-5);
    assertOrthonormalColumns(found.q());
    float[] r = found.r().toFloatArray();
    for (int i = 0; i < k; i++) {
      assertTrue(r[i * n + i] >= 0);
      for (int j = 0; j < i; j++) {
        assertEquals(0, r[i * n + j]);
      }
    }
  }

  // ---- Cholesky

  @Test
  void choleskyByHand() {
    NDArray matrix = manager.create(new float[][] {{4, 2}, {2, 10}});
    assertArrayEquals(
        new float[] {2, 0, 1, 3}, LinearAlgebra.cholesky(matrix).toFloatArray(), 1e-6f);
    NDArray right = manager.create(new float[][] {{8, 0, 4}, {22, 0, 2}});
    assertArrayEquals(
        new float[] {1, 0, 1, 2, 0, 0},
        LinearAlgebra.choleskySolve(matrix, right).toFloatArray(),
        1e-6f);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 2", "40, 7"})
  void theSolutionSolves(int n, int k) {
    NDArray factor = random(n, 2 * n);
    NDArray matrix = factor.matMul(factor.transpose());
    NDArray right = random(n, k);
    NDArray found = LinearAlgebra.choleskySolve(matrix, right);
    assertClose(right, matrix.matMul(found), 1e-4);
    NDArray lower = LinearAlgebra.cholesky(matrix);
    assertClose(matrix, lower.matMul(lower.transpose()), 1e-5);
  }

  /** Ridge regression in one go, against the normal equations of the singular vectors. */
  @Test
  void aRidgeMakesASingularMatrixSolvable() {
    NDArray x = random(6, 20);
    NDArray y = random(6, 3);
    NDArray gram = x.transpose().matMul(x);
    NDArray ridge = gram.add(manager.eye(20).mul(manager.create(0.5f)));
    NDArray found = LinearAlgebra.choleskySolve(ridge, x.transpose().matMul(y));
    LinearAlgebra.Svd svd = LinearAlgebra.thinSvd(x);
    NDArray shrunk = svd.values().div(svd.values().square().add(0.5f));
    NDArray expected = product(svd.v(), shrunk, svd.u()).matMul(y);
    assertClose(expected, found, 1e-4);
  }

  // ---- what all have in common

  @Test
  void theSameInputGivesTheSameBits() {
    NDArray matrix = random(50, 30);
    NDArray gram = matrix.transpose().matMul(matrix);
    assertEquals(LinearAlgebra.thinSvd(matrix).u(), LinearAlgebra.thinSvd(matrix).u());
    assertEquals(LinearAlgebra.qr(matrix).q(), LinearAlgebra.qr(matrix).q());
    assertEquals(
        LinearAlgebra.symmetricEigen(gram).vectors(), LinearAlgebra.symmetricEigen(gram).vectors());
    assertEquals(LinearAlgebra.cholesky(gram), LinearAlgebra.cholesky(gram));
  }

  /** A matrix against itself turned round: only signs could differ, and they do not. */
  @Test
  void signsDoNotDependOnThoseOfTheInput() {
    NDArray matrix = random(9, 6);
    assertClose(LinearAlgebra.thinSvd(matrix).u(), LinearAlgebra.thinSvd(matrix.neg()).u(), 1e-5);
    assertClose(
        LinearAlgebra.thinSvd(matrix).v(), LinearAlgebra.thinSvd(matrix.neg()).v().neg(), 1e-5);
  }

  @Test
  void resultsLiveWhereTheInputDoes() {
    try (NDManager inner = manager.newSubManager()) {
      NDArray matrix = random(4, 4).add(0);
      matrix.attach(inner);
      assertEquals(inner, LinearAlgebra.qr(matrix).q().getManager());
      assertEquals(inner, LinearAlgebra.thinSvd(matrix).values().getManager());
    }
  }

  private static void assertRefused(String message, NDArray matrix, Consumer<NDArray> operation) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> operation.accept(matrix)).getMessage());
  }

  @Test
  void refusals() {
    NDArray skew = manager.create(new float[][] {{1, 2}, {2.5f, 1}});
    String asymmetric =
        ": found 2.5 in row 1, column 0 but 2.0 in row 0, column 1, expected a symmetric matrix; if"
            + " its symmetric part is meant, give the mean of it and its transpose";
    assertRefused("symmetricEigen" + asymmetric, skew, LinearAlgebra::symmetricEigen);
    assertRefused("cholesky" + asymmetric, skew, LinearAlgebra::cholesky);
    assertRefused(
        "symmetricEigen: found a matrix of shape (2, 3), expected as many rows as columns",
        random(2, 3),
        LinearAlgebra::symmetricEigen);
    String indefinite =
        ": found a matrix (2, 2) that is not positive definite, expected one whose eigenvalues are"
            + " above 0; add a multiple of the identity to it";
    NDArray negative = manager.create(new float[][] {{1, 2}, {2, 1}});
    assertRefused("cholesky" + indefinite, negative, LinearAlgebra::cholesky);
    NDArray singular = manager.create(new float[][] {{1, 1}, {1, 1}});
    assertRefused(
        "choleskySolve" + indefinite,
        singular,
        matrix -> LinearAlgebra.choleskySolve(matrix, matrix));
    assertRefused(
        "choleskySolve: found a right side of shape (3, 1), expected 2 rows as the matrix has;"
            + " transpose it, or look which of the two is meant",
        random(3, 1),
        right -> LinearAlgebra.choleskySolve(manager.eye(2), right));
  }

  @Test
  void whatIsNoMatrixOfFiniteNumbersIsRefusedByAll() {
    NDArray broken = manager.create(new float[][] {{1, 2, 3}, {4, 5, Float.NaN}, {7, 8, 9}});
    NDArray vector = manager.create(new float[] {1, 2});
    NDArray empty = manager.zeros(new Shape(0, 3));
    NDArray whole = manager.zeros(new Shape(2, 2), DataType.INT64);
    record Named(String name, Consumer<NDArray> operation) {}
    for (Named each :
        new Named[] {
          new Named("symmetricEigen", LinearAlgebra::symmetricEigen),
          new Named("thinSvd", LinearAlgebra::thinSvd),
          new Named("qr", LinearAlgebra::qr),
          new Named("cholesky", LinearAlgebra::cholesky),
          new Named("choleskySolve", a -> LinearAlgebra.choleskySolve(a, a)),
          new Named("choleskySolve", b -> LinearAlgebra.choleskySolve(manager.eye(3), b))
        }) {
      assertRefused(
          each.name
              + ": found NaN in row 1, column 2, expected finite numbers; look for a division by 0"
              + " or a loss that diverged",
          broken,
          each.operation);
      assertRefused(
          each.name
              + ": found an array of shape (2), expected a matrix with at least one row and one"
              + " column; reshape it",
          vector,
          each.operation);
      assertRefused(
          each.name
              + ": found an array of shape (0, 3), expected a matrix with at least one row and one"
              + " column; reshape it",
          empty,
          each.operation);
      assertRefused(
          each.name + ": found int64, expected float32; convert it with toType",
          whole,
          each.operation);
    }
  }

  /** The width of a small encoder; how long it takes is printed. */
  @Test
  void matricesOfTheSizeOfAModel() {
    NDArray matrix = random(768, 768);
    NDArray gram = matrix.matMul(matrix.transpose());
    LinearAlgebra.Eigen eigen = timed("symmetricEigen", () -> LinearAlgebra.symmetricEigen(gram));
    assertClose(gram, product(eigen.vectors(), eigen.values(), eigen.vectors()), 1e-5);
    LinearAlgebra.Svd svd = timed("thinSvd", () -> LinearAlgebra.thinSvd(matrix));
    assertClose(matrix, product(svd.u(), svd.values(), svd.v()), 1e-5);
    LinearAlgebra.Qr qr = timed("qr", () -> LinearAlgebra.qr(matrix));
    assertClose(matrix, qr.q().matMul(qr.r()), 1e-5);
    NDArray ridge = gram.add(manager.eye(768).mul(manager.create(10f)));
    NDArray solved = timed("choleskySolve", () -> LinearAlgebra.choleskySolve(ridge, matrix));
    assertClose(matrix, ridge.matMul(solved), 1e-4);
  }

  private static <T> T timed(String what, Supplier<T> body) {
    long start = System.nanoTime();
    T result = body.get();
    System.out.printf("%s of 768 x 768: %.2f s%n", what, (System.nanoTime() - start) / 1e9);
    return result;
  }
}
