package io.github.recurrentzoo.layers.kernel;

import java.util.Arrays;

/**
 * Arrays that each thread keeps for what is over when a method returns. A new one each time would
 * be taken from memory that the process has not touched yet, until a collection of garbage, and the
 * system clears such pages first: a seventh of a training step of short texts.
 */
final class Scratch {

  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private final float[][] arrays = new float[4][0];

  private Scratch() {}

  /**
   * An array of at least this size, with whatever stands in it. The method that asks for it calls
   * no other one that asks for the same number.
   *
   * @param number which of the thread's arrays
   */
  static float[] floats(int number, int size) {
    Scratch own = OF_THREAD.get();
    if (own.arrays[number].length < size) {
      own.arrays[number] = new float[size];
    }
    return own.arrays[number];
  }

  /** The same with zeros in its first {@code size} places. */
  static float[] zeros(int number, int size) {
    float[] array = floats(number, size);
    Arrays.fill(array, 0, size, 0);
    return array;
  }
}
