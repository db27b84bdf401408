package io.github.recurrentzoo.cli.command.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.recurrentzoo.cli.command.ExplainedText;
import io.github.recurrentzoo.zoo.classification.Explanation;
import io.github.recurrentzoo.zoo.classification.Prediction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainedTextTest {
  private static final Explanation EXPLANATION =
      new Explanation(
          "A Dull, \ngrey day!",
          new Prediction("b", 1, Map.of("b", 1.0), 3, 1, 0),
          List.of(
              new Explanation.Word(0, 1, "a", true, 0.01),
              new Explanation.Word(2, 6, "dull", true, 2),
              new Explanation.Word(9, 13, "grey", false, -0.5),
              new Explanation.Word(14, 17, "day", true, 1)));

  @Test
  void numbers() {
    assertEquals(
        "A[+0.01] Dull[+2.00], grey[?-0.50] day[+1.00]!",
        ExplainedText.of(EXPLANATION.text(), PredictText.shown(EXPLANATION), false));
  }

  @Test
  void colours() {
    assertEquals(
        "A \u001B[48;5;25;38;5;231mDull\u001B[0m, \u001B[48;5;223;38;5;16mgrey\u001B[0m[?] \u001B[48;5;75;38;5;16mday\u001B[0m!",
        ExplainedText.of(EXPLANATION.text(), PredictText.shown(EXPLANATION), true));
  }
}
