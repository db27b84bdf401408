package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.data.Utf8;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is one text. */
public final class TextFile {

  private TextFile() {}

  /**
   * Reads a text in UTF-8. A byte order mark is left out, and each line ends with LF, whatever it
   * ended with in the file.
   *
   * @param file a text
   * @return what stands in it, one character at least
   * @throws DataException if the file is missing, a folder, empty or not UTF-8, or cannot be read
   */
  public static String read(Path file) {
    if (!Files.exists(file)) {
      throw new DataException(
          "There is no file %s (looked at %s). Check the path."
              .formatted(file, file.toAbsolutePath().normalize()));
    }
    if (Files.isDirectory(file)) {
      throw new DataException("%s is a folder; expected a text file.".formatted(file));
    }
    String text;
    try (Reader reader = Utf8.strictReader(file)) {
      StringWriter writer = new StringWriter();
      reader.transferTo(writer);
      text = writer.toString();
    } catch (CharacterCodingException e) {
      throw Utf8.firstError(file, e);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
    if (text.isEmpty()) {
      throw new DataException(
          "%s is empty; expected a text. Check that it was saved.".formatted(file));
    }
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }
}
