package io.github.recurrentzoo.layers;

import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A random matrix whose rows or columns, whichever are fewer, are orthonormal: standard normal
 * numbers, orthogonalized by Gram and Schmidt's method, which gives the uniform distribution over
 * such matrices (Saxe et al. 2014, "Exact solutions to the nonlinear dynamics of learning in deep
 * linear neural networks"). The numbers come from ND4J's generator, so they follow the network's
 * seed.
 *
 * <p>Deeplearning4j's OrthogonalDistribution is not used: its QR decomposition does not return for
 * matrices as small as 40 x 40.
 */
public final class OrthogonalInit implements IWeightInit {

  private static final long serialVersionUID = 1L;

  /** Has no options. */
  public OrthogonalInit() {}

  @Override
  public INDArray init(double fanIn, double fanOut, long[] shape, char order, INDArray paramView) {
    if (shape.length != 2) {
      throw new IllegalArgumentException(
          "OrthogonalInit: shape of rank " + shape.length + ", but a matrix was expected");
    }
    boolean wide = shape[0] < shape[1];
    long vectors = Math.min(shape[0], shape[1]);
    long size = Math.max(shape[0], shape[1]);
    double[][] basis = Nd4j.randn(DataType.DOUBLE, vectors, size).toDoubleMatrix();
    orthonormalize(basis);
    INDArray rows = Nd4j.createFromArray(basis);
    INDArray view = paramView.reshape(order, shape);
    return view.assign(wide ? rows : rows.transpose());
  }

  /** Makes the rows orthonormal; each goes over its predecessors twice, against rounding. */
  private static void orthonormalize(double[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          subtract(rows[i], rows[j], dot(rows[i], rows[j]));
        }
      }
      double norm = Math.sqrt(dot(rows[i], rows[i]));
      for (int k = 0; k < rows[i].length; k++) {
        rows[i][k] /= norm;
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void subtract(double[] from, double[] direction, double length) {
    for (int k = 0; k < from.length; k++) {
      from[k] -= length * direction[k];
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OrthogonalInit;
  }

  @Override
  public int hashCode() {
    return OrthogonalInit.class.hashCode();
  }
}
