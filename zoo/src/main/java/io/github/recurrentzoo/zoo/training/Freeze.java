package io.github.recurrentzoo.zoo.training;

/**
 * Which layers stay as they are when a model is fine-tuned. Frozen parameters are the same to the
 * bit afterwards: no gradient is computed for them, and no penalty pulls at them.
 */
public enum Freeze {
  /** All layers learn. */
  NOTHING,

  /**
   * The embedding stays (both, in sequence to sequence). New words cannot learn a vector then, so
   * none are added.
   */
  EMBEDDING,

  /**
   * All layers but the output layer stay: a linear model learns from what the network makes of a
   * row. By far the fastest. No new words are added.
   */
  ALL_BUT_HEAD
}
