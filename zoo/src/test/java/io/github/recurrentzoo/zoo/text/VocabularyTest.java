package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  private static final List<List<String>> TEXTS =
      List.of(List.of("the", "cat", "the", "dog"), List.of("the", "dog", "ant"), List.of());

  @Test
  void theMostFrequentWordsComeFirstAndTiesGoByName() {
    assertEquals(List.of("the", "dog", "ant", "cat"), Vocabulary.of(TEXTS, 100).words());
    assertEquals(6, Vocabulary.of(TEXTS, 100).size());
  }

  @Test
  void theSizeCountsTheReservedIds() {
    Vocabulary vocabulary = Vocabulary.of(TEXTS, 5);
    assertEquals(List.of("the", "dog", "ant"), vocabulary.words());
    assertEquals(5, vocabulary.size());
  }

  @Test
  void countsFromElsewhereMakeTheSameVocabulary() {
    Map<String, Long> counts = new LinkedHashMap<>(); // in the order in which they are ranked
    counts.put("the", 3L);
    counts.put("dog", 2L);
    counts.put("ant", 1L);
    counts.put("cat", 1L);
    for (int size : new int[] {3, 5, 100}) {
      for (int minCount = 1; minCount <= 3; minCount++) {
        assertEquals(
            Vocabulary.of(TEXTS, size, minCount).words(),
            Vocabulary.ofCounts(counts, size, minCount).words());
      }
    }
    assertEquals(
        Vocabulary.of(TEXTS, 5).words(),
        Vocabulary.ofCounts(counts, 5, 4).words(),
        "all words, where none comes often enough");
    assertThrows(IllegalArgumentException.class, () -> Vocabulary.ofCounts(counts, 2, 1));
  }

  @Test
  void theOrderOfTheTextsDoesNotMatter() {
    assertEquals(
        Vocabulary.of(TEXTS, 100).words(),
        Vocabulary.of(List.of(TEXTS.get(1), TEXTS.get(2), TEXTS.get(0)), 100).words());
  }

  @Test
  void idsAndWordsBelongTogether() {
    Vocabulary vocabulary = Vocabulary.of(TEXTS, 5);
    assertArrayEquals(new int[] {2, 1, 3}, vocabulary.ids(List.of("the", "cat", "dog")));
    assertEquals("<padding>", vocabulary.word(Vocabulary.PADDING));
    assertEquals("<unknown>", vocabulary.word(Vocabulary.UNKNOWN));
    assertEquals("the", vocabulary.word(2));
    assertEquals("ant", vocabulary.word(4));
    assertThrows(IndexOutOfBoundsException.class, () -> vocabulary.word(5));
    assertThrows(IndexOutOfBoundsException.class, () -> vocabulary.word(-1));
  }

  @Test
  void itsWordsMakeItAgain() {
    Vocabulary vocabulary = Vocabulary.of(TEXTS, 100);
    Vocabulary again = Vocabulary.ofWords(vocabulary.words());
    assertEquals(vocabulary.words(), again.words());
    assertEquals(vocabulary.id("cat"), again.id("cat"));
  }

  @Test
  void wrongUseIsExplained() {
    String size =
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.of(TEXTS, 2)).getMessage();
    assertTrue(size.contains("is 2") && size.contains("at least 3"), size);
    List<String> twice = List.of("a", "b", "a");
    String word =
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.ofWords(twice)).getMessage();
    assertTrue(word.contains("\"a\"") && word.contains("2 and 4"), word);
  }
}
