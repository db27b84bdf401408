package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.GruParams;
import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.CellActivation;
import io.github.recurrentzoo.layers.kernel.VectorMath;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The equations of {@link Cell.Gru}; in a row of z stand reset, update, candidate. */
final class SteppedGru extends SteppedCell {

  private final CellActivation f;
  private final CellActivation g;
  private final float[] recurrentBias; // c_n, [H]

  SteppedGru(Cell.Gru cell, Map<String, INDArray> parameters) {
    super(cell, parameters);
    f = cell.activation();
    g = cell.gateActivation();
    recurrentBias = vector(parameters, GruParams.RECURRENT_BIAS);
  }

  @Override
  boolean separates() {
    return true;
  }

  @Override
  void finish(int rows, CellState state) {
    for (int row = 0; row < rows; row++) {
      float[] z = state.z[row];
      float[] products = state.products[row]; // h RW
      for (int j = 0; j < 2 * hidden; j++) {
        z[j] += products[j];
      }
      VectorMath.activate(g, z, 0, 2 * hidden, state.scratch);
      resetCandidate(products, z);
      VectorMath.activate(f, z, 2 * hidden, 3 * hidden, state.scratch);
      update(z, state.h[row]);
    }
  }

  /** n += r (.) (h W_hn + c_n), before its activation. */
  private void resetCandidate(float[] products, float[] z) {
    int candidate = 2 * hidden;
    for (int j = 0; j < hidden; j++) {
      z[candidate + j] += z[j] * (products[candidate + j] + recurrentBias[j]);
    }
  }

  /** h = n + z (.) (h - n). */
  private void update(float[] z, float[] h) {
    for (int j = 0; j < hidden; j++) {
      float n = z[2 * hidden + j];
      h[j] = n + z[hidden + j] * (h[j] - n);
    }
  }
}
