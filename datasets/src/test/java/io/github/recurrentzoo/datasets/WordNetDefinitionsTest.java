package io.github.recurrentzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.recurrentzoo.zoo.classification.LabeledText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordNetDefinitionsTest {

  @Test
  void fourteenClassesOfTwoThousandAtLeast() {
    List<LabeledText> rows = WordNetDefinitions.read();
    assertEquals(73_486, rows.size());
    Map<String, Long> sizes =
        rows.stream()
            .collect(
                Collectors.groupingBy(LabeledText::label, TreeMap::new, Collectors.counting()));
    assertEquals(
        "[act, animal, artifact, attribute, body, cognition, communication, food, group, location, person, plant,"
            + " state, substance]",
        sizes.keySet().toString());
    sizes.forEach((label, size) -> assertFalse(size < 2_000, label));
  }

  @Test
  void theDefinitionEndsWhereTheExamplesBegin() {
    List<LabeledText> rows = WordNetDefinitions.read();
    assertEquals(
        0,
        rows.stream().filter(row -> row.text().contains("; \"") || row.text().isBlank()).count());
    LabeledText rescue = new LabeledText("recovery or preservation from loss or danger", "act");
    assertEquals(1, rows.stream().filter(rescue::equals).count());
  }

  @Test
  void definitionsOfAllPartsOfSpeech() {
    List<String> definitions = WordNetDefinitions.readAll();
    assertEquals(117_791, definitions.size());
    assertEquals(0, definitions.stream().filter(text -> text.isBlank()).count());
    assertEquals(0, definitions.stream().filter(text -> text.contains("\n")).count());
  }
}
