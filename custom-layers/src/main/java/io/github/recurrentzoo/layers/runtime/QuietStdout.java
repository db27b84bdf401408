package io.github.recurrentzoo.layers.runtime;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/**
 * Runs an action without what its thread prints to {@link System#out}; what other threads print
 * meanwhile goes through. SameDiff prints a line for each operation that it differentiates, and has
 * no switch for it.
 */
final class QuietStdout {

  private QuietStdout() {}

  static synchronized <T> T call(Supplier<T> action) {
    PrintStream original = System.out;
    PrintStream filter = new PrintStream(new Filter(original), true, stdoutCharset());
    System.setOut(filter);
    try {
      return action.get();
    } finally {
      if (System.out == filter) { // otherwise somebody else has set it meanwhile
        System.setOut(original);
      }
    }
  }

  /** The charset that the virtual machine gives to System.out. */
  private static Charset stdoutCharset() {
    String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    return name == null ? Charset.defaultCharset() : Charset.forName(name);
  }

  private static final class Filter extends OutputStream {
    private final PrintStream original;
    private final Thread muted = Thread.currentThread();

    Filter(PrintStream original) {
      this.original = original;
    }

    @Override
    public void write(int b) {
      if (Thread.currentThread() != muted) {
        original.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (Thread.currentThread() != muted) {
        original.write(bytes, offset, length);
      }
    }

    @Override
    public void flush() {
      original.flush();
    }
  }
}
