package io.github.recurrentzoo.zoo.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBatchTest {

  /** Rows of lengths 1 to 9, ten of each, mixed. */
  private static List<int[]> rows() {
    return IntStream.range(0, 90).mapToObj(i -> new int[1 + (i * 7) % 9]).toList();
  }

  @Test
  void rowsArePaddedOnTheRightAndMasked() {
    TokenBatch batch = TokenBatch.of(List.of(new int[] {9}, new int[] {5, 6, 7}), new int[] {1, 0});
    assertArrayEquals(new float[] {5, 6, 7}, batch.tokens().getRow(0).toFloatVector());
    assertArrayEquals(new float[] {9, 0, 0}, batch.tokens().getRow(1).toFloatVector());
    assertArrayEquals(new float[] {1, 1, 1}, batch.mask().getRow(0).toFloatVector());
    assertArrayEquals(new float[] {1, 0, 0}, batch.mask().getRow(1).toFloatVector());
  }

  @Test
  void rowsOfTheSameLengthNeedNoMask() {
    assertNull(TokenBatch.of(List.of(new int[] {1, 2}, new int[] {3, 4}), new int[] {0, 1}).mask());
  }

  @Test
  void eachRowIsInOneBatchAndTheLastSmallBatchStays() {
    List<int[]> batches = TokenBatch.shuffled(rows(), 32, new Random(1));
    assertArrayEquals(
        IntStream.range(0, 90).toArray(),
        batches.stream().flatMapToInt(Arrays::stream).sorted().toArray());
    assertArrayEquals(
        new int[] {26, 32, 32}, batches.stream().mapToInt(b -> b.length).sorted().toArray());
  }

  @Test
  void rowsOfABatchAreOfLikeLength() {
    List<int[]> rows = rows();
    for (int[] batch : TokenBatch.shuffled(rows, 10, new Random(1))) {
      assertEquals(1, Arrays.stream(batch).map(row -> rows.get(row).length).distinct().count());
    }
  }

  @Test
  void theOrderIsDrawnAnewForEachEpochFromTheSeed() {
    Random random = new Random(3);
    List<int[]> first = TokenBatch.shuffled(rows(), 10, random);
    List<int[]> second = TokenBatch.shuffled(rows(), 10, random);
    List<int[]> again = TokenBatch.shuffled(rows(), 10, new Random(3));
    assertArrayEquals(first.toArray(), again.toArray());
    assertNotEquals(Arrays.deepToString(first.toArray()), Arrays.deepToString(second.toArray()));
    int[] lengths = first.stream().mapToInt(batch -> rows().get(batch[0]).length).toArray();
    int[] sorted = Arrays.stream(lengths).sorted().toArray();
    assertTrue(!Arrays.equals(lengths, sorted), "batches must not come by length");
  }
}
