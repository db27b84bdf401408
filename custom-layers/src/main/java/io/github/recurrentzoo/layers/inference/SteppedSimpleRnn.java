package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.CellActivation;
import io.github.recurrentzoo.layers.kernel.VectorMath;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code h_t = f(x_t W + h_{t-1} RW + b)}. */
final class SteppedSimpleRnn extends SteppedCell {

  private final CellActivation f;

  SteppedSimpleRnn(Cell.SimpleRnn cell, Map<String, INDArray> parameters) {
    super(cell, parameters);
    f = cell.activation();
  }

  @Override
  void finish(int rows, CellState state) {
    for (int row = 0; row < rows; row++) {
      VectorMath.activate(f, state.z[row], 0, hidden, state.scratch);
      System.arraycopy(state.z[row], 0, state.h[row], 0, hidden);
    }
  }
}
