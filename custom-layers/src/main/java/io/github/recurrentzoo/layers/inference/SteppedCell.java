package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.CellParameter;
import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.HeapMatrix;
import io.github.recurrentzoo.layers.kernel.LstmBlocks;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One step of a recurrent layer, for some rows. It does not change: states come from outside. */
abstract class SteppedCell {

  final int hidden; // H
  final HeapMatrix recurrent; // RW, [H, G*H]
  private final Cell cell;
  private final HeapMatrix input; // W, [D, G*H]
  private final HeapMatrix both; // W over RW, [D + H, G*H]
  private final float[] bias; // b, [G*H]

  SteppedCell(Cell cell, Map<String, INDArray> parameters) {
    this.cell = cell;
    this.hidden = cell.hidden();
    this.input = HeapMatrix.of(parameters.get(CellParameter.WEIGHT));
    this.recurrent = HeapMatrix.of(parameters.get(CellParameter.RECURRENT_WEIGHT));
    this.both = input.over(recurrent);
    this.bias = vector(parameters, CellParameter.BIAS);
  }

  /** A cell with copies of its parameters. */
  static SteppedCell of(Cell cell, Map<String, INDArray> parameters) {
    if (cell instanceof Cell.SimpleRnn simple) {
      return new SteppedSimpleRnn(simple, parameters);
    }
    if (cell instanceof Cell.Lstm lstm) {
      return new SteppedLstm(lstm, parameters);
    }
    if (cell instanceof Cell.Gru gru) {
      return new SteppedGru(gru, parameters);
    }
    return new SteppedRrnn((Cell.Rrnn) cell, parameters);
  }

  static float[] vector(Map<String, INDArray> parameters, String key) {
    return parameters.get(key).dup('c').data().asFloat();
  }

  final HeapMatrix input() {
    return input;
  }

  final float[] bias() {
    return bias;
  }

  /** A state of zeros without rows. */
  final CellState newState() {
    return new CellState(hidden, cell.gates(), cell.hasMemory());
  }

  /** The same cell for many rows; null if it has no form of its own for them. */
  final LstmBlocks newBlocks() {
    return cell instanceof Cell.Lstm lstm ? new LstmBlocks(lstm, recurrent, both, bias) : null;
  }

  /**
   * A step.
   *
   * @param x [R][D]
   */
  final void step(float[][] x, int rows, CellState state) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(bias, 0, state.z[row], 0, bias.length);
    }
    if (separates()) {
      input.addProduct(x, rows, state.z);
      multiplyState(rows, state);
    } else {
      input.addProducts(x, recurrent, state.h, rows, state.z);
    }
    finish(rows, state);
  }

  /**
   * A step.
   *
   * @param read x W + b, [R][G*H]
   */
  final void stepRead(float[][] read, int rows, CellState state) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(read[row], 0, state.z[row], 0, bias.length);
    }
    stepRead(rows, state);
  }

  /**
   * A step whose output nobody asks for.
   *
   * @param values x, [R][D], or if they have been read x W + b, [R][G*H]
   */
  void carry(float[][] values, boolean read, int rows, CellState state) {
    if (read) {
      stepRead(values, rows, state);
    } else {
      step(values, rows, state);
    }
  }

  /** A step with x W + b in {@code state.z}. */
  final void stepRead(int rows, CellState state) {
    if (separates()) {
      multiplyState(rows, state);
    } else {
      recurrent.addProduct(state.h, rows, state.z);
    }
    finish(rows, state);
  }

  private void multiplyState(int rows, CellState state) {
    for (int row = 0; row < rows; row++) {
      Arrays.fill(state.products[row], 0);
    }
    recurrent.addProduct(state.h, rows, state.products);
  }

  /** Whether the cell needs h RW by itself, in {@code state.products}, and not added to z. */
  boolean separates() {
    return false;
  }

  /** From the products and the state before to the state after and the output. */
  abstract void finish(int rows, CellState state);

  /** The output of a step, [R][H]. */
  float[][] output(CellState state) {
    return state.h;
  }
}
