package io.github.recurrentzoo.cli.command.translation;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.command.AskedTexts;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.translation.Alignment;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.Translation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Asks a saved sequence translator what becomes of texts. */
public final class TranslateText {

  private static final int LINES_TO_SHOW = 5;

  private TranslateText() {}

  /**
   * Asks for each text.
   *
   * @param options the model and the texts
   * @param out where to print the answers to
   * @return how many texts were answered
   * @throws IOException if standard input cannot be read
   */
  public static long run(TranslateTextOptions options, PrintStream out) throws IOException {
    TrainingChecks.range("--beam-size", options.beam, 1, 1000);
    TrainingChecks.notNegative("--length-penalty", options.lengthPenalty);
    DecodingOptions decoding = new DecodingOptions(options.beam, options.lengthPenalty);
    AskedTexts asked = new AskedTexts(options.texts, options.file);
    asked.check();
    if (options.explain && asked.areLines() && !options.console.json) {
      throw new BadOptionException(
          "--explain prints several lines for each text, so the lines of a file and their outputs would not belong together; add --json, or give the texts on the command line.");
    }
    if (asked.areLines()) {
      List<String> refused = new ArrayList<>();
      long answered =
          asked.answerLines(
              () -> {
                SequenceTranslator translator = load(options);
                return new Lines(translator, decoding, options, out, refused);
              });
      if (!refused.isEmpty()) {
        throw refused(refused, answered);
      }
      return answered;
    }
    SequenceTranslator translator = load(options);
    if (options.explain) {
      return explain(options, translator, decoding, out);
    }
    List<Translation> translations = translator.translate(options.texts, decoding);
    if (options.console.json) {
      for (int i = 0; i < translations.size(); i++) {
        String text = options.texts.get(i);
        Translation translation = translations.get(i);
        options.console.emit(() -> json(text, translation));
      }
      return translations.size();
    }
    for (int i = 0; i < translations.size(); i++) {
      print(options.texts.get(i), translations.get(i), out);
    }
    return translations.size();
  }

  private static SequenceTranslator load(TranslateTextOptions options) {
    SequenceTranslator translator =
        options.model.load(SequenceTranslator::load, SequenceTranslator::pretrained);
    if (options.explain && !translator.hasAttention()) {
      throw new BadOptionException(
          "--explain needs a model with attention, but this one has none (--no-attention, or trained by an earlier version). Train a new one.");
    }
    return translator;
  }

  private static void print(String text, Translation translation, PrintStream out) {
    out.println(text);
    out.printf(
        Locale.ROOT,
        "  %s  (probability %.3f%s)%n",
        translation.text(),
        Math.exp(translation.logProbability()),
        remarks(translation));
  }

  private static long explain(
      TranslateTextOptions options,
      SequenceTranslator translator,
      DecodingOptions decoding,
      PrintStream out) {
    for (String text : options.texts) {
      Alignment alignment = translator.explain(text, decoding);
      options.console.emit(() -> json(text, alignment));
      if (!options.console.json) {
        print(text, alignment.translation(), out);
        alignment.toString().lines().forEach(line -> out.println("    " + line));
      }
    }
    return options.texts.size();
  }

  private static Map<String, Object> json(String text, Alignment alignment) {
    Map<String, Object> json = new LinkedHashMap<>(json(text, alignment.translation()));
    json.put("alignment", alignment.toMap());
    return json;
  }

  private static String remarks(Translation translation) {
    String remarks = "";
    if (!translation.ended()) {
      remarks += "; truncated at the maximum length";
    }
    if (translation.unknownSymbols() > 0) {
      remarks +=
          "; %d %s of the text never seen in training"
              .formatted(
                  translation.unknownSymbols(),
                  translation.unknownSymbols() == 1 ? "symbol" : "symbols");
    }
    return remarks;
  }

  private static DataException refused(List<String> lines, long all) {
    return new DataException(
        "%d of %d lines could not be answered; %s%s"
            .formatted(
                lines.size(),
                all,
                String.join(" ", lines.subList(0, Math.min(LINES_TO_SHOW, lines.size()))),
                lines.size() > LINES_TO_SHOW ? " ..." : ""));
  }

  /** Answers a line for each text, so that the lines of output and input belong together. */
  private static final class Lines implements Consumer<List<String>> {
    private final SequenceTranslator translator;
    private final DecodingOptions decoding;
    private final ConsoleArguments console;
    private final boolean explains;
    private final PrintStream out;
    private final List<String> refused;
    private long before;

    Lines(
        SequenceTranslator translator,
        DecodingOptions decoding,
        TranslateTextOptions options,
        PrintStream out,
        List<String> refused) {
      this.translator = translator;
      this.decoding = decoding;
      this.console = options.console;
      this.explains = options.explain;
      this.out = out;
      this.refused = refused;
    }

    @Override
    public void accept(List<String> lines) {
      List<String> texts = lines.stream().filter(line -> !line.isBlank()).toList();
      List<Translation> translations;
      try {
        translations = translator.translate(texts, decoding);
      } catch (DataException e) {
        lines.forEach(this::one); // finds out which line it is, and answers the others
        return;
      }
      int next = 0;
      for (String line : lines) {
        print(line, line.isBlank() ? null : translations.get(next++), null);
      }
    }

    private void one(String line) {
      if (line.isBlank()) {
        print(line, null, null);
        return;
      }
      try {
        print(line, translator.translate(List.of(line), decoding).get(0), null);
      } catch (DataException e) {
        refused.add("Line %d: %s".formatted(before + 1, e.getMessage()));
        print(line, null, e.getMessage());
      }
    }

    private Map<String, Object> answered(String line, Translation translation) {
      return explains ? json(line, translator.explain(line, decoding)) : json(line, translation);
    }

    private void print(String line, Translation translation, String error) {
      before++;
      console.emit(
          () -> translation == null ? unanswered(line, error) : answered(line, translation));
      if (!console.json) {
        String output = translation == null ? "" : translation.text().replaceAll("\\s", " ");
        out.println(output + "\t" + line);
      }
    }
  }

  /** The command that asks a model, to type as it stands. */
  static String command(Path model, String text) {
    return Wording.command("translate", AskedTexts.arguments(model, text));
  }

  private static Map<String, Object> json(String text, Translation translation) {
    return object(
        "text", text,
        "output", translation.text(),
        "probability", Math.exp(translation.logProbability()),
        "logProbability", translation.logProbability(),
        "ended", translation.ended(),
        "unknownSymbols", translation.unknownSymbols());
  }

  /** A line that could not be answered, or a blank one, which has neither output nor error. */
  private static Map<String, Object> unanswered(String text, String error) {
    return object("text", text, "output", null, "error", error);
  }
}
