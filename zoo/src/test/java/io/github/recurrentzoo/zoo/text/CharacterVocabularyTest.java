package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterVocabularyTest {

  private static final String SMILE = "\uD83D\uDE00";

  @Test
  void theMostFrequentFirstAndEqualOnesByCodePoint() {
    CharacterVocabulary vocabulary = CharacterVocabulary.of("banana cab", 100);
    assertEquals(List.of("a", "b", "n", " ", "c"), vocabulary.characters());
    assertEquals(6, vocabulary.size());
    assertArrayEquals(new int[] {1, 0, 2}, vocabulary.ids("axb"));
    assertEquals('n', vocabulary.character(3));
  }

  @Test
  void aCodePointIsOneCharacter() {
    CharacterVocabulary vocabulary = CharacterVocabulary.of(SMILE + "x" + SMILE, 10);
    assertEquals(List.of(SMILE, "x"), vocabulary.characters());
    assertArrayEquals(new int[] {2, 1}, vocabulary.ids("x" + SMILE));
    assertEquals(0x1F600, vocabulary.character(1));
  }

  @Test
  void halfASurrogatePairIsUnknown() {
    CharacterVocabulary vocabulary = CharacterVocabulary.of("a\uD83D\uD83Db", 10);
    assertEquals(List.of("a", "b"), vocabulary.characters());
    assertEquals(CharacterVocabulary.UNKNOWN, vocabulary.id(0xD83D));
  }

  @Test
  void noMoreThanAskedFor() {
    CharacterVocabulary vocabulary = CharacterVocabulary.of("aaabbc", 3);
    assertEquals(List.of("a", "b"), vocabulary.characters());
    assertEquals(CharacterVocabulary.UNKNOWN, vocabulary.id('c'));
    assertEquals(0xFFFD, vocabulary.character(CharacterVocabulary.UNKNOWN));
    String message =
        assertThrows(IllegalArgumentException.class, () -> CharacterVocabulary.of("a", 1))
            .getMessage();
    assertTrue(message.contains("1") && message.contains("at least 2"), message);
  }

  @Test
  void madeAgainFromItsCharacters() {
    CharacterVocabulary vocabulary = CharacterVocabulary.of("\n" + SMILE + "\u00e9", 10);
    CharacterVocabulary again = CharacterVocabulary.ofCharacters(vocabulary.characters());
    assertEquals(vocabulary.characters(), again.characters());
    assertArrayEquals(vocabulary.ids(SMILE + "\n?"), again.ids(SMILE + "\n?"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "\uD83D"})
  void anElementIsOneCharacter(String element) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> CharacterVocabulary.ofCharacters(List.of("x", element)))
            .getMessage();
    assertTrue(message.contains("expected one Unicode character"), message);
  }

  @Test
  void eachCharacterOnce() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> CharacterVocabulary.ofCharacters(List.of("x", "y", "x")))
            .getMessage();
    assertTrue(message.contains("U+0078") && message.contains("1 and 3"), message);
    assertThrows(
        IndexOutOfBoundsException.class, () -> CharacterVocabulary.of("a", 9).character(2));
  }

  /** 1,114,112 code points, 2,048 of them surrogates, and one known. */
  @Test
  void bitsOfAnUnknownCharacter() {
    assertEquals(
        Math.log(1_112_063) / Math.log(2),
        CharacterVocabulary.of("aaa", 10).bitsPerUnknown(),
        1e-12);
  }
}
