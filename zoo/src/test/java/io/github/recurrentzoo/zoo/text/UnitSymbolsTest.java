package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitSymbolsTest {
  @ParameterizedTest
  @CsvSource({"CHARACTERS, ab", "CHARACTERS, ''", "TOKENS, a b", "TOKENS, ''", "TOKENS, ' a'"})
  void whatIsNotOneSymbolIsRefused(SymbolUnit unit, String symbol) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> SymbolVocabulary.ofSymbols(List.of("x", symbol), unit))
            .getMessage();
    assertTrue(message.startsWith("\"" + symbol + "\" cannot be a symbol"), message);
  }

  @Test
  void oneSymbolOfEachUnitIsTaken() {
    assertEquals(
        5, SymbolVocabulary.ofSymbols(List.of("\uD83D\uDE00"), SymbolUnit.CHARACTERS).size());
    assertEquals(5, SymbolVocabulary.ofSymbols(List.of("AH0"), SymbolUnit.TOKENS).size());
    assertEquals(5, SymbolVocabulary.ofSymbols(List.of(" "), SymbolUnit.CHARACTERS).size());
  }

  @Test
  void anEmptyCharacterVocabularyIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> CharacterVocabulary.ofCharacters(List.of()));
    assertThrows(IllegalArgumentException.class, () -> CharacterVocabulary.of("", 5));
  }
}
