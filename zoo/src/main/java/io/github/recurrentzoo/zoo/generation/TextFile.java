package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.data.StrictDecoder;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file that is one text. */
public final class TextFile {

  private TextFile() {}

  /**
   * Reads a text in UTF-8.
   *
   * @param file a text
   * @return what stands in it, one character at least
   * @throws DataException if the file is missing, a folder, empty or not UTF-8, or cannot be read
   */
  public static String read(Path file) {
    return read(file, StandardCharsets.UTF_8);
  }

  /**
   * Reads a text. A byte order mark is left out, and each line ends with LF, whatever it ended with
   * in the file.
   *
   * @param file a text
   * @param encoding the encoding that it has
   * @return what stands in it, one character at least
   * @throws DataException if the file is missing, a folder, empty or in another encoding, or cannot
   *     be read
   */
  public static String read(Path file, Charset encoding) {
    if (!Files.exists(file)) {
      throw new DataException(
          "There is no file %s (looked at %s). Check the path."
              .formatted(file, file.toAbsolutePath().normalize()));
    }
    if (Files.isDirectory(file)) {
      throw new DataException("%s is a folder; expected a text file.".formatted(file));
    }
    String text;
    try (Reader reader = StrictDecoder.reader(file, encoding)) {
      StringWriter writer = new StringWriter();
      reader.transferTo(writer);
      text = writer.toString();
    } catch (CharacterCodingException e) {
      throw StrictDecoder.firstError(file, encoding, e);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
    if (text.isEmpty()) {
      throw new DataException(
          "%s is empty; expected a text. Check that it was saved.".formatted(file));
    }
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /**
   * Reads all texts of a folder, {@code *.txt} in UTF-8, in the order of their names.
   *
   * @param folder its own folders are left out
   * @throws DataException as for {@link #read(Path)}, or if there is no folder or no text in it
   */
  public static List<String> readAll(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException("There is no folder %s. Check the path.".formatted(folder));
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(file -> file.toString().endsWith(".txt") && !Files.isDirectory(file))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s.".formatted(folder, e.getMessage()), e);
    }
    if (files.isEmpty()) {
      throw new DataException(
          "The folder %s has no text files; expected some whose names end in .txt."
              .formatted(folder));
    }
    return files.stream().map(TextFile::read).toList();
  }
}
