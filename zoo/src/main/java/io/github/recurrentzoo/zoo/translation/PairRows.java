package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Pairs as ids, each side with one symbol at least, without start and end.
 *
 * <p>The id arrays are shared, never changed.
 */
record PairRows(List<int[]> sources, List<int[]> targets) {

  int size() {
    return sources.size();
  }

  /** What the decoder reads: the start symbol, then the target. */
  int[] read(int row) {
    int[] target = targets.get(row);
    int[] read = new int[target.length + 1];
    read[0] = SymbolVocabulary.START;
    System.arraycopy(target, 0, read, 1, target.length);
    return read;
  }

  /** What the decoder is to answer: the target, then the end symbol. */
  int[] answer(int row) {
    int[] target = targets.get(row);
    int[] answer = Arrays.copyOf(target, target.length + 1);
    answer[target.length] = SymbolVocabulary.END;
    return answer;
  }

  /**
   * The row indices of batches of like length on both sides; which rows meet, and when, is drawn.
   */
  List<int[]> shuffled(int batchSize, Random random) {
    List<Integer> order = new ArrayList<>(size());
    for (int row = 0; row < size(); row++) {
      order.add(row);
    }
    Collections.shuffle(order, random);
    List<int[]> batches = cut(order, batchSize);
    Collections.shuffle(batches, random);
    return batches;
  }

  /** The row indices of batches of like length on both sides, shortest rows first. */
  List<int[]> byLength(int batchSize) {
    List<Integer> order = new ArrayList<>(size());
    for (int row = 0; row < size(); row++) {
      order.add(row);
    }
    return cut(order, batchSize);
  }

  /** Sorts by length, rows of the same lengths in the given order, and cuts. */
  private List<int[]> cut(List<Integer> order, int batchSize) {
    order.sort(
        (a, b) -> {
          int bySource = Integer.compare(sources.get(a).length, sources.get(b).length);
          return bySource != 0
              ? bySource
              : Integer.compare(targets.get(a).length, targets.get(b).length);
        });
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += batchSize) {
      batches.add(
          order.subList(from, Math.min(order.size(), from + batchSize)).stream()
              .mapToInt(Integer::intValue)
              .toArray());
    }
    return batches;
  }
}
