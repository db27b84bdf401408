package io.github.recurrentzoo.zoo.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.network.TimeMajor;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class UnitStreamsTest {

  private static int[] numbers(int count) {
    return IntStream.range(0, count).toArray();
  }

  @Test
  void streamsGoOnFromSegmentToSegment() {
    UnitStreams text = UnitStreams.whole(numbers(23), 3, 4); // 3 streams of 7 steps
    assertEquals(3, text.streams());
    assertEquals(2, text.segments());
    assertArrayEquals(new int[][] {{0, 1, 2, 3}, {7, 8, 9, 10}, {14, 15, 16, 17}}, text.inputs(0));
    assertArrayEquals(new int[][] {{4, 5, 6}, {11, 12, 13}, {18, 19, 20}}, text.inputs(1));
    assertEquals(21, text.next(1, 2, 2));
    INDArray labels = UnitStreams.oneHot(text.next(1), 23);
    assertArrayEquals(new long[] {3, 23, 3}, labels.shape());
    assertEquals(1, labels.getDouble(2, 21, 2));
    assertEquals(9, labels.sumNumber().intValue());
    INDArray array = UnitStreams.array(text.inputs(1));
    assertArrayEquals(new long[] {3, 3}, array.shape());
    assertEquals(13, array.getInt(1, 2));
  }

  @ParameterizedTest
  @CsvSource({"100, 16, 6", "9, 16, 1", "10, 3, 1", "18, 3, 2", "16, 16, 1"})
  void eachStreamHasASegmentAtLeast(int characters, int asked, int streams) {
    UnitStreams text = UnitStreams.whole(numbers(characters), asked, characters < 20 ? 8 : 16);
    assertEquals(streams, text.streams());
    assertTrue(text.segments() >= 1);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "30, 1", "30, 4", "31, 4", "32, 4", "33, 4", "5, 4"})
  void paddedStreamsPredictEachCharacterOnce(int characters, int streams) {
    UnitStreams text = UnitStreams.padded(numbers(characters), streams, 3);
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (int segment = 0; segment < text.segments(); segment++) {
      int[][] inputs = text.inputs(segment);
      for (int b = 0; b < streams; b++) {
        for (int t = 0; t < text.steps(segment); t++) {
          if (text.isInText(segment, b, t)) {
            assertEquals(inputs[b][t] + 1, text.next(segment, b, t));
            counts.merge(text.next(segment, b, t), 1, Integer::sum);
          } else {
            assertFalse(counts.size() < characters - 1 && b < streams - 2);
          }
        }
      }
    }
    assertEquals(characters - 1, counts.size());
    assertTrue(counts.values().stream().allMatch(count -> count == 1));
  }

  @Test
  void timeMajor() {
    INDArray array = UnitStreams.oneHot(UnitStreams.whole(numbers(23), 3, 4).next(0), 23);
    float[] numbers = TimeMajor.numbers(array.dup('c'));
    assertEquals(1, numbers[(1 * 3 + 2) * 23 + 16]);
    assertArrayEquals(numbers, TimeMajor.numbers(array));
  }
}
