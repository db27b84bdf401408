package io.github.recurrentzoo.zoo.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.text.EditDistance;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationReportTest {

  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "abc, abc, 0",
    "'', abc, 3",
    "abc, '', 3",
    "flaw, lawn, 2",
    "ab, ba, 2",
    "a😀b, ab, 1"
  })
  void editDistance(String a, String b, int expected) {
    assertEquals(
        expected, EditDistance.between(SymbolUnit.CHARACTERS.cut(a), SymbolUnit.CHARACTERS.cut(b)));
  }

  @Test
  void eachSourceCountsOnceAndAnyTargetIsRight() {
    List<TextPair> pairs =
        List.of(
            new TextPair("read", "r E d"),
            new TextPair("lead", "l i d"),
            new TextPair("read", "r i d"),
            new TextPair("tomato", "t @ m A t @U"),
            new TextPair("tomato", "t @ m EI t @U"));
    TranslationReport report =
        TranslationReport.of(
            TranslationReport.targets(pairs),
            List.of("r i d", "l E d", "t m EI t @U n"),
            SymbolUnit.TOKENS);
    assertEquals(3, report.sources());
    assertEquals(1.0 / 3, report.exactMatch(), 1e-12);
    assertEquals(3.0 / (3 + 3 + 6), report.symbolErrorRate(), 1e-12);
    assertEquals(
        List.of(
            new TranslationReport.Mistake("tomato", "t @ m EI t @U", "t m EI t @U n", 2),
            new TranslationReport.Mistake("lead", "l i d", "l E d", 1)),
        report.mistakes());
    assertTrue(report.toString().startsWith("exact match        0.3333  (1 of 3 inputs)\n"));
    assertTrue(report.toString().contains("symbol error rate  0.2500  (3 edits on 12 tokens)"));
    assertTrue(report.toString().contains("    2  tomato  t @ m EI t @U  t m EI t @U n\n"));
  }
}
