package io.github.recurrentzoo.layers.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** ND4J arrays of any floating type and any strides, to and from Java arrays of double. */
final class DoubleArrays {

  private DoubleArrays() {}

  /** [N, K]; one row where the array has rank 1. */
  static double[][] matrix(INDArray array) {
    INDArray rows = asMatrix(array);
    double[][] matrix = new double[size(rows, 0)][size(rows, 1)];
    for (int n = 0; n < matrix.length; n++) {
      for (int k = 0; k < matrix[n].length; k++) {
        matrix[n][k] = rows.getDouble(n, k);
      }
    }
    return matrix;
  }

  /** [B, D, T] to [B, T, D]. */
  static double[][][] timeSteps(INDArray array) {
    double[][][] steps = new double[size(array, 0)][size(array, 2)][size(array, 1)];
    for (int b = 0; b < steps.length; b++) {
      for (int t = 0; t < steps[b].length; t++) {
        for (int d = 0; d < steps[b][t].length; d++) {
          steps[b][t][d] = array.getDouble(b, d, t);
        }
      }
    }
    return steps;
  }

  /** Writes a matrix [N, K]; one row where the array has rank 1. */
  static void writeMatrix(double[][] matrix, INDArray to) {
    INDArray rows = asMatrix(to);
    for (int n = 0; n < matrix.length; n++) {
      for (int k = 0; k < matrix[n].length; k++) {
        rows.putScalar(n, k, matrix[n][k]);
      }
    }
  }

  /** Writes [B, T, D] to an array of [B, D, T]. */
  static void writeTimeSteps(double[][][] steps, INDArray to) {
    for (int b = 0; b < steps.length; b++) {
      for (int t = 0; t < steps[b].length; t++) {
        for (int d = 0; d < steps[b][t].length; d++) {
          to.putScalar(b, d, t, steps[b][t][d]);
        }
      }
    }
  }

  static int size(INDArray array, int dimension) {
    return Math.toIntExact(array.size(dimension));
  }

  private static INDArray asMatrix(INDArray array) {
    return array.rank() == 1 ? array.reshape(1, array.length()) : array;
  }
}
