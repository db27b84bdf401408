package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextCountsTest {
  private final TextEncoder encoder =
      new TextEncoder(TextUnit.WORDS, Vocabulary.ofWords(List.of("good", "bad", "film")), 3, null);

  private Prediction predict(String text) {
    return Prediction.of(List.of("a", "b"), new double[] {0.4, 0.6}, encoder.reading(text));
  }

  @Test
  void aPredictionTellsWhatWasReadAndKnown() {
    Prediction known = predict("good film");
    assertEquals(List.of(2, 0, 0), counts(known));
    assertFalse(known.isGuess());
    // The word that is known stands behind the third one.
    Prediction cut = predict("xyzzy qwert plugh good film");
    assertEquals(List.of(3, 3, 2), counts(cut));
    assertTrue(cut.isGuess());
    assertTrue(predict("").isGuess(), "no word at all");
  }

  private static List<Integer> counts(Prediction each) {
    return List.of(each.words(), each.unknownWords(), each.unreadWords());
  }

  @Test
  void textsAreCounted() {
    List<String> texts = List.of("good film", "bad xyzzy", "qwert", "good good good bad");
    TextCounts counts = TextCounts.of(encoder, texts);
    assertEquals(new TextCounts(TextUnit.WORDS, 4, 3, 1, 8, 2, 1), counts);
    assertEquals(
        "2 of 8 words unknown (25.0 %); 1 text without a known word is a guess; 1 of 4 texts"
            + " (25.0 %) cut after 3 words",
        counts.toString());
  }
}
