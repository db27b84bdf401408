package io.github.recurrentzoo.zoo.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Rows whose fields may stand in double quotes, read by fastcsv. */
final class QuotedRows implements CsvRows {
  private static final String NO_QUOTES =
      " If quotes are characters like any other in this file, read it without quotes.";

  private final Path file;
  private final char delimiter;
  private final CsvReader<CsvRecord> csv;
  private final CloseableIterator<CsvRecord> records;

  QuotedRows(Path file, Reader reader, char delimiter) {
    this.file = file;
    this.delimiter = delimiter;
    this.csv =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(new EndMarkingReader(reader));
    this.records = csv.iterator();
  }

  @Override
  public CsvTable.Row next() throws IOException {
    try {
      if (!records.hasNext()) {
        return null;
      }
      CsvRecord row = records.next();
      String last = row.getField(row.getFieldCount() - 1);
      if (last.endsWith(EndMarkingReader.MARK)) {
        checkClosed(row, last);
        return null;
      }
      return new CsvTable.Row(row.getStartingLineNumber(), row.getFields());
    } catch (CsvParseException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      throw malformed(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
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
        "%s, line %d: a quote opens a field here and is never closed. Close it, or write \"\" for a quote that belongs to the text and put the whole field in quotes.%s"
            .formatted(file, line, NO_QUOTES));
  }

  private DataException malformed(CsvParseException e) {
    String where = e.getMessage().replaceFirst("(?s).*in line (\\d+).*", "line $1");
    String what = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    if (what.contains("maximum buffer size")) {
      return new DataException(
          "%s, %s: a field of the row that begins here has more than 16 million characters. Most likely its quote is never closed: close it.%s"
              .formatted(file, where, NO_QUOTES),
          e);
    }
    return new DataException(
        "%s, %s: in the row that begins here, a quoted field goes on after its closing quote (%s). Write a quote that belongs to the text twice, as \"\", and end a quoted field with %s or the line's end.%s"
            .formatted(file, where, what, CsvFile.delimiterName(delimiter), NO_QUOTES),
        e);
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
