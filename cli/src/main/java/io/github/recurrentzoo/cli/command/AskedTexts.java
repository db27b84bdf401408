package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.internal.Terminal;
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
 * @param file a file in UTF-8, {@code -} for standard input; null if none is named
 */
public record AskedTexts(List<String> texts, Path file) {

  private static final String STANDARD_INPUT = "-";
  private static final int LINES_AT_ONCE = 256;
  private static final int EXCERPT_LENGTH = 70;

  /** Refuses what cannot be asked for; without texts and file, it is standard input. */
  public void check() {
    if (!texts.isEmpty() && file != null) {
      throw new BadOptionException("There are both texts and a file. Give one of them.");
    }
    for (String text : texts) {
      if (text.isBlank()) {
        throw new BadOptionException("One of the texts is empty. Leave it out.");
      }
      if (text.indexOf('\uFFFD') >= 0) {
        throw new BadOptionException(
            "The text \"%s\" lost characters on its way here, since the terminal's locale is not UTF-8. Set one, such as LC_ALL=C.UTF-8, or put the text into a file and give --file."
                .formatted(text));
      }
    }
  }

  /** Whether the texts are lines of a file or of standard input. */
  public boolean areLines() {
    return texts.isEmpty();
  }

  /**
   * Hands over the lines, many at once where they are there, each at once where somebody types.
   *
   * @param loading makes what answers them, when the file is open
   * @return the number of lines
   * @throws BadOptionException if standard input is empty and no file was named
   * @throws IOException if standard input cannot be read
   */
  public long answerLines(Supplier<Consumer<List<String>>> loading) throws IOException {
    Path from = file == null ? Path.of(STANDARD_INPUT) : file;
    long answered;
    try (BufferedReader lines = open(from)) {
      Consumer<List<String>> answering = loading.get();
      if (isStandardInput(from) && Terminal.isInteractive()) {
        System.err.println("Type texts, one per line; Ctrl-D ends.");
      }
      answered = answerLines(lines, answering);
    } catch (CharacterCodingException e) {
      throw new DataException(
          isStandardInput(from)
              ? "Standard input is not UTF-8. Convert it to UTF-8."
              : "%s is not UTF-8. Save it as UTF-8.".formatted(from),
          e);
    }
    if (answered == 0 && file == null) {
      throw new BadOptionException(
          "There is no input: no text on the command line, and standard input is empty. Give texts in quotes, a file with --file, or a pipe.");
    }
    return answered;
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
    boolean standardInput = isStandardInput(file);
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

  private static boolean isStandardInput(Path file) {
    return file.toString().equals(STANDARD_INPUT);
  }

  private static String withoutByteOrderMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  /** The arguments that ask a model, to type as they stand. */
  public static String arguments(Path model, String text) {
    return "--model %s %s".formatted(Wording.argument(model.toString()), Wording.quoted(text));
  }

  /** A text on one line of a terminal. */
  public static String excerpt(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= EXCERPT_LENGTH
        ? line
        : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, EXCERPT_LENGTH)))
            + " ...";
  }
}
