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
  private final HeapMatrix input; // W, [D, 4H]
  private final HeapMatrix recurrent; // RW, [H, 4H]
  private final float[] bias; // [4H]
  private final NativeFloats x = new NativeFloats(); // [R, D]
  private final NativeFloats state = new NativeFloats(); // h, [R, H]
  private final NativeFloats z = new NativeFloats(); // of a gate, [R, H]
  private final float[][] gate = {{}, {}, {}, {}}; // [R, H] each
  private final float[][] biases = {{}, {}, {}, {}}; // R times
  private float[] c = {};
  private float[] h = {};
  private float[] scratch = {};
  private int rows;
  private int block; // R*H

  /**
   * For the parameters of a layer.
   *
   * @param input W, [D, 4H]
   * @param recurrent RW, [H, 4H]
   * @param bias b, [4H]
   */
  public LstmBlocks(Cell.Lstm cell, HeapMatrix input, HeapMatrix recurrent, float[] bias) {
    this.f = cell.activation();
    this.g = cell.gateActivation();
    this.inputs = cell.inputs();
    this.hidden = cell.hidden();
    this.input = input;
    this.recurrent = recurrent;
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
    x.ensure((long) rows * inputs);
    state.ensure(block);
    z.ensure(block);
  }

  /**
   * A step.
   *
   * @param values x, [R][D]
   */
  public void step(float[][] values) {
    for (int row = 0; row < rows; row++) {
      x.put((long) row * inputs, values[row], inputs);
    }
    Matrix xs = Matrix.rowMajor(x.address(0), rows, inputs);
    products(xs);
    for (int k = 0; k < GATES; k++) {
      VectorMath.add(gate[k], biases[k], block);
    }
    finish();
  }

  /**
   * A step.
   *
   * @param read x W + b, [R][4H]
   */
  public void stepRead(float[][] read) {
    products(null);
    for (int k = 0; k < GATES; k++) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(read[row], k * hidden, scratch, row * hidden, hidden);
      }
      VectorMath.add(gate[k], scratch, block);
    }
    finish();
  }

  /** h RW of each gate, with x W if there is an x. */
  private void products(Matrix xs) {
    state.put(0, h, block);
    Matrix hs = Matrix.rowMajor(state.address(0), rows, hidden);
    Matrix zs = Matrix.rowMajor(z.address(0), rows, hidden);
    BlasThreads.enter();
    try {
      for (int k = 0; k < GATES; k++) {
        if (xs != null) {
          Blas.multiply(xs, input.columns(k * hidden, hidden), false, zs);
        }
        Blas.multiply(hs, recurrent.columns(k * hidden, hidden), xs != null, zs);
        z.get(0, gate[k], block);
      }
    } finally {
      BlasThreads.leave();
    }
  }

  private void finish() {
    VectorMath.activate(f, gate[CANDIDATE], block, scratch);
    for (int k = FORGET; k <= INPUT; k++) {
      VectorMath.activate(g, gate[k], block, scratch);
    }
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
