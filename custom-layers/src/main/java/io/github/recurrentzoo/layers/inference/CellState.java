package io.github.recurrentzoo.layers.inference;

import java.util.Arrays;

/**
 * What one layer carries from step to step, and room for what it computes, of one thread. Each row
 * has arrays of its own: see {@link io.github.recurrentzoo.layers.kernel.HeapMatrix}.
 */
final class CellState {

  private final int hidden; // H
  private final int gates; // G
  private final int memory; // H, or 0 for a cell without a memory
  float[][] h = {}; // [R][H], what is carried
  float[][] c = {}; // [R][H], the memory of an LSTM
  float[][] output = {}; // [R][H]
  float[][] z = {}; // [R][G*H], x W + b, then whatever the cell makes of it
  float[][] products = {}; // [R][G*H], for h RW where that is needed by itself
  private final float[][][] parts = {{}, {}, {}}; // [R][H] each, for whatever a cell needs
  float[] scratch = {}; // [G*H]

  CellState(int hidden, int gates, boolean hasMemory) {
    this.hidden = hidden;
    this.gates = gates;
    this.memory = hasMemory ? hidden : 0;
    this.scratch = new float[gates * hidden];
  }

  /** A state of zeros for so many rows. */
  void begin(int rows) {
    ensure(rows);
    for (int row = 0; row < rows; row++) {
      Arrays.fill(h[row], 0);
      Arrays.fill(c[row], 0);
    }
  }

  private void ensure(int rows) {
    h = grown(h, rows, hidden);
    c = grown(c, rows, memory);
    output = grown(output, rows, hidden);
    z = grown(z, rows, gates * hidden);
    products = grown(products, rows, gates * hidden);
  }

  /** Room for [R][H] numbers. */
  float[][] parts(int which) {
    parts[which] = grown(parts[which], z.length, hidden);
    return parts[which];
  }

  /** Goes on with these rows, in this order. */
  void select(int[] rows) {
    float[][] newH = selected(h, rows);
    float[][] newC = selected(c, rows);
    ensure(rows.length);
    System.arraycopy(newH, 0, h, 0, rows.length);
    System.arraycopy(newC, 0, c, 0, rows.length);
  }

  /** At least so many arrays, those that there are among them. */
  static float[][] grown(float[][] arrays, int count, int size) {
    float[][] grown = arrays;
    if (arrays.length < count) {
      grown = Arrays.copyOf(arrays, count);
      for (int i = arrays.length; i < count; i++) {
        grown[i] = new float[size];
      }
    }
    return grown;
  }

  /** Copies of some rows. */
  static float[][] selected(float[][] values, int[] rows) {
    float[][] selected = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      selected[i] = values[rows[i]].clone();
    }
    return selected;
  }
}
