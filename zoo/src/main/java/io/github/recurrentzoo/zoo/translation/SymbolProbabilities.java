package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.network.TimeMajor;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a network answers, [B, V, T], on the Java heap. */
final class SymbolProbabilities {
  /** A probability of 0 would make the loss of a single row infinite. */
  private static final double SMALLEST = 1e-30;

  private final float[] values; // [T, B, V]
  private final int rows;
  private final int symbols;

  private SymbolProbabilities(float[] values, int rows, int symbols) {
    this.values = values;
    this.rows = rows;
    this.symbols = symbols;
  }

  static SymbolProbabilities of(INDArray answer) {
    return new SymbolProbabilities(
        TimeMajor.numbers(answer), (int) answer.size(0), (int) answer.size(1));
  }

  /**
   * Of one step.
   *
   * @param answer [B or more][V]
   */
  static SymbolProbabilities of(float[][] answer, int rows, int symbols) {
    float[] values = new float[rows * symbols];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(answer[row], 0, values, row * symbols, symbols);
    }
    return new SymbolProbabilities(values, rows, symbols);
  }

  private int at(int row, int step) {
    return (step * rows + row) * symbols;
  }

  /** The natural logarithm of the probability of a symbol. */
  double log(int row, int symbol, int step) {
    return Math.log(Math.max(values[at(row, step) + symbol], SMALLEST));
  }

  /** Whether a symbol may be answered: padding, the unknown symbol and the start may not. */
  static boolean isAnswer(int symbol) {
    return symbol >= SymbolVocabulary.END;
  }

  /** V. */
  int symbols() {
    return symbols;
  }

  /** The most probable of the symbols that may be answered, the first one if several are. */
  int best(int row, int step) {
    int start = at(row, step);
    int best = SymbolVocabulary.END;
    for (int symbol = best + 1; symbol < symbols; symbol++) {
      if (values[start + symbol] > values[start + best]) {
        best = symbol;
      }
    }
    return best;
  }

  /** Whether any probability is no number. */
  boolean hasNaN() {
    for (float value : values) {
      if (Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the best symbols are these, given those before: so greedy decoding answers them. */
  boolean matches(int row, int[] answer) {
    for (int t = 0; t < answer.length; t++) {
      if (best(row, t) != answer[t]) {
        return false;
      }
    }
    return true;
  }
}
