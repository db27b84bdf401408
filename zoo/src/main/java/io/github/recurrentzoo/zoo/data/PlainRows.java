package io.github.recurrentzoo.zoo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Rows without quotes: a line is a row, and each delimiter ends a field. */
final class PlainRows implements CsvRows {
  private final BufferedReader reader;
  private final char delimiter;
  private long line;

  PlainRows(BufferedReader reader, char delimiter) {
    this.reader = reader;
    this.delimiter = delimiter;
  }

  @Override
  public CsvTable.Row next() throws IOException {
    String text = reader.readLine();
    if (text == null) {
      return null;
    }
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(delimiter); end >= 0; end = text.indexOf(delimiter, start)) {
      fields.add(text.substring(start, end));
      start = end + 1;
    }
    fields.add(text.substring(start));
    return new CsvTable.Row(++line, fields);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
