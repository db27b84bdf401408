package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.network.OffHeap;
import io.github.recurrentzoo.zoo.network.TimeMajor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Some sequences as the network takes them.
 *
 * @param steps [B, w S, T'], zeros behind a row's last frame
 * @param mask 1 for a frame and 0 for padding, [B, T']; null if all rows have T' frames
 */
record SequenceBatch(INDArray steps, INDArray mask) {
  private static final long MOST_NUMBERS = 4_000_000;

  /**
   * The batch of some rows.
   *
   * @param rows the numbers of each, [T][S] in one array
   */
  static SequenceBatch of(List<float[]> rows, Frames frames) {
    int size = frames.frameSize();
    int[] counts =
        rows.stream().mapToInt(row -> frames.count(row.length / frames.size())).toArray();
    int longest = Arrays.stream(counts).max().orElseThrow();
    int count = counts.length;
    float[] numbers = new float[longest * count * size];
    float[] mask = new float[count * longest];
    for (int b = 0; b < count; b++) {
      for (int j = 0; j < counts[b]; j++) {
        frames.copy(rows.get(b), j, numbers, (j * count + b) * size);
      }
      Arrays.fill(mask, b * longest, b * longest + counts[b], 1f);
    }
    boolean full = Arrays.stream(counts).allMatch(each -> each == longest);
    return new SequenceBatch(
        TimeMajor.array(numbers, longest, count, size),
        full ? null : Nd4j.create(mask, new long[] {count, longest}, 'c'));
  }

  /** The mask as the network takes it; null if there is none. */
  INDArray[] masks() {
    return mask == null ? null : new INDArray[] {mask};
  }

  /** Gives back the memory of both arrays; nobody may use them any more. */
  void close() {
    OffHeap.close(steps, mask);
  }

  /** The row indices of batches of like length, shortest rows first; large rows are fewer. */
  static List<int[]> byLength(List<float[]> rows, int batchSize) {
    List<int[]> batches = new ArrayList<>();
    int[] order = sorted(rows, IntStream.range(0, rows.size()).boxed().toList());
    for (int from = 0; from < order.length; ) {
      int to = Math.min(order.length, from + batchSize);
      while (to > from + 1 && (long) (to - from) * rows.get(order[to - 1]).length > MOST_NUMBERS) {
        to--;
      }
      batches.add(Arrays.copyOfRange(order, from, to));
      from = to;
    }
    return batches;
  }

  /** The row indices of batches of like length; which rows meet, and when, is drawn. */
  static List<int[]> shuffled(List<float[]> rows, int batchSize, Random random) {
    List<Integer> drawn = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
    Collections.shuffle(drawn, random);
    int[] order = sorted(rows, drawn);
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < order.length; from += batchSize) {
      batches.add(Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize)));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** By length; rows of the same length stay in the given order. */
  private static int[] sorted(List<float[]> rows, List<Integer> order) {
    return order.stream()
        .sorted(Comparator.comparingInt(row -> rows.get(row).length))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
