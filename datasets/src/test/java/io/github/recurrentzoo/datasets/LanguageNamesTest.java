package io.github.recurrentzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.LabeledText;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanguageNamesTest {
  @Test
  void namesOfOneLanguageEach() {
    List<LabeledText> rows = LanguageNames.read();
    assertEquals(33_651, rows.size());
    assertEquals(48, rows.stream().map(LabeledText::label).distinct().count());
    assertTrue(rows.contains(new LabeledText("Schweizer Franken", "German")));
    assertTrue(rows.contains(new LabeledText("尼日利亚", "Chinese")));
    List<String> texts = rows.stream().map(LabeledText::text).toList();
    assertFalse(texts.contains("Portugal"), "many languages call it so");
    assertEquals(texts.size(), texts.stream().distinct().count());
  }
}
