package io.github.recurrentzoo.zoo.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.file.Path;
import java.util.List;

/**
 * The rows of a CSV or TSV file with a header, one after the other: UTF-8, quotes as {@link
 * LabeledTextReader} takes them, and errors that name file, line and column. Blank lines are
 * skipped.
 */
public final class CsvTable implements AutoCloseable {
  private final Path file;
  private final CsvFile csv;
  private final List<String> header;

  private CsvTable(Path file, CsvFile csv) {
    this.file = file;
    this.csv = csv;
    this.header = csv.header();
  }

  /**
   * A row.
   *
   * @param line the line in the file on which it begins, from 1
   * @param fields as many as the header has
   */
  public record Row(long line, List<String> fields) {}

  /**
   * Opens a file and reads its header.
   *
   * @param file a file in UTF-8 whose first row names the columns
   * @param delimiter the character between two fields, or null if the file's name tells: a comma
   *     for {@code .csv}, a tab for {@code .tsv}
   * @throws DataException if the file cannot be read or has no header, or its name does not tell
   */
  public static CsvTable open(Path file, Character delimiter) {
    CsvFile csv = CsvFile.open(file, delimiter == null ? CsvFile.delimiterOf(file) : delimiter);
    try {
      return new CsvTable(file, csv);
    } catch (RuntimeException e) {
      csv.close();
      throw e;
    }
  }

  /** The file, for messages. */
  public Path file() {
    return file;
  }

  /** The names of the columns, without surrounding blanks. */
  public List<String> header() {
    return header;
  }

  /**
   * Which column has a name.
   *
   * @param name the name
   * @param use what the column is for, for the message, such as {@code time}
   * @throws DataException if there is none or more than one
   */
  public int column(String name, String use) {
    return csv.columnOf(name, use, header);
  }

  /**
   * The next row, or null at the end.
   *
   * @throws DataException if it does not have one field per column, or cannot be read
   */
  public Row next() {
    CsvRecord row = csv.next();
    if (row == null) {
      return null;
    }
    csv.checkFields(row, header);
    return new Row(row.getStartingLineNumber(), row.getFields());
  }

  @Override
  public void close() {
    csv.close();
  }
}
