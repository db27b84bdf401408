package io.github.recurrentzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.tagging.TaggedText;
import io.github.recurrentzoo.zoo.translation.TextPair;
import java.util.List;
import org.junit.jupiter.api.Test;

class PronunciationsTest {
  @Test
  void theLexicon() {
    List<TextPair> phones = Pronunciations.read(false);
    assertEquals(105_217, phones.size());
    assertTrue(phones.contains(new TextPair("dolly", "d A l i")));
    assertTrue(Pronunciations.read(true).contains(new TextPair("dolly", "' d A - l i")));
    assertEquals(105_217, phones.stream().map(TextPair::source).distinct().count());
  }

  @Test
  void syllablesBeginWhereTheMarksAre() {
    List<TaggedText> words = Pronunciations.syllables();
    assertEquals(92_177, words.size());
    TaggedText dolly =
        new TaggedText(
            List.of("d", "A", "l", "i"), List.of("stressed", "inside", "unstressed", "inside"));
    assertTrue(words.contains(dolly), "' d A - l i");
  }
}
