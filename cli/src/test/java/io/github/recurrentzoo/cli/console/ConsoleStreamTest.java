package io.github.recurrentzoo.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.RecurrentZoo;
import io.github.recurrentzoo.cli.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class ConsoleStreamTest {
  @Command(name = "nothing")
  private static final class Nothing {}

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ConsoleStream out =
      ConsoleStream.to(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private String printed() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  @Test
  void allWaysToPrintAreClean() {
    String hostile = "a\u001B[2J\u202Eü";
    String safe = "a\\u001B[2J\\u202Eü";
    String end = System.lineSeparator();
    out.print(hostile);
    assertEquals(safe, printed());
    out.println(hostile);
    assertEquals(safe + end, printed());
    out.println((Object) hostile);
    assertEquals(safe + end, printed());
    out.print(hostile.toCharArray());
    assertEquals(safe, printed());
    out.println(hostile.toCharArray());
    assertEquals(safe + end, printed());
    out.printf(Locale.ROOT, "%s %d%n", hostile, 7);
    assertEquals(safe + " 7" + end, printed());
    out.append(hostile).append('\u001B').append('x');
    assertEquals(safe + "\\u001Bx", printed());
    new IllegalStateException(hostile).printStackTrace(out);
    String trace = printed();
    assertTrue(trace.startsWith("java.lang.IllegalStateException: " + safe), trace);
  }

  @Test
  void theProgramsOwnControlsPass() {
    out.write('\r');
    assertEquals("\r", printed());
    ConsoleStream.printControls(out, "\u001B[0m");
    assertEquals("\u001B[0m" + System.lineSeparator(), printed());
  }

  /** In messages, too: picocli's about the command line, and the library's. */
  @Test
  void messagesAreClean() {
    Run unknown = Run.of("list", "\u001B]0;title\u0007");
    assertEquals(2, unknown.exitCode());
    assertTrue(unknown.err().contains("\\u001B]0;title\\u0007"), unknown.err());
    Run missing = Run.predict("--model", "no\u001B[31m\u202Esuch.zip", "text");
    assertEquals(2, missing.exitCode());
    assertTrue(missing.err().contains("no\\u001B[31m\\u202Esuch.zip"), missing.err());
    assertTrue(missing.err().length() < 3_000, missing.err());
    for (Run run : List.of(unknown, missing)) {
      assertFalse((run.out() + run.err()).matches("(?s).*[\u001B\u0007\u202E].*"), run.err());
    }
  }

  @Test
  void helpIsACommand() {
    assertEquals(Run.of("--help").out(), Run.of("help").out());
    Run train = Run.of("help", "train", "text");
    assertEquals(0, train.exitCode(), train.err());
    assertEquals(Run.of("train", "text", "--help").out(), train.out());
    assertFalse(train.out().contains("\u001B"), "escape codes, and the output is no terminal");
  }

  /** As {@code recurrent-zoo --help | head -0}. */
  @Test
  void closedPipeIsNoError() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RecurrentZoo.class.getName(),
                "--help")
            .start();
    process.getInputStream().close();
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals("", errors);
    assertEquals(0, process.exitValue());
  }

  /** Where Java's own %d would be written in Arabic-Indic digits. */
  @Test
  void numbersAreTheSameInEveryLocale() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-cp",
                System.getProperty("java.class.path"),
                RecurrentZoo.class.getName(),
                "compare",
                "--epochs",
                "0")
            .start();
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals("Error: --epochs must be from 1 to 1000000, but is 0.", errors.strip());
    assertEquals(2, process.exitValue());
  }

  @Test
  void unloadableNativesAreOneLineThatNamesTheProperty() {
    LinkageError error = new UnsatisfiedLinkError("java.io.IOException");
    error.initCause(new IOException("Could not create the cache"));
    Run run =
        Run.of(
            program ->
                program.run(
                    CommandLineProgram.parser(new Nothing()),
                    command -> {
                      throw new ExceptionInInitializerError(error);
                    }));
    assertEquals(1, run.exitCode());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("Could not create the cache"), run.err());
    assertTrue(run.err().contains("-Dorg.bytedeco.javacpp.cachedir="), run.err());
  }
}
