package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.network.TokenBatch;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import java.util.Arrays;

/** Takes the most probable symbol at each step; rows that have ended drop out of the batch. */
final class GreedySearch {
  private GreedySearch() {}

  /** The outputs of the rows of a batch. */
  static Decoded[] decode(StepwiseDecoder decoder, TokenBatch source, int maxLength) {
    int size = (int) source.tokens().size(0);
    Decoded[] found = new Decoded[size];
    int[][] ids = new int[size][maxLength];
    double[] logProbabilities = new double[size];
    int[] rows = new int[size]; // those that go on
    Arrays.setAll(rows, row -> row);
    int[] read = new int[size];
    Arrays.fill(read, SymbolVocabulary.START);
    decoder.begin(source);
    for (int t = 0; rows.length > 0; t++) {
      SymbolProbabilities next = decoder.next(read);
      int[] kept = new int[rows.length];
      int count = 0;
      for (int i = 0; i < rows.length; i++) {
        int row = rows[i];
        int best = next.best(i, 0);
        int taken = t == maxLength ? SymbolVocabulary.END : best;
        logProbabilities[row] += next.log(i, taken, 0);
        if (taken == SymbolVocabulary.END) {
          found[row] =
              new Decoded(Arrays.copyOf(ids[row], t), logProbabilities[row], taken == best);
        } else {
          ids[row][t] = taken;
          kept[count++] = i;
        }
      }
      kept = Arrays.copyOf(kept, count);
      read = new int[count];
      int[] goingOn = new int[count];
      for (int i = 0; i < count; i++) {
        goingOn[i] = rows[kept[i]];
        read[i] = ids[goingOn[i]][t];
      }
      rows = goingOn;
      if (count > 0) {
        decoder.select(kept);
      }
    }
    return found;
  }
}
