package io.github.recurrentzoo.zoo.tagging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextCutterTest {
  private static List<List<String>> cut(String text) {
    return TextCutter.cut(text, Set.of("mr.", "no.")::contains).stream()
        .map(
            sentence ->
                sentence.stream().map(place -> text.substring(place.start(), place.end())).toList())
        .toList();
  }

  @Test
  void wordsAndPunctuation() {
    assertEquals(
        List.of(
                List.of(
                    "Mr.", "O'Neil's", "well-known", "dog", "-", "a", "3.5-kg", "one", "-", "ran"),
                List.of())
            .subList(0, 1),
        cut("Mr. O'Neil's well-known dog - a 3.5-kg one - ran"));
    assertEquals(List.of(List.of("no", "...", "--", "yes")), cut("no ... -- yes"));
    assertEquals(
        List.of(List.of("J.", "R.", "in", "the", "U.S.", "today")), cut("J. R. in the U.S. today"));
  }

  /** Each sign is joined to those before it, which takes no longer the more there are. */
  @Test
  void aLongRunOfSignsIsOneWord() {
    String signs = "=".repeat(300_000);
    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertEquals(List.of(List.of(signs, "a")), cut(signs + " a")));
  }

  @Test
  void sentencesEndWhereTheyEnd() {
    assertEquals(
        List.of(
            List.of("He", "said", "\"", "no", ".", "\""),
            List.of("Then", "\"", "Why", "?", "!"),
            List.of("A", "title"),
            List.of("No", "I", ".")),
        cut("He said \"no.\" Then \"Why?! A title\n\nNo I."));
  }

  @Test
  void scriptsWithoutBlanks() {
    assertEquals(2, cut("\u6211\u7231\u5317\u4EAC\u3002\u4F60\u5462\uFF1F").size());
    assertEquals(List.of(), cut(""));
    assertEquals(List.of(), cut(" \t\n"));
  }
}
