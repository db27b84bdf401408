package io.github.recurrentzoo.layers.kernel;

import java.util.Arrays;

/**
 * Java arrays by time step, kept from pass to pass. Where fewer are asked for than there are steps,
 * they are used in turn.
 */
final class Slots {

  private float[][] arrays = {};
  private int used = 1;

  /** Makes room for {@code count} arrays of {@code size} numbers; contents may be lost. */
  void ensure(int count, int size) {
    used = count;
    if (arrays.length < count) {
      arrays = Arrays.copyOf(arrays, count);
    }
    for (int i = 0; i < count; i++) { // each by itself: long passes may have few rows
      if (arrays[i] == null || arrays[i].length < size) {
        arrays[i] = new float[size];
      }
    }
  }

  /** The array of a step. */
  float[] at(int step) {
    return arrays[step % used];
  }
}
