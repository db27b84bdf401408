package io.github.recurrentzoo.zoo.data;

import java.io.IOException;

/** The rows of a file as they stand there, blank ones included. */
interface CsvRows extends AutoCloseable {

  /**
   * The next row, or null at the end.
   *
   * @throws DataException if it cannot be told what the row is
   * @throws IOException if the file cannot be read
   */
  CsvTable.Row next() throws IOException;

  @Override
  void close() throws IOException;
}
