package io.github.recurrentzoo.zoo.sequences;

/**
 * How a sequence is cut into the frames that a convolution reads: frame j holds the steps j s to j
 * s + w - 1. Steps behind the last whole frame are not read; a sequence that is shorter than a
 * frame is one frame, with zeros behind it.
 *
 * @param size the numbers of a step, S
 * @param width of a frame, w; 1 without convolution
 * @param stride from one frame to the next, s; 1 without convolution
 */
record Frames(int size, int width, int stride) {

  /** The number of frames of so many steps. */
  int count(int steps) {
    return steps < width ? 1 : (steps - width) / stride + 1;
  }

  /** The numbers of a frame, w S. */
  int frameSize() {
    return width * size;
  }

  /**
   * Copies a frame.
   *
   * @param numbers of a sequence, [T][S] in one array
   * @param j which frame
   */
  void copy(float[] numbers, int j, float[] target, int at) {
    int from = j * stride * size;
    int length = Math.min(frameSize(), numbers.length - from);
    System.arraycopy(numbers, from, target, at, length);
  }
}
