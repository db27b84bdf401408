package io.github.recurrentzoo.zoo.internal;

import java.io.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;

/** What is known about the place that standard output goes to. Not for users of the library. */
public final class Terminal {

  private static final int USUAL_WIDTH = 80;

  private Terminal() {}

  /**
   * Whether a person looks at the output as it comes, on a terminal that can return to the line's
   * start.
   */
  public static boolean isInteractive() {
    return isTerminal() && !"dumb".equals(System.getenv("TERM"));
  }

  // Before JDK 22 there is a console where there is a terminal; since then always, and a method of
  // it tells.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** The number of columns, or 80 where the system does not tell. */
  public static int width() {
    if (!isTerminal()) {
      return USUAL_WIDTH;
    }
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(Redirect.INHERIT).start();
      try (Scanner answer = new Scanner(stty.getInputStream(), StandardCharsets.US_ASCII)) {
        int rows = answer.hasNextInt() ? answer.nextInt() : 0;
        int columns = rows >= 0 && answer.hasNextInt() ? answer.nextInt() : 0;
        stty.waitFor(1, TimeUnit.SECONDS);
        return columns > 0 ? columns : USUAL_WIDTH;
      }
    } catch (IOException e) {
      return USUAL_WIDTH; // Windows has no stty
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL_WIDTH;
    }
  }

  /**
   * Standard output or error in the system's character set; in UTF-8 where that is ASCII, as in a
   * container without a locale, since question marks help nobody.
   */
  public static PrintStream stream(OutputStream descriptor) {
    Charset charset = Charset.defaultCharset();
    return new PrintStream(
        descriptor,
        true,
        charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset);
  }
}
