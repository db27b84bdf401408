package io.github.recurrentzoo.benchmarks;

/** The recurrences that are compared. */
enum Cell {
  SIMPLE_RNN("SimpleRnn", 1),
  LSTM("LSTM", 4),
  GRU("GRU", 3),
  /** Every step's output is computed, also where the network takes the last one only. */
  RRNN("RRNN", 3),
  /** The layer gives its last step only, so that most of the auxiliary path is left out. */
  RRNN_LAST("RRNN, last step only", 3);

  private final String title;
  private final int blocks;

  Cell(String title, int blocks) {
    this.title = title;
    this.blocks = blocks;
  }

  /** Its name in the tables. */
  String title() {
    return title;
  }

  /** The matrices W and RW have this many blocks of H columns. */
  int blocks() {
    return blocks;
  }

  boolean isRrnn() {
    return this == RRNN || this == RRNN_LAST;
  }

  /** Whether Deeplearning4j has none, so that the layer is one of ours in both columns. */
  boolean isOurs() {
    return this == GRU || isRrnn();
  }

  /** Whether the layer alone gives [B, H] rather than all T steps. */
  boolean isLastStepOnly() {
    return this == RRNN_LAST;
  }
}
