package io.github.recurrentzoo.layers;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A recurrence written with plain Java loops in double, one row, one time step and one unit after
 * the other. Nothing is shared with the layer under test but the parameters.
 */
abstract class PlainRecurrence {

  private final RecurrentSameDiffLayer conf;
  final Map<String, INDArray> params;
  final int inputs;
  final int hidden;

  PlainRecurrence(RecurrentSameDiffLayer conf, Map<String, INDArray> params) {
    this.conf = conf;
    this.params = params;
    this.inputs = (int) conf.getNIn();
    this.hidden = (int) conf.getNOut();
  }

  /** Returns the carried state and the output after one step. */
  abstract double[][] step(String prefix, double[] x, double[] previous);

  /** Output [B, H or 2H, T], or [B, H or 2H] for the last step only. */
  INDArray output(INDArray x, INDArray mask, INDArray initialState) {
    if (conf.getDirection() != Direction.BOTH) {
      return direction("", conf.getDirection() == Direction.FORWARD, x, mask, initialState);
    }
    return Nd4j.concat(
        1, direction("f", true, x, mask, null), direction("b", false, x, mask, null));
  }

  private INDArray direction(
      String prefix, boolean forward, INDArray x, INDArray mask, INDArray initialState) {
    int rows = (int) x.size(0);
    int steps = (int) x.size(2);
    INDArray all = Nd4j.zeros(x.dataType(), rows, hidden, steps);
    INDArray last = Nd4j.zeros(x.dataType(), rows, hidden);
    for (int row = 0; row < rows; row++) {
      double[] state = new double[hidden];
      for (int j = 0; initialState != null && j < hidden; j++) {
        state[j] = initialState.getDouble(row, j);
      }
      for (int i = 0; i < steps; i++) {
        int t = forward ? i : steps - 1 - i;
        if (mask != null && mask.getDouble(row, t) == 0.0) {
          state = new double[hidden];
          continue;
        }
        double[] xt = new double[inputs];
        for (int k = 0; k < inputs; k++) {
          xt[k] = x.getDouble(row, k, t);
        }
        double[][] step = step(prefix, xt, state);
        for (int j = 0; j < hidden; j++) {
          all.putScalar(row, j, t, step[1][j]);
          last.putScalar(row, j, step[1][j]);
        }
        state = step[0];
      }
    }
    return conf.isReturnSequences() ? all : last;
  }

  static DoubleUnaryOperator function(Activation activation) {
    return switch (activation) {
      case TANH -> Math::tanh;
      case SIGMOID -> z -> 1 / (1 + Math.exp(-z));
      case IDENTITY -> z -> z;
      default -> throw new IllegalArgumentException("no plain form of " + activation);
    };
  }
}
