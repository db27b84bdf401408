package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where words stand in a text that was lowered and composed before it was cut. */
class WordSpansTest {
  private static final WordSegmenter SEGMENTER = new WordSegmenter();

  @ParameterizedTest
  @CsvSource({
    "A Small bird., A|Small|bird",
    "İstanbul'da GÜZEL bir gün, İstanbul'da|GÜZEL|bir|gün",
    "ΟΔΥΣΣΕΥΣ ΣΑΣ, ΟΔΥΣΣΕΥΣ|ΣΑΣ",
    "cafe\u0301 Ĭn, cafe\u0301|Ĭn",
    "xx \uD83D\uDC4D\uD83C\uDFFD yy, xx|\uD83D\uDC4D\uD83C\uDFFD|yy",
    "我喜欢电影, 我|喜欢|电影",
    "\u1112\u1161\u11ab\u1100\u1173\u11af a, \u1112\u1161\u11ab\u1100\u1173\u11af|a",
  })
  void theOriginalWords(String text, String expected) {
    List<String> originals =
        SEGMENTER.spans(text).stream()
            .map(span -> text.substring(span.start(), span.end()))
            .toList();
    assertEquals(expected, String.join("|", originals));
  }

  @Test
  void theSameWordsAsWithoutPlaces() {
    String[] parts = {
      "a",
      "İ",
      "I",
      "Σ",
      " ",
      "'",
      "\u2019",
      "e\u0301",
      "\u0301",
      "\u0958",
      "\uD834\uDD5E",
      "ß",
      "\u00AD",
      "-",
      "7",
      "\uD83D\uDE00",
      "\u200D",
      "\uD800",
      "ก",
      "电",
      "\u1100",
      "\u1161",
      "\n"
    };
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      List<WordSegmenter.Span> spans = SEGMENTER.spans(text.toString());
      assertEquals(
          SEGMENTER.words(text.toString()), spans.stream().map(WordSegmenter.Span::word).toList());
      int end = 0;
      for (WordSegmenter.Span span : spans) {
        assertTrue(span.start() >= 0 && span.start() <= span.end(), span + " in " + text);
        assertTrue(span.end() <= text.length(), span + " in " + text);
        assertTrue(span.start() >= end, span + " in " + text);
        end = span.end();
      }
    }
  }
}
