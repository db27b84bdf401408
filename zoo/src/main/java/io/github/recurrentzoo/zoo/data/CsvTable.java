package io.github.recurrentzoo.zoo.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The rows of a CSV or TSV file with a header, one after the other, with errors that name file,
 * line and column.
 *
 * <p>What spreadsheets add is left out: a byte order mark, a first line such as {@code sep=;},
 * columns at the end without name and text, rows without text.
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
   * @param fields as many as the header names, or more
   */
  public record Row(long line, List<String> fields) {}

  /**
   * Opens a file and reads its header.
   *
   * @param file a file whose first row names the columns
   * @param format how it is written
   * @throws DataException if the file cannot be read or has no header, or does not tell its
   *     delimiter
   */
  public static CsvTable open(Path file, CsvFormat format) {
    CsvFile csv = CsvFile.open(file, format);
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

  /** The character between two fields. */
  public char delimiter() {
    return csv.delimiter();
  }

  /**
   * The next row, or null at the end. Fields that are missing at its end are empty.
   *
   * @throws DataException if it has more fields than the header, or cannot be read
   */
  public Row next() {
    return next(0);
  }

  /**
   * The next row, or null at the end. Fields that are missing at its end are empty.
   *
   * @param needed how many fields it must have at least
   * @throws DataException if it has fewer, or more than the header, or cannot be read
   */
  public Row next(int needed) {
    CsvTable.Row row = csv.next();
    if (row == null) {
      return null;
    }
    csv.checkFields(row, header, needed);
    int missing = header.size() - row.fields().size();
    if (missing <= 0) {
      return row;
    }
    List<String> fields = new ArrayList<>(row.fields());
    fields.addAll(Collections.nCopies(missing, ""));
    return new Row(row.line(), fields);
  }

  @Override
  public void close() {
    csv.close();
  }
}
