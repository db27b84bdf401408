package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordSegmenterTest {

  private final WordSegmenter segmenter = new WordSegmenter();

  @Test
  void englishKeepsContractionsAndPartsHyphens() {
    assertEquals(
        List.of(
            "don't", "the", "well", "known", "co", "op", "isn't", "o'brien's", "1,000.5", "3rd"),
        segmenter.words("Don't -- the well-known co-op isn't O'Brien's (1,000.5; 3rd)!"));
  }

  @Test
  void typographicApostropheIsThePlainOne() {
    assertEquals(List.of("don't", "l'homme"), segmenter.words("don\u2019t l\u2019homme"));
  }

  @Test
  void germanKeepsUmlautsAndCompounds() {
    assertEquals(
        List.of("über", "die", "donaudampfschifffahrt", "fährt", "straße", "größe"),
        segmenter.words("Über die Donaudampfschifffahrt fährt: Straße, GRÖßE."));
  }

  @Test
  void decomposedLettersAndSoftHyphensGiveTheSameWord() {
    assertEquals(
        segmenter.words("fährt Donaudampf"), segmenter.words("fa\u0308hrt Donau\u00ADdampf"));
  }

  @Test
  void chineseIsCutByDictionary() {
    assertEquals(List.of("我", "喜欢", "这", "部", "电影"), segmenter.words("我喜欢这部电影。"));
  }

  @Test
  void japaneseIsCutByDictionary() {
    assertEquals(List.of("これ", "は", "ペン", "です"), segmenter.words("これはペンです。"));
  }

  @Test
  void thaiIsCutByDictionary() {
    assertEquals(List.of("ภาษา", "ไทย"), segmenter.words("ภาษาไทย"));
  }

  @Test
  void arabicHasItsOwnPunctuation() {
    assertEquals(
        List.of("مرحبا", "بالعالم", "كيف", "الحال"), segmenter.words("مرحبا بالعالم، كيف الحال؟"));
  }

  @Test
  void hindiKeepsVowelSigns() {
    assertEquals(List.of("नमस्ते", "दुनिया"), segmenter.words("नमस्ते दुनिया।"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uD83D\uDE00", // grinning face
        "\uD83D\uDC4D\uD83C\uDFFD", // thumbs up with a skin tone
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", // a family, joined
        "\uD83C\uDDE9\uD83C\uDDEA", // the flag of Germany
        "1\u20E3", // a keycap
        "#\u20E3",
        "\u2764" // a heart without the emoji selector
      })
  void anEmojiIsOneWord(String emoji) {
    assertEquals(List.of("so", emoji, "good"), segmenter.words("So " + emoji + ", good!"));
    assertEquals(List.of(emoji, emoji), segmenter.words(emoji + " " + emoji));
  }

  @Test
  void emojiSelectorMakesNoOtherWord() {
    assertEquals(
        List.of("\u2764", "\u2764", "1\u20E3"),
        segmenter.words("\u2764 \u2764\uFE0F 1\uFE0F\u20E3"));
  }

  @Test
  void punctuationBlanksAndSignsAreDropped() {
    assertEquals(
        List.of(), segmenter.words(" \t\n\u00A0\u3000.,;:!?\"'()[]{}<>/\\|-–—…«»©®™€$%&*+=^~`"));
    assertEquals(List.of(), segmenter.words(""));
  }

  @Test
  void lowerCaseDoesNotDependOnTheMachinesLanguage() {
    assertEquals(List.of("title"), segmenter.words("TITLE"));
  }

  @Test
  void brokenSurrogatesAndControlCharactersDoNoHarm() {
    assertEquals(List.of("a", "b"), segmenter.words("a \uD83D \u0000\uDC00 b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The quick brown fox isn't here. ",
        "我喜欢这部电影",
        "ภาษาไทย",
        "x",
        "\uD83D\uDE00",
        " "
      })
  void aTextOfOneMegabyteIsCutInTime(String part) {
    String text = part.repeat(1_000_000 / part.length());
    segmenter.words(text.substring(0, 10_000));
    List<String> words = assertTimeout(Duration.ofSeconds(5), () -> segmenter.words(text));
    assertEquals(part.isBlank(), words.isEmpty());
  }

  @Test
  void manyThreadsShareOneSegmenter() {
    assertTrue(
        IntStream.range(0, 2_000)
            .parallel()
            .allMatch(i -> segmenter.words("word" + i + " 电影").equals(List.of("word" + i, "电影"))));
  }
}
