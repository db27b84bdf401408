package io.github.recurrentzoo.layers.kernel;

import java.util.Arrays;

/**
 * An LSTM that is only asked, step by step, for many rows: the equations of {@link Cell.Lstm}. Each
 * gate is a block [R, H] without gaps, as in the fused kernel, so that element-wise loops are long,
 * and a product of a gate is one that OpenBLAS has small kernels for. For one thread.
 */
public final class LstmBlocks {

  /** With fewer rows the loops of a row are as quick, and BLAS is not. */
  public static final int ROWS = 24;

  private static final int GATES = 4;
  private static final int CANDIDATE = 0; // a
  private static final int FORGET = 1; // q
  private static final int OUTPUT = 2; // o
  private static final int INPUT = 3; // i

  private final CellActivation f;
  private final CellActivation g;
  private final int inputs; // D
  private final int hidden; // H
  private final HeapMatrix recurrent; // RW, [H, 4H]
  private final HeapMatrix both; // W over RW, [D + H, 4H]
  private final float[] bias; // [4H]
  private final NativeFloats left = new NativeFloats(); // x and h side by side, or h: [R, D + H]
  private final NativeFloats z = new NativeFloats(); // of a gate, [R, H]
  private final float[][] gate = {{}, {}, {}, {}}; // [R, H] each
  private final float[][] biases = {{}, {}, {}, {}}; // R times
  private float[] sides = {}; // [R, D + H]
  private float[] c = {};
  private float[] h = {};
  private float[] scratch = {};
  private int rows;
  private int block; // R*H

  /**
   * For the parameters of a layer.
   *
   * @param recurrent RW, [H, 4H]
   * @param both W over RW, [D + H, 4H]
   * @param bias b, [4H]
   */
  public LstmBlocks(Cell.Lstm cell, HeapMatrix recurrent, HeapMatrix both, float[] bias) {
    this.f = cell.activation();
    this.g = cell.gateActivation();
    this.inputs = cell.inputs();
    this.hidden = cell.hidden();
    this.recurrent = recurrent;
    this.both = both;
    this.bias = bias;
  }

  /** Begins with states of zeros for so many rows. */
  public void begin(int newRows) {
    rows = newRows;
    block = Math.multiplyExact(rows, hidden);
    if (h.length < block) {
      h = new float[block];
      c = new float[block];
      scratch = new float[block];
      for (int k = 0; k < GATES; k++) {
        gate[k] = new float[block];
        biases[k] = new float[block];
      }
      for (int k = 0; k < GATES; k++) {
        for (int row = 0; row < rows; row++) {
          System.arraycopy(bias, k * hidden, biases[k], row * hidden, hidden);
        }
      }
    }
    Arrays.fill(c, 0, block, 0);
    Arrays.fill(h, 0, block, 0);
    int width = inputs + hidden;
    left.ensure((long) rows * width);
    if (sides.length < rows * width) {
      sides = new float[rows * width];
    }
    z.ensure(block);
  }

  /**
   * A step.
   *
   * @param values x, [R][D]
   */
  public void step(float[][] values) {
    int width = inputs + hidden;
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values[row], 0, sides, row * width, inputs);
      System.arraycopy(h, row * hidden, sides, row * width + inputs, hidden);
    }
    multiply(sides, width, both);
    for (int k = 0; k < GATES; k++) {
      VectorMath.activate(k == CANDIDATE ? f : g, gate[k], biases[k], block, scratch);
    }
    finish();
  }

  /**
   * A step.
   *
   * @param products x W + b, [R][4H]
   */
  public void stepRead(float[][] products) {
    multiply(h, hidden, recurrent);
    for (int k = 0; k < GATES; k++) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(products[row], k * hidden, h, row * hidden, hidden);
      }
      VectorMath.activate(k == CANDIDATE ? f : g, gate[k], h, block, scratch);
    }
    finish();
  }

  /** The product of {@code values} [R, width] with each gate of some weights. */
  private void multiply(float[] values, int width, HeapMatrix weights) {
    left.put(0, values, rows * width);
    Matrix from = Matrix.rowMajor(left.address(0), rows, width);
    Matrix to = Matrix.rowMajor(z.address(0), rows, hidden);
    Matrix[] blocks = weights.blocks(hidden);
    BlasThreads.enter();
    try {
      for (int k = 0; k < GATES; k++) {
        Blas.multiply(from, blocks[k], false, to);
        z.get(0, gate[k], block);
      }
    } finally {
      BlasThreads.leave();
    }
  }

  private void finish() {
    VectorMath.sumOfProducts(gate[FORGET], c, gate[INPUT], gate[CANDIDATE], c, block);
    System.arraycopy(c, 0, h, 0, block);
    VectorMath.activate(f, h, block, scratch);
    VectorMath.multiply(gate[OUTPUT], h, h, block);
  }

  /** Copies the output of a row in the last step, [H]. */
  public void copyOutput(int row, float[] to) {
    System.arraycopy(h, row * hidden, to, 0, hidden);
  }
}
