package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.zoo.internal.SafeText;
import io.github.recurrentzoo.zoo.internal.Terminal;
import java.util.List;
import java.util.Locale;

/** A text that shows how much each of its words speaks for an answer. */
public final class ExplainedText {
  private static final String RESET = "\u001B[0m";

  /** Backgrounds of the palette of 256 colours with a text colour each, weak to strong. */
  private static final String[] FOR = {"48;5;153;38;5;16", "48;5;75;38;5;16", "48;5;25;38;5;231"};

  private static final String[] AGAINST = {
    "48;5;223;38;5;16", "48;5;215;38;5;16", "48;5;130;38;5;231"
  };

  private static final double LEAST = 0.05;

  private ExplainedText() {}

  /**
   * A word of a text.
   *
   * @param start where it begins in the text
   * @param end where it ends there, exclusive
   * @param known whether the model has it in its vocabulary
   * @param contribution above 0 for the answer, below 0 against it
   */
  public record Word(int start, int end, boolean known, double contribution) {}

  /**
   * In colour on a terminal, unless the environment variable NO_COLOR is set; else with numbers.
   */
  public static String forTerminal(String text, List<Word> words) {
    String noColor = System.getenv("NO_COLOR");
    return of(text, words, Terminal.isInteractive() && (noColor == null || noColor.isEmpty()));
  }

  /** With colours, or with numbers. */
  public static String of(String text, List<Word> words, boolean inColour) {
    double largest = words.stream().mapToDouble(w -> Math.abs(w.contribution())).max().orElse(0);
    StringBuilder line = new StringBuilder();
    int next = 0;
    for (Word word : words) {
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
