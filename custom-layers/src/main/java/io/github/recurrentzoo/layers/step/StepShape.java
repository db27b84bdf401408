package io.github.recurrentzoo.layers.step;

/**
 * The shape of what a vertex gives.
 *
 * @param rows B
 * @param size S
 * @param steps T; 0 for a matrix [B, S]
 */
record StepShape(long rows, long size, long steps) {

  boolean isSequence() {
    return steps > 0;
  }

  /** The steps of a sequence as the rows of a matrix. */
  StepShape flat() {
    return new StepShape(rows * steps, size, 0);
  }
}
