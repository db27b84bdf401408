package io.github.recurrentzoo.layers;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The equations of {@link Rrnn}, in plain Java. */
final class PlainRrnn extends PlainRecurrence {

  private final Rrnn conf;

  PlainRrnn(Rrnn conf, Map<String, INDArray> params) {
    super(conf, params);
    this.conf = conf;
  }

  @Override
  double[][] step(String prefix, double[] x, double[] previous) {
    double[] h = new double[hidden];
    double[] r = new double[hidden];
    double[] updated = new double[hidden];
    double[] output = new double[hidden];
    DoubleUnaryOperator f = function(conf.getActivation());
    DoubleUnaryOperator g = function(conf.getGateActivation());
    DoubleUnaryOperator o = function(conf.getOutputActivation());
    for (int j = 0; j < hidden; j++) {
      h[j] = f.applyAsDouble(preActivation(prefix, x, previous, j));
      r[j] = g.applyAsDouble(preActivation(prefix, x, previous, hidden + j));
    }
    INDArray gw = params.get(prefix + "GW");
    for (int j = 0; j < hidden; j++) {
      double gate = 0;
      for (int k = 0; k < hidden; k++) {
        gate += r[k] * gw.getDouble(k, j);
      }
      updated[j] =
          f.applyAsDouble(preActivation(prefix, x, previous, 2 * hidden + j) + gate * previous[j]);
    }
    INDArray ow = params.get(prefix + "OW");
    INDArray bo = params.get(prefix + "bo");
    for (int j = 0; j < hidden; j++) {
      double z = bo.getDouble(0, j);
      for (int k = 0; k < hidden; k++) {
        z += updated[k] * ow.getDouble(k, j) + h[k] * ow.getDouble(hidden + k, j);
      }
      output[j] = o.applyAsDouble(z);
    }
    return new double[][] {conf.getStateCarry() == StateCarry.MAIN ? h : updated, output};
  }

  private double preActivation(String prefix, double[] x, double[] previous, int column) {
    INDArray w = params.get(prefix + "W");
    INDArray rw = params.get(prefix + "RW");
    double z = params.get(prefix + "b").getDouble(0, column);
    for (int k = 0; k < inputs; k++) {
      z += x[k] * w.getDouble(k, column);
    }
    for (int k = 0; k < hidden; k++) {
      z += previous[k] * rw.getDouble(k, column);
    }
    return z;
  }
}
