package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolVocabularyTest {

  @Test
  void charactersAreCodePoints() {
    SymbolVocabulary vocabulary =
        SymbolVocabulary.of(List.of("b😀b ", "ab"), SymbolUnit.CHARACTERS, 100);
    assertEquals(List.of("b", " ", "a", "😀"), vocabulary.symbols());
    assertEquals(8, vocabulary.size());
    assertArrayEquals(new int[] {7, 6, 1, 5}, vocabulary.ids("😀ac "));
    assertEquals("😀a ", vocabulary.text(new int[] {2, 7, 6, 1, 5, 3, 0}));
  }

  @Test
  void tokensStandBetweenWhiteSpace() {
    SymbolVocabulary vocabulary =
        SymbolVocabulary.of(List.of(" r= @U\tr= ", "\u3000x "), SymbolUnit.TOKENS, 100);
    assertEquals(List.of("r=", "@U", "x"), vocabulary.symbols());
    assertEquals("x r=", vocabulary.text(vocabulary.ids("x  r=")));
    assertArrayEquals(new int[0], vocabulary.ids(" "));
  }

  @Test
  void theMostFrequentSymbolsAreKept() {
    SymbolVocabulary vocabulary = SymbolVocabulary.of(List.of("aabbbc"), SymbolUnit.CHARACTERS, 6);
    assertEquals(List.of("b", "a"), vocabulary.symbols());
    assertEquals(SymbolVocabulary.UNKNOWN, vocabulary.id("c"));
    assertEquals(
        vocabulary.symbols(),
        SymbolVocabulary.ofSymbols(vocabulary.symbols(), SymbolUnit.CHARACTERS).symbols());
    assertThrows(
        IllegalArgumentException.class,
        () -> SymbolVocabulary.of(List.of("a"), SymbolUnit.CHARACTERS, 4));
  }
}
