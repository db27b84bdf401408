package io.github.recurrentzoo.zoo.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One minibatch as the network takes it.
 *
 * @param tokens ids, [B, T], padded on the right with 0
 * @param mask 1 for a token and 0 for padding, [B, T]; null if all rows have T tokens
 */
public record TokenBatch(INDArray tokens, INDArray mask) {

  /** The ids of each row, without padding. */
  public int[][] rows() {
    int count = (int) tokens.size(0);
    int steps = (int) tokens.size(1);
    int[] ids = tokens.dup('c').data().asInt();
    float[] visible = mask == null ? null : mask.dup('c').data().asFloat();
    int[][] rows = new int[count][];
    for (int b = 0; b < count; b++) {
      int length = steps;
      while (visible != null && visible[b * steps + length - 1] == 0) {
        length--;
      }
      rows[b] = Arrays.copyOfRange(ids, b * steps, b * steps + length);
    }
    return rows;
  }

  /** Gives back the memory of both arrays; nobody may use them any more. */
  public void close() {
    OffHeap.close(tokens, mask);
  }

  /** The batch of the rows with the given indices. */
  public static TokenBatch of(List<int[]> ids, int[] rows) {
    int longest = 0;
    int shortest = Integer.MAX_VALUE;
    for (int row : rows) {
      longest = Math.max(longest, ids.get(row).length);
      shortest = Math.min(shortest, ids.get(row).length);
    }
    float[] tokens = new float[rows.length * longest];
    float[] mask = new float[tokens.length];
    for (int b = 0; b < rows.length; b++) {
      int[] row = ids.get(rows[b]);
      for (int t = 0; t < row.length; t++) {
        tokens[b * longest + t] = row[t];
      }
      Arrays.fill(mask, b * longest, b * longest + row.length, 1f);
    }
    long[] shape = {rows.length, longest};
    return new TokenBatch(
        Nd4j.create(tokens, shape, 'c'),
        shortest == longest ? null : Nd4j.create(mask, shape, 'c'));
  }

  /** The row indices of batches of like length, shortest rows first. */
  public static List<int[]> byLength(List<int[]> ids, int batchSize) {
    return cut(ids, inOrder(ids.size()), batchSize);
  }

  /** The row indices of batches of like length; which rows meet, and when, is drawn. */
  public static List<int[]> shuffled(List<int[]> ids, int batchSize, Random random) {
    int[] order = inOrder(ids.size());
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    List<int[]> batches = cut(ids, order, batchSize);
    Collections.shuffle(batches, random);
    return batches;
  }

  /** Sorts the rows by length, rows of the same length in the given order, and cuts. */
  private static List<int[]> cut(List<int[]> ids, int[] order, int batchSize) {
    long[] keys = new long[order.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) ids.get(order[i]).length << 32 | i;
    }
    Arrays.sort(keys);
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < keys.length; from += batchSize) {
      int[] rows = new int[Math.min(batchSize, keys.length - from)];
      for (int b = 0; b < rows.length; b++) {
        rows[b] = order[(int) keys[from + b]];
      }
      batches.add(rows);
    }
    return batches;
  }

  private static int[] inOrder(int size) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    return order;
  }
}
