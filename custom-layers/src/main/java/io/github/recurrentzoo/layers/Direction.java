package io.github.recurrentzoo.layers;

/** The direction in which an {@link Rrnn} reads its sequence. */
public enum Direction {
  /** From the first time step to the last. */
  FORWARD,
  /** From the last time step to the first; the output at time t stays at position t. */
  BACKWARD,
  /**
   * Two recurrences with parameters of their own, one in each direction. Their outputs are
   * concatenated along the feature axis, forward half first: the output size is 2H.
   */
  BOTH
}
