package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.CsvFormat;
import io.github.recurrentzoo.zoo.data.CsvTable;
import io.github.recurrentzoo.zoo.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines of a text file in UTF-8, counted from 1. */
final class TextLines {

  /** Takes a line. */
  interface Taker {

    /** Returns whether to go on. */
    boolean line(String text, long number);
  }

  private TextLines() {}

  /**
   * Reads all lines, or until the taker has enough.
   *
   * @throws DataException if the file cannot be read
   */
  static void read(Path file, Taker taker) {
    if (!Files.isRegularFile(file)) {
      CsvTable.open(file, CsvFormat.DEFAULT.withDelimiter('\t')).close(); // says what is wrong
    }
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (!text.isBlank() && !taker.line(text.strip(), number)) {
          return;
        }
      }
    } catch (CharacterCodingException e) {
      throw new DataException("%s is not in UTF-8. Save it in UTF-8.".formatted(file), e);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }
}
