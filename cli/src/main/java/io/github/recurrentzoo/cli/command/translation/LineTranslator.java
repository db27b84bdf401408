package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Translates the lines or rows of a file: those that cannot be translated don't stop the others.
 */
final class LineTranslator {
  private static final int LINES_TO_SHOW = 5;

  private final SequenceTranslator translator;
  private final DecodingOptions decoding;
  private final String unit;
  private final List<String> refused = new ArrayList<>();
  private long before;

  /**
   * @param unit what a text is, for messages: Line or Row
   */
  LineTranslator(SequenceTranslator translator, DecodingOptions decoding, String unit) {
    this.translator = translator;
    this.decoding = decoding;
    this.unit = unit;
  }

  /**
   * What became of a text.
   *
   * @param translation null for a blank text, and for one that cannot be translated
   * @param error why it cannot be translated, or null
   */
  record Answer(String text, Translation translation, String error) {}

  /** Translates some texts, which follow those of the last call. */
  List<Answer> translate(List<String> lines) {
    List<String> texts = lines.stream().filter(line -> !line.isBlank()).toList();
    List<Answer> answers = new ArrayList<>();
    try {
      List<Translation> translations = translator.translate(texts, decoding);
      int next = 0;
      for (String line : lines) {
        answers.add(new Answer(line, line.isBlank() ? null : translations.get(next++), null));
      }
    } catch (DataException e) {
      // Finds out which line it is, and answers the others.
      for (int i = 0; i < lines.size(); i++) {
        answers.add(one(lines.get(i), before + i + 1));
      }
    }
    before += lines.size();
    return answers;
  }

  private Answer one(String line, long number) {
    if (line.isBlank()) {
      return new Answer(line, null, null);
    }
    try {
      return new Answer(line, translator.translate(List.of(line), decoding).get(0), null);
    } catch (DataException e) {
      refused.add("%s %d: %s".formatted(unit, number, e.getMessage()));
      return new Answer(line, null, e.getMessage());
    }
  }

  /** Says at the end which texts could not be translated. */
  void check() {
    if (!refused.isEmpty()) {
      throw new DataException(
          "%d of %d %ss could not be answered; %s%s"
              .formatted(
                  refused.size(),
                  before,
                  unit.toLowerCase(Locale.ROOT),
                  String.join(" ", refused.subList(0, Math.min(LINES_TO_SHOW, refused.size()))),
                  refused.size() > LINES_TO_SHOW ? " ..." : ""));
    }
  }
}
