package io.github.recurrentzoo.zoo.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A CSV file, row by row, with what fastcsv leaves open: strict UTF-8, unclosed quotes, and errors
 * that name the line.
 */
public final class CsvFile implements AutoCloseable {

  private final Path file;
  private final char delimiter;
  private final CsvReader<CsvRecord> csv;
  private final CloseableIterator<CsvRecord> records;

  private CsvFile(Path file, char delimiter, Reader reader) {
    this.file = file;
    this.delimiter = delimiter;
    this.csv =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(reader);
    this.records = csv.iterator();
  }

  public static CsvFile open(Path file, char delimiter) {
    checkReadable(file);
    try {
      return new CsvFile(file, delimiter, new EndMarkingReader(Utf8.strictReader(file)));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static void checkReadable(Path file) {
    if (!Files.exists(file)) {
      throw new DataException(
          "There is no file %s (looked at %s). Check the path."
              .formatted(file, file.toAbsolutePath().normalize()));
    }
    if (Files.isDirectory(file)) {
      throw new DataException(
          "%s is a folder; expected a file. Give the path of a file in it.".formatted(file));
    }
    try {
      if (Files.isRegularFile(file) && Files.size(file) == 0) {
        throw new DataException(
            "%s is empty; expected a first row that names the columns, and rows below it."
                .formatted(file));
      }
      if (!Files.isReadable(file)) {
        throw new AccessDeniedException(file.toString());
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** What stands between two fields, as the file's name tells. */
  public static char delimiterOf(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return ',';
    }
    if (name.endsWith(".tsv") || name.endsWith(".tab")) {
      return '\t';
    }
    checkReadable(file);
    throw new DataException(
        "%s: the name does not tell what stands between two fields; expected .csv (comma) or .tsv (tab). Rename the file or set the delimiter."
            .formatted(file));
  }

  private static DataException unreadable(Path file, IOException e) {
    String reason =
        e instanceof AccessDeniedException ? "access denied" : String.valueOf(e.getMessage());
    return new DataException(
        "%s cannot be read: %s. See to the right to read it.".formatted(file, reason), e);
  }

  /** The names of the columns, without surrounding blanks. */
  public List<String> header() {
    CsvRecord first = next();
    if (first == null) {
      throw new DataException(
          "%s has no rows; expected a first row that names the columns, and rows below it."
              .formatted(file));
    }
    return first.getFields().stream().map(String::strip).toList();
  }

  /** Which column has that name. */
  public int columnOf(String name, String use, List<String> header) {
    int column = header.indexOf(name);
    if (column < 0) {
      throw new DataException(
          "%s, line 1: there is no column \"%s\" for the %s. The columns are: %s. Name one of them as the %s column%s."
              .formatted(
                  file,
                  name,
                  use,
                  header.stream().map(c -> "\"" + c + "\"").collect(Collectors.joining(", ")),
                  use,
                  header.size() == 1
                      ? ", or set the delimiter if it is not " + delimiterName()
                      : ""));
    }
    if (header.lastIndexOf(name) != column) {
      throw new DataException(
          "%s, line 1: there are two columns \"%s\". Rename one of them.".formatted(file, name));
    }
    return column;
  }

  public void checkFields(CsvRecord row, List<String> header) {
    int fields = row.getFieldCount();
    if (fields != header.size()) {
      throw new DataException(
          "%s, line %d: the row has %d %s, but the header names %d. %s"
              .formatted(
                  file,
                  row.getStartingLineNumber(),
                  fields,
                  fields == 1 ? "field" : "fields",
                  header.size(),
                  fields > header.size()
                      ? "Put a field that holds %s in double quotes.".formatted(delimiterName())
                      : "Write the missing fields, or put a field that holds a line break in double quotes."));
    }
  }

  /** The next row that is not blank, or null at the end. */
  public CsvRecord next() {
    try {
      while (records.hasNext()) {
        CsvRecord row = records.next();
        String last = row.getField(row.getFieldCount() - 1);
        if (last.endsWith(EndMarkingReader.MARK)) {
          checkClosed(row, last);
          return null;
        }
        if (row.getFieldCount() > 1 || !last.isBlank()) {
          return row;
        }
      }
      return null;
    } catch (CsvParseException e) {
      throw malformed(e);
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof CharacterCodingException
          ? Utf8.firstError(file, e)
          : unreadable(file, e.getCause());
    }
  }

  /**
   * The mark stands alone in its row, unless a quote was still open at the end of the file and took
   * it in.
   */
  private void checkClosed(CsvRecord row, String last) {
    if (row.getFieldCount() == 1 && last.equals(EndMarkingReader.MARK)) {
      return;
    }
    long line = row.getStartingLineNumber();
    for (String field : row.getFields().subList(0, row.getFieldCount() - 1)) {
      line += field.lines().count() - (field.isEmpty() ? 0 : 1);
    }
    throw new DataException(
        "%s, line %d: a quote opens a field here and is never closed. Close it, or write \"\" for a quote that belongs to the text and put the whole field in quotes."
            .formatted(file, line));
  }

  private DataException malformed(CsvParseException e) {
    if (e.getCause() instanceof UncheckedIOException io
        && io.getCause() instanceof CharacterCodingException) {
      return Utf8.firstError(file, e);
    }
    String where = e.getMessage().replaceFirst("(?s).*in line (\\d+).*", "line $1");
    String what = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    if (what.contains("maximum buffer size")) {
      return new DataException(
          "%s, %s: a field of the row that begins here has more than 16 million characters. Most likely its quote is never closed: close it."
              .formatted(file, where),
          e);
    }
    return new DataException(
        "%s, %s: in the row that begins here, a quoted field goes on after its closing quote (%s). Write a quote that belongs to the text twice, as \"\", and end a quoted field with %s or the line's end."
            .formatted(file, where, what, delimiterName()),
        e);
  }

  private String delimiterName() {
    return switch (delimiter) {
      case ',' -> "a comma";
      case ';' -> "a semicolon";
      case '\t' -> "a tab";
      default -> "\"" + delimiter + "\"";
    };
  }

  @Override
  public void close() {
    try {
      csv.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
