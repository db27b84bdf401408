package io.github.recurrentzoo.zoo.data;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * A reader that adds one row at the end: a mark.
 *
 * <p>fastcsv takes a quote that is still open at the end of the file as closed there, and so would
 * make one row of all that follows a forgotten quote. With a mark behind the end, an open quote
 * shows: it takes the mark into its field.
 */
final class EndMarkingReader extends FilterReader {

  /** What the added row holds; no text file has it. */
  static final String MARK = "\u0000end of file\u0000";

  private static final String ADDED = "\n" + MARK;

  private int added = -1;

  EndMarkingReader(Reader in) {
    super(in);
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (added < 0) {
      int read = super.read(buffer, offset, length);
      if (read >= 0) {
        return read;
      }
      added = 0;
    }
    int count = Math.min(length, ADDED.length() - added);
    if (count == 0) {
      return -1;
    }
    ADDED.getChars(added, added + count, buffer, offset);
    added += count;
    return count;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }
}
