package io.github.recurrentzoo.cli.console;

import io.github.recurrentzoo.zoo.internal.SafeText;
import io.github.recurrentzoo.zoo.internal.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;

/**
 * The one place through which the command line prints: text from elsewhere is made {@linkplain
 * SafeText#of safe}. What the program itself has to say to a terminal goes past that, as bytes or
 * by {@link #printControls}.
 */
public final class ConsoleStream extends PrintStream {
  private final PrintStream target;
  private final PipeEnd pipe; // null if that is not known

  private ConsoleStream(PrintStream target, PipeEnd pipe) {
    super(target, true);
    this.target = target;
    this.pipe = pipe;
  }

  /** A stream that prints to another one. */
  static ConsoleStream to(PrintStream target) {
    return target instanceof ConsoleStream same ? same : new ConsoleStream(target, null);
  }

  /** Standard output or error. */
  static ConsoleStream of(FileDescriptor descriptor) {
    PipeEnd pipe = new PipeEnd(new FileOutputStream(descriptor));
    return new ConsoleStream(Terminal.stream(pipe), pipe);
  }

  /**
   * Prints a line that holds control sequences of this program.
   *
   * @param line in which all that comes from elsewhere is safe already
   */
  public static void printControls(PrintStream out, String line) {
    (out instanceof ConsoleStream console ? console.target : out).println(line);
  }

  /** Whether a write failed since whoever read, such as {@code head}, has seen enough. */
  boolean isClosedByReader() {
    return pipe != null && pipe.closed;
  }

  @Override
  public void print(String text) {
    target.print(SafeText.of(String.valueOf(text)));
  }

  @Override
  public void print(char character) {
    print(String.valueOf(character));
  }

  @Override
  public void print(char[] text) {
    print(String.valueOf(text));
  }

  @Override
  public void print(Object value) {
    print(String.valueOf(value));
  }

  @Override
  public void println() {
    target.println();
  }

  @Override
  public void println(String text) {
    print(text + System.lineSeparator());
  }

  @Override
  public void println(Object value) {
    println(String.valueOf(value));
  }

  @Override
  public void write(int value) {
    target.write(value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    target.write(bytes, offset, length);
  }

  @Override
  public void flush() {
    target.flush();
  }

  @Override
  public boolean checkError() {
    return target.checkError();
  }

  /** Remembers whether writing failed for want of a reader. */
  private static final class PipeEnd extends FilterOutputStream {
    private volatile boolean closed;

    PipeEnd(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        // "Broken pipe", on Windows "The pipe is being closed" or "has been ended"
        closed |= String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
        throw e;
      }
    }
  }
}
