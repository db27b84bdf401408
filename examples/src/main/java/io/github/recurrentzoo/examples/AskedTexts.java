package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The texts that a saved model is asked for: from the command line, or the lines of a file or of
 * standard input.
 *
 * @param texts of the command line
 * @param file a file in UTF-8, {@code -} for standard input; null if there is none
 */
record AskedTexts(List<String> texts, Path file) {

  private static final String STANDARD_INPUT = "-";
  private static final int LINES_AT_ONCE = 256;

  /** Refuses what cannot be asked for. */
  void check() {
    if (texts.isEmpty() == (file == null)) {
      throw new BadOptionException(
          file == null
              ? "There is no text to ask for. Give texts in quotes, or a file with --file."
              : "There are texts and a file. Give one of them.");
    }
    for (String text : texts) {
      if (text.isBlank()) {
        throw new BadOptionException("One of the texts is empty; there is nothing to answer.");
      }
      if (text.indexOf('\uFFFD') >= 0) {
        throw new BadOptionException(
            "The text \"%s\" lost characters on its way here, since the terminal's locale is not UTF-8. Set one, such as LC_ALL=C.UTF-8, or put the text into a file and give --file."
                .formatted(text));
      }
    }
  }

  /** Whether the texts are lines of a file or of standard input. */
  boolean areLines() {
    return file != null;
  }

  /**
   * Hands over the lines, many at once where they are there, each at once where somebody types.
   *
   * @param loading makes what answers them, when the file is open
   * @return the number of lines
   * @throws IOException if standard input cannot be read
   */
  long answerLines(Supplier<Consumer<List<String>>> loading) throws IOException {
    try (BufferedReader lines = open(file)) {
      return answerLines(lines, loading.get());
    } catch (CharacterCodingException e) {
      throw new DataException("%s is not UTF-8. Save it as UTF-8.".formatted(file), e);
    }
  }

  private static long answerLines(BufferedReader lines, Consumer<List<String>> answering)
      throws IOException {
    long answered = 0;
    List<String> next = new ArrayList<>(LINES_AT_ONCE);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      next.add(answered == 0 && next.isEmpty() ? withoutByteOrderMark(line) : line);
      // Someone who types wants each answer at once, a long file is faster in large steps.
      if (next.size() == LINES_AT_ONCE || !lines.ready()) {
        answering.accept(List.copyOf(next));
        answered += next.size();
        next.clear();
      }
    }
    if (!next.isEmpty()) {
      answering.accept(List.copyOf(next));
    }
    return answered + next.size();
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

  /** The command that asks a model with an example, to type as it stands. */
  static String command(String example, Path model, String text) {
    String name = model.toString();
    return "mvn -q compile exec:java -Dexample=%s -Dargs=\"--model %s '%s'\""
        .formatted(example, name.contains(" ") ? "'" + name + "'" : name, text);
  }
}
