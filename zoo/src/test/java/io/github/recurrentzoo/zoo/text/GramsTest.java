package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
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
    assertArrayEquals(
        new int[] {4}, Grams.OF_WORDS.places(List.of("the", "cat", "saw", "the", "cat"))[4]);
    assertArrayEquals(
        new int[] {0, 1}, Grams.OF_WORDS.places(List.of("the", "cat", "saw", "the", "cat"))[5]);
    assertArrayEquals(
        new int[] {3, 4}, Grams.OF_WORDS.places(List.of("the", "cat", "saw", "the", "cat"))[8]);
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
    int[][] places = grams.places(List.of("a", "b", "a"));
    assertEquals(of[1], of[3]); // a
    assertNotEquals(of[5], of[8]); // the start and a; a and the end
    assertNotEquals(of[9], of[11]);
    assertArrayEquals(new int[] {0}, places[0]); // a mark goes to its neighbour
    assertArrayEquals(new int[] {0}, places[1]);
    assertArrayEquals(new int[] {2}, places[4]);
    assertArrayEquals(new int[] {0}, places[5]); // the start and a
    assertArrayEquals(new int[] {1, 2}, places[7]); // b and a
    assertArrayEquals(new int[] {0, 1, 2}, places[10]);
    assertArrayEquals(new int[] {1, 2}, places[11]);
    assertEquals(
        grams.features("😀").length, grams.features("a").length, "a code point is one character");
  }

  /** "the" between marks: three sequences of three, two of four; the whole is no part. */
  @Test
  void partsOfWords() {
    Grams grams = Grams.OF_PARTS;
    long[] of = grams.features("The other, a");
    assertEquals(5 + 12 + 0, of.length);
    assertArrayEquals(new int[] {0}, grams.places(List.of("the", "other", "a"))[4]);
    assertArrayEquals(new int[] {1}, grams.places(List.of("the", "other", "a"))[5]);
    long[] the = grams.features("the");
    assertTrue(LongStream.of(of).skip(5).anyMatch(part -> part == the[1]), "the in other");
    assertTrue(LongStream.of(of).skip(5).noneMatch(part -> part == the[0]), "^th is no part of it");
    assertEquals(0, grams.features("").length);
    assertEquals(0, grams.features("a b").length);
  }

  @ParameterizedTest
  @EnumSource
  void eachFeatureHasItsPlaces(Grams grams) {
    List<String> units = List.of("abc", "b", "cde", "efgh");
    for (int n = 0; n <= units.size(); n++) {
      List<String> some = units.subList(0, n);
      int most = n;
      int[][] places = grams.places(some);
      assertEquals(grams.features(some).length, places.length);
      assertTrue(
          Arrays.stream(places)
              .allMatch(
                  place ->
                      place.length > 0 && Arrays.stream(place).allMatch(t -> t >= 0 && t < most)));
      if (grams != Grams.OF_PARTS) {
        assertEquals(n, grams.units(places.length));
        assertEquals(n, Arrays.stream(places).flatMapToInt(Arrays::stream).distinct().count());
      }
    }
  }
}
