package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GramsTest {
  @Test
  void wordsAndPairsOfNeighbours() {
    long[] of = Grams.OF_WORDS.features("The cat saw the cat");
    assertEquals(9, of.length); // five words, four pairs
    assertEquals(of[0], of[3]); // the
    assertEquals(of[5], of[8]); // the cat
    assertEquals(6, LongStream.of(of).distinct().count()); // 3 words, 3 pairs
    assertArrayEquals(new int[] {4}, Grams.OF_WORDS.covered(4, 5));
    assertArrayEquals(new int[] {0, 1}, Grams.OF_WORDS.covered(5, 5));
    assertArrayEquals(new int[] {3, 4}, Grams.OF_WORDS.covered(8, 5));
  }

  /** Model files hold the hashes: with others, all saved evidence would be lost. */
  @Test
  void hashesStayAsTheyAre() {
    assertArrayEquals(
        new long[] {0xaf63dc4c8601ec8cL, 0xaf63df4c8601f1a5L, 0xe63f991904833892L},
        Grams.OF_WORDS.features("a b"));
    assertArrayEquals(
        new long[] {
          0xaf63bf4c8601bb45L,
          0xaf63dc4c8601ec8cL,
          0xaf63be4c8601b992L,
          0xeb0d2718763c339aL,
          0xe63fba19048370a5L,
          0x34c0fb3ab8f63517L
        },
        Grams.OF_CHARACTERS.features("a"));
  }

  /** "aba" between marks: 5 parts, 4 pairs, 3 triples. */
  @Test
  void charactersAndTheEndsOfTheText() {
    Grams grams = Grams.OF_CHARACTERS;
    long[] of = grams.features("aba");
    assertEquals(12, of.length);
    assertEquals(of[1], of[3]); // a
    assertNotEquals(of[5], of[8]); // the start and a; a and the end
    assertNotEquals(of[9], of[11]);
    assertArrayEquals(new int[] {0}, grams.covered(0, 3)); // a mark goes to its neighbour
    assertArrayEquals(new int[] {0}, grams.covered(1, 3));
    assertArrayEquals(new int[] {2}, grams.covered(4, 3));
    assertArrayEquals(new int[] {0}, grams.covered(5, 3)); // the start and a
    assertArrayEquals(new int[] {1, 2}, grams.covered(7, 3)); // b and a
    assertArrayEquals(new int[] {0, 1, 2}, grams.covered(10, 3));
    assertArrayEquals(new int[] {1, 2}, grams.covered(11, 3));
    assertEquals(
        grams.features("😀").length, grams.features("a").length, "a code point is one character");
  }

  @ParameterizedTest
  @EnumSource
  void theNumberOfUnitsIsThatOfTheText(Grams grams) {
    assertEquals(0, grams.features("").length);
    for (int n = 0; n < 6; n++) {
      long[] features = grams.features(List.of("a", "b", "c", "d", "e", "f").subList(0, n));
      assertEquals(n, grams.units(features.length));
      int units = n;
      int[] times = new int[n];
      IntStream.range(0, features.length)
          .flatMap(place -> Arrays.stream(grams.covered(place, units)))
          .forEach(unit -> times[unit]++);
      assertEquals(n, Arrays.stream(times).filter(t -> t > 0).count());
    }
  }
}
