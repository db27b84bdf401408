package io.github.recurrentzoo.zoo.translation;

/** An output as ids. */
final class Decoded {
  private final int[] ids;
  private final double logProbability;
  private final boolean ended;

  Decoded(int[] ids, double logProbability, boolean ended) {
    this.ids = ids;
    this.logProbability = logProbability;
    this.ended = ended;
  }

  /** Its symbols, without start and end. */
  int[] ids() {
    return ids;
  }

  /** log p of the symbols and the end symbol, in nats. */
  double logProbability() {
    return logProbability;
  }

  /**
   * False if it was cut: it had as many symbols as are allowed, and the end symbol was not the most
   * probable one to follow.
   */
  boolean ended() {
    return ended;
  }
}
