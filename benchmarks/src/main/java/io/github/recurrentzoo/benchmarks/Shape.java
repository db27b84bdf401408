package io.github.recurrentzoo.benchmarks;

/** The sizes of a comparison: D = H, T, B, and the words of the vocabulary. */
enum Shape {
  SMALL(64, 100, 32, 10_000, 3),
  LARGE(256, 100, 64, 10_000, 1),
  /** The definitions of WordNet, 10 words on average. */
  WORDNET(64, 12, 64, 10_000, 2),
  /**
   * For tests: no two sizes are the same. PyTorch 2.7.1 on AVX-512 gives wrong answers for an LSTM
   * of less than 32 units without gradients (oneDNN's kernel for inference).
   */
  TINY(32, 4, 3, 11, 1);

  private final int size;
  private final int steps;
  private final int batch;
  private final int vocabulary;
  private final int rounds;

  Shape(int size, int steps, int batch, int vocabulary, int rounds) {
    this.size = size;
    this.steps = steps;
    this.batch = batch;
    this.vocabulary = vocabulary;
    this.rounds = rounds;
  }

  /** Its name in the tables. */
  String title() {
    return "D=H=%d, T=%d, B=%d".formatted(size, steps, batch);
  }

  /** D and H. */
  int size() {
    return size;
  }

  /** T. */
  int steps() {
    return steps;
  }

  /** B. */
  int batch() {
    return batch;
  }

  /** The rows of the embedding. */
  int vocabulary() {
    return vocabulary;
  }

  /** How many forks each entry gets by default: the slower a shape, the fewer. */
  int rounds() {
    return rounds;
  }
}
