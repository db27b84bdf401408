package io.github.recurrentzoo.zoo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A CSV file, row by row, with errors that name the line. Rows without text are skipped, a first
 * line such as {@code sep=;} too.
 */
public final class CsvFile implements AutoCloseable {
  private static final Pattern SEPARATOR_LINE =
      Pattern.compile("\"?sep=(.)\"?(?=[\\r\\n]|$)", Pattern.CASE_INSENSITIVE);

  /** One character more than the longest such line has. */
  private static final int START = 8;

  private final Path file;
  private final CsvFormat format;
  private final char delimiter;
  private final CsvRows rows;
  private int width = Integer.MAX_VALUE;

  private CsvFile(Path file, CsvFormat format, char delimiter, BufferedReader reader) {
    this.file = file;
    this.format = format;
    this.delimiter = delimiter;
    this.rows =
        format.quotes()
            ? new QuotedRows(file, reader, delimiter)
            : new PlainRows(reader, delimiter);
  }

  public static CsvFile open(Path file, CsvFormat format) {
    checkReadable(file);
    try {
      BufferedReader reader = StrictDecoder.reader(file, format.encoding());
      try {
        Character named = separatorLine(reader);
        char delimiter =
            format.delimiter() != null
                ? format.delimiter()
                : named != null ? named : delimiterOf(file);
        return new CsvFile(file, format, delimiter, reader);
      } catch (IOException | RuntimeException e) {
        reader.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(file, format, e);
    }
  }

  /** Passes a first line that names the delimiter, but for its end, so that lines stay counted. */
  private static Character separatorLine(BufferedReader reader) throws IOException {
    reader.mark(START);
    char[] start = new char[START];
    int read = Math.max(0, reader.read(start, 0, START));
    reader.reset();
    Matcher line = SEPARATOR_LINE.matcher(new String(start, 0, read));
    if (!line.lookingAt()) {
      return null;
    }
    reader.skip(line.end());
    return line.group(1).charAt(0);
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
      throw unreadable(file, CsvFormat.DEFAULT, e);
    }
  }

  /** What stands between two fields, as the file's name tells. */
  private static char delimiterOf(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return ',';
    }
    if (name.endsWith(".tsv") || name.endsWith(".tab")) {
      return '\t';
    }
    throw new DataException(
        "%s: the name does not tell what stands between two fields; expected .csv (comma) or .tsv (tab). Rename the file or set the delimiter."
            .formatted(file));
  }

  private static DataException unreadable(Path file, CsvFormat format, IOException e) {
    if (e instanceof CharacterCodingException) {
      return StrictDecoder.firstError(file, format.encoding(), e);
    }
    String reason =
        e instanceof AccessDeniedException ? "access denied" : String.valueOf(e.getMessage());
    return new DataException(
        "%s cannot be read: %s. See to the right to read it.".formatted(file, reason), e);
  }

  /**
   * The names of the columns, without surrounding blanks. Columns without a name at the end, which
   * spreadsheets leave where cells were once in use, are none.
   */
  public List<String> header() {
    CsvTable.Row first = next();
    if (first == null) {
      throw new DataException(
          "%s has no rows; expected a first row that names the columns, and rows below it."
              .formatted(file));
    }
    width = first.fields().size();
    List<String> names = new ArrayList<>(first.fields().stream().map(String::strip).toList());
    while (names.get(names.size() - 1).isEmpty()) {
      names.remove(names.size() - 1);
    }
    return List.copyOf(names);
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
                  header.size() == 1 ? otherDelimiter(header.get(0)) : ""));
    }
    if (header.lastIndexOf(name) != column) {
      throw new DataException(
          "%s, line 1: there are two columns \"%s\". Rename one of them.".formatted(file, name));
    }
    return column;
  }

  /** What to do about a header that is one field. */
  private String otherDelimiter(String header) {
    for (char each : new char[] {';', '\t', ',', '|'}) {
      if (each != delimiter && header.indexOf(each) >= 0) {
        return ", or set the delimiter to %s, which stands in this line (--delimiter %s)"
            .formatted(delimiterName(each), each == '\t' ? "tab" : "\"" + each + "\"");
      }
    }
    return ", or set the delimiter if it is not " + delimiterName(delimiter);
  }

  /**
   * Refuses a row with more fields than the first one has, unless these are empty, or with fewer
   * than are needed.
   */
  public void checkFields(CsvTable.Row row, List<String> header, int needed) {
    int fields = row.fields().size();
    boolean surplus =
        fields > width
            && row.fields().subList(width, fields).stream().anyMatch(field -> !field.isBlank());
    if (surplus || fields < needed) {
      throw new DataException(
          "%s, line %d: the row has %d %s, but the header names %d. %s"
              .formatted(
                  file,
                  row.line(),
                  fields,
                  fields == 1 ? "field" : "fields",
                  header.size(),
                  remedy(surplus)));
    }
  }

  private String remedy(boolean surplus) {
    if (!format.quotes()) {
      return surplus
          ? "Take %s out of the text, or read the file with quotes."
              .formatted(delimiterName(delimiter))
          : "Write the missing fields.";
    }
    return surplus
        ? "Put a field that holds %s in double quotes.".formatted(delimiterName(delimiter))
        : "Write the missing fields, or put a field that holds a line break in double quotes.";
  }

  /** The next row that is not blank, or null at the end. */
  public CsvTable.Row next() {
    try {
      CsvTable.Row row = rows.next();
      while (row != null && row.fields().stream().allMatch(String::isBlank)) {
        row = rows.next();
      }
      return row;
    } catch (IOException e) {
      throw unreadable(file, format, e);
    }
  }

  static String delimiterName(char delimiter) {
    return switch (delimiter) {
      case ',' -> "a comma";
      case ';' -> "a semicolon";
      case '\t' -> "a tab";
      default -> "\"" + delimiter + "\"";
    };
  }

  /** The character between two fields. */
  char delimiter() {
    return delimiter;
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException e) {
      throw unreadable(file, format, e);
    }
  }
}
