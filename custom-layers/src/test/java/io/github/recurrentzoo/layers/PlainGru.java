package io.github.recurrentzoo.layers;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The equations of {@link Gru}, in plain Java. */
final class PlainGru extends PlainRecurrence {

  private final Gru conf;

  PlainGru(Gru conf, Map<String, INDArray> params) {
    super(conf, params);
    this.conf = conf;
  }

  @Override
  double[][] step(String prefix, double[] x, double[] previous) {
    DoubleUnaryOperator f = function(conf.getActivation());
    DoubleUnaryOperator g = function(conf.getGateActivation());
    double[] h = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      double r = g.applyAsDouble(fromInput(prefix, x, j) + fromState(prefix, previous, j));
      double z =
          g.applyAsDouble(
              fromInput(prefix, x, hidden + j) + fromState(prefix, previous, hidden + j));
      double reset =
          fromState(prefix, previous, 2 * hidden + j) + params.get(prefix + "rb").getDouble(0, j);
      double n = f.applyAsDouble(fromInput(prefix, x, 2 * hidden + j) + r * reset);
      h[j] = (1 - z) * n + z * previous[j];
    }
    return new double[][] {h, h};
  }

  /** Column of {@code x W + b}. */
  private double fromInput(String prefix, double[] x, int column) {
    INDArray w = params.get(prefix + "W");
    double sum = params.get(prefix + "b").getDouble(0, column);
    for (int k = 0; k < inputs; k++) {
      sum += x[k] * w.getDouble(k, column);
    }
    return sum;
  }

  /** Column of {@code h RW}. */
  private double fromState(String prefix, double[] previous, int column) {
    INDArray rw = params.get(prefix + "RW");
    double sum = 0;
    for (int k = 0; k < hidden; k++) {
      sum += previous[k] * rw.getDouble(k, column);
    }
    return sum;
  }
}
