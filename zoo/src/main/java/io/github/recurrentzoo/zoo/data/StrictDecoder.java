package io.github.recurrentzoo.zoo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Strict decoding: a byte that does not belong to the encoding is an error with its place, not a
 * replacement character in the text.
 */
public final class StrictDecoder {

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private StrictDecoder() {}

  /**
   * A reader that throws CharacterCodingException at the first byte that the encoding does not
   * have; it skips a byte order mark.
   */
  public static BufferedReader reader(Path file, Charset encoding) throws IOException {
    // A decoder that is given as such reports errors; one made from the charset's name would
    // replace them.
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder(encoding)));
    try {
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      return reader;
    } catch (CharacterCodingException e) {
      reader.close();
      throw firstError(file, encoding, e);
    }
  }

  private static CharsetDecoder decoder(Charset encoding) {
    return encoding
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Reads the file again to find the place of its first byte that the encoding does not have. */
  public static DataException firstError(Path file, Charset encoding, Exception cause) {
    try (InputStream in = Files.newInputStream(file)) {
      Position position = new Position();
      CharsetDecoder decoder = decoder(encoding);
      ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
      CharBuffer chars = CharBuffer.allocate(1 << 16);
      boolean end = false;
      while (!end) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = read < 0;
        bytes.limit(bytes.position() + Math.max(read, 0)).position(0);
        CoderResult result = decoder.decode(bytes, chars, end);
        position.pass(chars.flip());
        if (result.isError()) {
          return foreign(file, encoding, position, bytes.get(bytes.position()), cause);
        }
        chars.clear();
        bytes.compact();
      }
      return new DataException(
          "%s changed while it was read. Read it again.".formatted(file), cause);
    } catch (IOException e) {
      e.addSuppressed(cause);
      return new DataException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static DataException foreign(
      Path file, Charset encoding, Position position, byte found, Exception cause) {
    boolean utf8 = encoding.equals(StandardCharsets.UTF_8);
    boolean utf16 =
        utf8
            && position.line == 1
            && position.column == 1
            && (found == (byte) 0xFF || found == (byte) 0xFE);
    return new DataException(
        "%s, line %d, character %d: the byte 0x%02X is not %s%s. %s"
            .formatted(
                file,
                position.line,
                position.column,
                found,
                encoding.name(),
                utf16 ? "; the file begins as UTF-16 files do" : "",
                utf8
                    ? "Save the file as UTF-8 (in a spreadsheet: \"CSV UTF-8\"), or name its encoding, such as %s."
                        .formatted(utf16 ? "UTF-16" : "windows-1252")
                    : "Name the encoding that the file has."),
        cause);
  }

  /** The line and the character in it, both from 1 on; a line ends with LF, CR, or both. */
  private static final class Position {
    long line = 1;
    long column = 1;
    private char last;

    void pass(CharBuffer chars) {
      while (chars.hasRemaining()) {
        char c = chars.get();
        if (c == '\n' && last == '\r') {
          column = 1;
        } else if (c == '\n' || c == '\r') {
          line++;
          column = 1;
        } else if (!Character.isLowSurrogate(c) && c != BYTE_ORDER_MARK) {
          column++;
        }
        last = c;
      }
    }
  }
}
