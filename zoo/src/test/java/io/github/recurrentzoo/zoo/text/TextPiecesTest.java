package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPiecesTest {

  @Test
  void wordsHaveTheBlankBeforeThem() {
    assertEquals(
        List.of("He", " said", ":", " \"", "It's", " late", ",", " well", "-", "known", ".", "\""),
        TextPieces.cut("He said: \"It's late, well-known.\""));
    assertEquals(List.of("It", " costs", " $", "3.14"), TextPieces.cut("It costs $3.14"));
  }

  @Test
  void linesEndInAPieceAndBeginWithoutABlank() {
    assertEquals(
        List.of("a", " b", "\n", "\n", "c", "\n"), TextPieces.cut("  a \t b  \r\n\n  c\r"));
    assertEquals(List.of(), TextPieces.cut(""));
    assertEquals(List.of(), TextPieces.cut("  \t"));
  }

  @Test
  void piecesAreInComposedForm() {
    assertEquals(List.of("caf\u00e9"), TextPieces.cut("cafe\u0301"));
    assertEquals(List.of("a", " \u0308"), TextPieces.cut("a  \u0308"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u201cNo,\u201d he said \u2014 (twice!) -- \u2026 and left...\nThen:\n\"What?\"\n",
        "\u4f60\u597d\uff0c\u4e16\u754c\u3002\n",
        "an \uD83D\uDE00 emoji; e-mail@example.org, 50 % of it/them\n\n",
        "don't  -  o'clock"
      })
  void sideBySideTheyAreTheText(String text) {
    assertEquals(text.replaceAll(" +", " "), String.join("", TextPieces.cut(text)));
  }
}
