package io.github.recurrentzoo.layers.kernel;

/**
 * Java arrays by time step, kept from pass to pass. Where fewer are asked for than there are steps,
 * they are used in turn.
 */
final class Slots {

  private float[][] arrays = {};
  private int used = 1;

  /** Makes room for {@code count} arrays of {@code size} numbers; contents are lost. */
  void ensure(int count, int size) {
    used = count;
    if (arrays.length < count || arrays[0].length < size) {
      arrays =
          new float[Math.max(count, arrays.length)]
              [arrays.length == 0 ? size : Math.max(size, arrays[0].length)];
    }
  }

  /** The array of a step. */
  float[] at(int step) {
    return arrays[step % used];
  }
}
