package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.Prediction;
import io.github.recurrentzoo.zoo.TextClassifier;
import io.github.recurrentzoo.zoo.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Asks a saved text classifier for the classes of texts. */
public final class PredictText {

  private static final String STANDARD_INPUT = "-";
  private static final int LINES_AT_ONCE = 256;
  private static final int CLASSES_TO_SHOW = 3;
  private static final int EXCERPT_LENGTH = 70;

  private PredictText() {}

  /**
   * Asks as the command line says; {@code --help} lists the options.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    CommandLineProgram.exit(new PredictTextOptions(), PredictText::run, args);
  }

  /**
   * Asks for each text.
   *
   * @param options the model and the texts
   * @param out where to print the answers to
   * @return how many texts were answered
   * @throws IOException if standard input cannot be read
   */
  public static long run(PredictTextOptions options, PrintStream out) throws IOException {
    if (options.texts.isEmpty() == (options.file == null)) {
      throw new BadOptionException(
          options.file == null
              ? "There is no text to ask for. Give texts in quotes, or a file with --file."
              : "There are texts and a file. Give one of them.");
    }
    for (String text : options.texts) {
      if (text.isBlank()) {
        throw new BadOptionException("One of the texts is empty; there is nothing to answer.");
      }
      if (text.indexOf('\uFFFD') >= 0) {
        throw new BadOptionException(
            "The text \"%s\" lost characters on its way here, since the terminal's locale is not UTF-8. Set one, such as LC_ALL=C.UTF-8, or put the text into a file and give --file."
                .formatted(text));
      }
    }
    if (options.file == null) {
      return answer(options.texts, load(options.model), out);
    }
    try (BufferedReader lines = open(options.file)) {
      return answerLines(lines, load(options.model), out);
    } catch (CharacterCodingException e) {
      throw new DataException("%s is not UTF-8. Save it as UTF-8.".formatted(options.file), e);
    }
  }

  private static TextClassifier load(Path model) {
    return TextClassifier.load(model);
  }

  private static long answer(List<String> texts, TextClassifier classifier, PrintStream out) {
    for (String text : texts) {
      Prediction prediction = classifier.predict(text);
      out.println(excerpt(text));
      out.println(
          prediction.probabilities().entrySet().stream()
              .limit(CLASSES_TO_SHOW)
              .map(entry -> String.format(Locale.ROOT, "%s %.3f", entry.getKey(), entry.getValue()))
              .collect(Collectors.joining("   ", "  ", "")));
    }
    return texts.size();
  }

  private static long answerLines(BufferedReader lines, TextClassifier classifier, PrintStream out)
      throws IOException {
    long answered = 0;
    List<String> next = new ArrayList<>(LINES_AT_ONCE);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      next.add(answered == 0 && next.isEmpty() ? withoutByteOrderMark(line) : line);
      // Someone who types wants each answer at once, a long file is faster in large steps.
      if (next.size() == LINES_AT_ONCE || !lines.ready()) {
        answered += print(next, classifier, out);
      }
    }
    return answered + print(next, classifier, out);
  }

  private static BufferedReader open(Path file) throws IOException {
    boolean standardInput = file.toString().equals(STANDARD_INPUT);
    if (!standardInput && !Files.exists(file)) {
      throw new DataException(
          "There is no file %s (looked at %s). Check the path."
              .formatted(file, file.toAbsolutePath().normalize()));
    }
    if (Files.isDirectory(file)) {
      throw new DataException(
          "%s is a folder; expected a file with one text per line.".formatted(file));
    }
    try {
      InputStream in = standardInput ? System.in : Files.newInputStream(file);
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static String withoutByteOrderMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  /** One line per text, so that the lines of output and input belong together; empties the list. */
  private static int print(List<String> texts, TextClassifier classifier, PrintStream out) {
    int size = texts.size();
    if (size > 0) {
      List<Prediction> predictions = classifier.predict(texts);
      for (int i = 0; i < size; i++) {
        Prediction prediction = predictions.get(i);
        out.printf(
            Locale.ROOT,
            "%s\t%.3f\t%s%n",
            prediction.label().replaceAll("\\s", " "),
            prediction.probability(),
            texts.get(i));
      }
      texts.clear();
    }
    return size;
  }

  /** The command that asks a model, to type as it stands. */
  static String command(Path model, String text) {
    String name = model.toString();
    return "mvn -q compile exec:java -Dexample=PredictText -Dargs=\"--model %s '%s'\""
        .formatted(name.contains(" ") ? "'" + name + "'" : name, text);
  }

  /** A text on one line of a terminal. */
  static String excerpt(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= EXCERPT_LENGTH
        ? line
        : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, EXCERPT_LENGTH)))
            + " ...";
  }
}
