package io.github.recurrentzoo.cli.console;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.internal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Standard input in place of a file: a hyphen stands for it. */
public final class StandardInput {

  public static final Path NAME = Path.of("-");

  private static final String COPY = "standard-input";

  /** The copy that is read, with its folder. */
  private static final Pattern FILE =
      Pattern.compile(
          Pattern.quote(Path.of(System.getProperty("java.io.tmpdir")).resolve(COPY).toString())
              + "\\d+\\.\\w+");

  private StandardInput() {}

  public static boolean isMeant(Path file) {
    return file.equals(NAME);
  }

  /** For people. */
  public static String inWords(Path file) {
    return isMeant(file) ? "standard input" : file.toString();
  }

  /** A message about the copy that is read, as one about standard input. */
  public static String inMessage(String message) {
    return FILE.matcher(message).replaceAll("standard input");
  }

  /** Reads a file, or standard input through a copy that is named like a file of this kind. */
  public static <T> T read(Path file, String extension, Function<Path, T> reading) {
    if (!isMeant(file)) {
      return reading.apply(file);
    }
    if (Terminal.isInteractive()) {
      System.err.println("Reading from the terminal; Ctrl-D ends.");
    }
    try {
      Path copy = Files.createTempFile(COPY, extension);
      try {
        Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
        return reading.apply(copy);
      } catch (DataException e) {
        throw new DataException(inMessage(e.getMessage()), e);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new DataException("Standard input cannot be read: %s.".formatted(e.getMessage()), e);
    }
  }
}
