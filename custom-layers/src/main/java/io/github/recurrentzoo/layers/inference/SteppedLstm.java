package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.CellActivation;
import io.github.recurrentzoo.layers.kernel.VectorMath;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The equations of {@link Cell.Lstm}; in a row of z stand candidate, forget, output, input. */
final class SteppedLstm extends SteppedCell {

  private final CellActivation f;
  private final CellActivation g;

  SteppedLstm(Cell.Lstm cell, Map<String, INDArray> parameters) {
    super(cell, parameters);
    f = cell.activation();
    g = cell.gateActivation();
  }

  @Override
  void finish(int rows, CellState state) {
    for (int row = 0; row < rows; row++) {
      float[] z = state.z[row];
      float[] h = state.h[row];
      VectorMath.activate(f, z, 0, hidden, state.scratch);
      VectorMath.activate(g, z, hidden, 4 * hidden, state.scratch);
      remember(z, state.c[row]);
      System.arraycopy(state.c[row], 0, h, 0, hidden);
      VectorMath.activate(f, h, 0, hidden, state.scratch);
      open(z, h);
    }
  }

  /** c = q (.) c + i (.) a. */
  private void remember(float[] z, float[] c) {
    for (int j = 0; j < hidden; j++) {
      c[j] = z[hidden + j] * c[j] + z[3 * hidden + j] * z[j];
    }
  }

  /** h = o (.) h. */
  private void open(float[] z, float[] h) {
    for (int j = 0; j < hidden; j++) {
      h[j] *= z[2 * hidden + j];
    }
  }
}
