package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.zoo.classification.Explanation;
import io.github.recurrentzoo.zoo.internal.SafeText;
import io.github.recurrentzoo.zoo.internal.Terminal;
import java.util.Locale;

/** A text that shows how much each of its words speaks for an answer. */
final class ExplainedText {
  private static final String RESET = "\u001B[0m";

  /** Backgrounds of the palette of 256 colours with a text colour each, weak to strong. */
  private static final String[] FOR = {"48;5;153;38;5;16", "48;5;75;38;5;16", "48;5;25;38;5;231"};

  private static final String[] AGAINST = {
    "48;5;223;38;5;16", "48;5;215;38;5;16", "48;5;130;38;5;231"
  };

  private static final double LEAST = 0.05;

  private ExplainedText() {}

  /**
   * In colour on a terminal, unless the environment variable NO_COLOR is set; else with numbers.
   */
  static String forTerminal(Explanation explanation) {
    String noColor = System.getenv("NO_COLOR");
    return of(explanation, Terminal.isInteractive() && (noColor == null || noColor.isEmpty()));
  }

  static String of(Explanation explanation, boolean inColour) {
    String text = explanation.text();
    double largest =
        explanation.words().stream().mapToDouble(w -> Math.abs(w.contribution())).max().orElse(0);
    StringBuilder line = new StringBuilder();
    int next = 0;
    for (Explanation.Word word : explanation.words()) {
      line.append(SafeText.of(text.substring(next, word.start())));
      String original = SafeText.of(text.substring(word.start(), word.end()));
      if (inColour) {
        line.append(coloured(original, largest == 0 ? 0 : word.contribution() / largest))
            .append(word.known() ? "" : "[?]");
      } else {
        line.append(
            String.format(
                Locale.ROOT,
                "%s[%s%+.2f]",
                original,
                word.known() ? "" : "?",
                word.contribution()));
      }
      next = word.end();
    }
    line.append(SafeText.of(text.substring(next)));
    return line.toString().replaceAll("\\s+", " ").strip();
  }

  private static String coloured(String word, double part) {
    double size = Math.abs(part);
    if (size < LEAST) {
      return word;
    }
    String[] colours = part > 0 ? FOR : AGAINST;
    int strength = (int) Math.min(colours.length - 1, size * colours.length);
    return "\u001B[" + colours[strength] + "m" + word + RESET;
  }
}
