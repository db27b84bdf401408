package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.kernel.HeapMatrix;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * E W + b by symbol, [V, G*H]: what the lowest layer reads of a symbol. A row is computed when its
 * symbol comes for the first time. Any number of threads may use it.
 */
final class SymbolTable {

  /** Of large vocabularies the first symbols to come are kept: 16 MB of rows at the most. */
  private static final int MOST_KEPT = 1 << 22;

  private final HeapMatrix embedding; // E, [V, D]
  private final HeapMatrix weights; // the rows of W that an embedding is multiplied with, [D, G*H]
  private final float[] bias; // [G*H]
  private final AtomicReferenceArray<float[]> rows;
  private final AtomicInteger kept = new AtomicInteger();

  SymbolTable(HeapMatrix embedding, HeapMatrix weights, float[] bias) {
    this.embedding = embedding;
    this.weights = weights;
    this.bias = bias;
    this.rows = new AtomicReferenceArray<>(embedding.rows());
  }

  static IllegalArgumentException unknown(int symbol, int vocabulary) {
    return new IllegalArgumentException(
        "The symbol %d is not in the vocabulary; expected 0 to %d"
            .formatted(symbol, vocabulary - 1));
  }

  /** V. */
  int symbols() {
    return embedding.rows();
  }

  /**
   * The row of a symbol, not to be written to.
   *
   * @throws IllegalArgumentException if there is no such symbol
   */
  float[] row(int symbol) {
    if (symbol < 0 || symbol >= symbols()) {
      throw unknown(symbol, symbols());
    }
    float[] row = rows.get(symbol);
    if (row == null) {
      row = bias.clone();
      weights.addProduct(embedding.row(symbol), row);
      if (kept.get() < MOST_KEPT / bias.length && rows.compareAndSet(symbol, null, row)) {
        kept.incrementAndGet();
      }
    }
    return row;
  }
}
