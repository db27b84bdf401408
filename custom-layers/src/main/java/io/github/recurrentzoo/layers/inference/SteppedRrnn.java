package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.RrnnParams;
import io.github.recurrentzoo.layers.StateCarry;
import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.CellActivation;
import io.github.recurrentzoo.layers.kernel.HeapMatrix;
import io.github.recurrentzoo.layers.kernel.VectorMath;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The equations of {@code Rrnn}; in a row of z stand main, auxiliary, updated. */
final class SteppedRrnn extends SteppedCell {

  private final CellActivation f;
  private final CellActivation g;
  private final CellActivation outputActivation;
  private final StateCarry carry;
  private final HeapMatrix mainInput; // W_xh, [D, H]
  private final HeapMatrix mainRecurrent; // W_hh, [H, H]
  private final HeapMatrix gate; // W_rh, [H, H]
  private final HeapMatrix outputOfUpdated; // W_ho, [H, H]
  private final HeapMatrix outputOfMain; // W_ho', [H, H]
  private final float[] outputBias; // b_o, [H]

  SteppedRrnn(Cell.Rrnn cell, Map<String, INDArray> parameters) {
    super(cell, parameters);
    f = cell.activation();
    g = cell.gateActivation();
    outputActivation = cell.outputActivation();
    carry = cell.carry();
    mainInput = input().firstColumns(hidden);
    mainRecurrent = recurrent.firstColumns(hidden);
    gate = HeapMatrix.of(parameters.get(RrnnParams.GATE_WEIGHT));
    HeapMatrix output = HeapMatrix.of(parameters.get(RrnnParams.OUTPUT_WEIGHT));
    outputOfUpdated = output.rows(0, hidden);
    outputOfMain = output.rows(hidden, 2 * hidden);
    outputBias = vector(parameters, RrnnParams.OUTPUT_BIAS);
  }

  /** What is carried may be h alone, the SimpleRnn of the main recurrence. */
  @Override
  void carry(float[][] values, boolean read, int rows, CellState state) {
    if (carry != StateCarry.MAIN) {
      super.carry(values, read, rows, state);
      return;
    }
    float[][] from = read ? values : biases(rows);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from[row], 0, state.z[row], 0, hidden);
    }
    if (read) {
      mainRecurrent.addProduct(state.h, rows, state.z);
    } else {
      mainInput.addProducts(values, mainRecurrent, state.h, rows, state.z);
    }
    for (int row = 0; row < rows; row++) {
      VectorMath.activate(f, state.z[row], 0, hidden, state.scratch);
      System.arraycopy(state.z[row], 0, state.h[row], 0, hidden);
    }
  }

  private float[][] biases(int rows) {
    float[][] biases = new float[rows][];
    Arrays.fill(biases, bias());
    return biases;
  }

  @Override
  void finish(int rows, CellState state) {
    float[][] main = state.parts(0);
    float[][] auxiliary = state.parts(1);
    float[][] gated = state.parts(2); // r W_rh
    for (int row = 0; row < rows; row++) {
      float[] z = state.z[row];
      System.arraycopy(z, 0, main[row], 0, hidden);
      System.arraycopy(z, hidden, auxiliary[row], 0, hidden);
      System.arraycopy(z, 2 * hidden, z, 0, hidden); // of h'
      VectorMath.activate(f, main[row], 0, hidden, state.scratch);
      VectorMath.activate(g, auxiliary[row], 0, hidden, state.scratch);
      Arrays.fill(gated[row], 0);
      System.arraycopy(outputBias, 0, state.output[row], 0, hidden);
    }
    gate.addProduct(auxiliary, rows, gated);
    for (int row = 0; row < rows; row++) {
      update(state.z[row], gated[row], state.h[row], state.scratch);
    }
    outputOfUpdated.addProduct(state.z, rows, state.output);
    outputOfMain.addProduct(main, rows, state.output);
    float[][] carried = carry == StateCarry.MAIN ? main : state.z;
    for (int row = 0; row < rows; row++) {
      VectorMath.activate(outputActivation, state.output[row], 0, hidden, state.scratch);
      System.arraycopy(carried[row], 0, state.h[row], 0, hidden);
    }
  }

  /** h' = f(z + (r W_rh) (.) h), in place of z. */
  private void update(float[] z, float[] gated, float[] h, float[] scratch) {
    for (int j = 0; j < hidden; j++) {
      z[j] += gated[j] * h[j];
    }
    VectorMath.activate(f, z, 0, hidden, scratch);
  }

  @Override
  float[][] output(CellState state) {
    return state.output;
  }
}
