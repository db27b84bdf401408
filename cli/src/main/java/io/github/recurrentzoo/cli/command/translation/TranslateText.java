package io.github.recurrentzoo.cli.command.translation;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.command.AskedTexts;
import io.github.recurrentzoo.cli.command.ScoredTable;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.translation.Alignment;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.Translation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks a saved sequence translator what becomes of texts. */
public final class TranslateText {

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
    if (options.table.given()) {
      return table(options, decoding, out);
    }
    options.table.refuse(options.console, "--source-column");
    AskedTexts asked = new AskedTexts(options.texts, options.file);
    asked.check();
    if (asked.areLines()) {
      return lines(options, asked, decoding, out);
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

  /** Answers a line for each text, so that the lines of output and input belong together. */
  private static long lines(
      TranslateTextOptions options, AskedTexts asked, DecodingOptions decoding, PrintStream out)
      throws IOException {
    if (options.explain && !options.console.json) {
      throw new BadOptionException(
          "--explain prints several lines for each text, so the lines of a file and their outputs would not belong together; add --json, or give the texts on the command line.");
    }
    LineTranslator[] lines = new LineTranslator[1];
    long answered =
        asked.answerLines(
            () -> {
              SequenceTranslator translator = load(options);
              lines[0] = new LineTranslator(translator, decoding, "Line");
              return texts ->
                  lines[0]
                      .translate(texts)
                      .forEach(answer -> print(answer, translator, decoding, options, out));
            });
    lines[0].check();
    return answered;
  }

  private static void print(
      LineTranslator.Answer answer,
      SequenceTranslator translator,
      DecodingOptions decoding,
      TranslateTextOptions options,
      PrintStream out) {
    String line = answer.text();
    Translation translation = answer.translation();
    options.console.emit(
        () ->
            translation == null
                ? unanswered(line, answer.error())
                : options.explain
                    ? json(line, translator.explain(line, decoding))
                    : json(line, translation));
    if (!options.console.json) {
      out.println(field(translation) + "\t" + line);
    }
  }

  private static String field(Translation translation) {
    return translation == null ? "" : translation.text().replaceAll("\\s", " ");
  }

  /** Writes a table with the output of each row. */
  private static long table(
      TranslateTextOptions options, DecodingOptions decoding, PrintStream out) {
    options.console.refuse("with --data", "--file", "--explain");
    ScoredTable table = options.table.table(options.texts);
    SequenceTranslator translator = load(options);
    String column = options.sourceColumn;
    if (column == null) {
      column = translator.provenance().columns().getOrDefault("source", "source");
    }
    LineTranslator lines = new LineTranslator(translator, decoding, "Row");
    long rows =
        table.write(
            column,
            "source",
            List.of("predicted_target", "predicted_probability"),
            texts -> lines.translate(texts).stream().map(TranslateText::fields).toList());
    out.printf(
        "Wrote %s: %,d rows of %s with their outputs.%n", table.output(), rows, table.data());
    options.console.emit(() -> object("output", table.output().toString(), "rows", rows));
    lines.check();
    return rows;
  }

  private static List<String> fields(LineTranslator.Answer answer) {
    Translation translation = answer.translation();
    return translation == null
        ? List.of("", "")
        : List.of(
            translation.text(),
            String.format(Locale.ROOT, "%.4f", Math.exp(translation.logProbability())));
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
