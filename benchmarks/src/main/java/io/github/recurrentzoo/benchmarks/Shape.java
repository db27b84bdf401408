package io.github.recurrentzoo.benchmarks;

/** The sizes of a comparison: D = H, T, B, and the words of the vocabulary. */
enum Shape {
  SMALL(64, 100, 32, 10_000, 3),
  LARGE(256, 100, 64, 10_000, 1),
  /** The definitions of WordNet, 10 words on average. */
  WORDNET(64, 12, 64, 10_000, 2),
  UNITS_128(128, 100, 32, 10_000, 1),
  UNITS_512(512, 100, 32, 10_000, 1),
  STEPS_10(64, 10, 32, 10_000, 1),
  STEPS_1000(64, 1000, 32, 10_000, 1),
  ROWS_1(64, 100, 1, 10_000, 1),
  ROWS_256(64, 100, 256, 10_000, 1),
  WORDS_100000(64, 100, 32, 100_000, 1),
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
    String words = this == WORDS_100000 ? ", V=100,000" : ""; // elsewhere 10,000
    return "D=H=%d, T=%d, B=%d%s".formatted(size, steps, batch, words);
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
