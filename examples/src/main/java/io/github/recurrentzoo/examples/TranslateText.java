package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.DecodingOptions;
import io.github.recurrentzoo.zoo.SequenceTranslator;
import io.github.recurrentzoo.zoo.Translation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Asks a saved sequence translator what becomes of texts. */
public final class TranslateText {

  private TranslateText() {}

  /**
   * Asks as the command line says; {@code --help} lists the options.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    CommandLineProgram.exit(new TranslateTextOptions(), TranslateText::run, args);
  }

  /**
   * Asks for each text.
   *
   * @param options the model and the texts
   * @param out where to print the answers to
   * @return how many texts were answered
   * @throws IOException if standard input cannot be read
   */
  public static long run(TranslateTextOptions options, PrintStream out) throws IOException {
    TrainingChecks.range("--beam", options.beam, 1, 1000);
    TrainingChecks.notNegative("--length-normalization", options.lengthNormalization);
    DecodingOptions decoding = new DecodingOptions(options.beam, options.lengthNormalization);
    AskedTexts asked = new AskedTexts(options.texts, options.file);
    asked.check();
    if (asked.areLines()) {
      return asked.answerLines(
          () -> {
            SequenceTranslator translator = SequenceTranslator.load(options.model);
            return lines -> print(lines, translator, decoding, out);
          });
    }
    SequenceTranslator translator = SequenceTranslator.load(options.model);
    List<Translation> translations = translator.translate(options.texts, decoding);
    for (int i = 0; i < translations.size(); i++) {
      Translation translation = translations.get(i);
      out.println(options.texts.get(i));
      out.printf(
          Locale.ROOT,
          "  %s  (probability %.3f%s)%n",
          translation.text(),
          Math.exp(translation.logProbability()),
          remarks(translation));
    }
    return translations.size();
  }

  private static String remarks(Translation translation) {
    String remarks = "";
    if (!translation.ended()) {
      remarks += "; cut, as it is as long as is allowed";
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

  /** One line per text, so that the lines of output and input belong together. */
  private static void print(
      List<String> lines,
      SequenceTranslator translator,
      DecodingOptions decoding,
      PrintStream out) {
    List<String> texts = new ArrayList<>(lines);
    texts.removeIf(String::isBlank);
    List<Translation> translations = translator.translate(texts, decoding);
    int next = 0;
    for (String line : lines) {
      String output = line.isBlank() ? "" : translations.get(next++).text();
      out.println(output.replaceAll("\\s", " ") + "\t" + line);
    }
  }

  /** The command that asks a model, to type as it stands. */
  static String command(Path model, String text) {
    return AskedTexts.command("TranslateText", model, text);
  }
}
