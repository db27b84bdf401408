package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.ConcatPoolingVertex;

/** What the layer above the recurrent layers reads of a whole sequence. */
public enum Pooling {
  /** The final state, [B, S]: of each direction the state after the last step that it processes. */
  FINAL(1),

  /**
   * The final state, the mean and the largest of all states, [B, 3S]; see {@link
   * ConcatPoolingVertex}.
   */
  CONCAT(3);

  private final int parts;

  Pooling(int parts) {
    this.parts = parts;
  }

  /** The size of what is read, for states of this size. */
  public int size(int states) {
    return parts * states;
  }
}
