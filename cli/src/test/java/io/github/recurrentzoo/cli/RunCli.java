package io.github.recurrentzoo.cli;

import io.github.recurrentzoo.examples.CommandLineProgram;
import io.github.recurrentzoo.examples.Wording;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A command run in a test, as from a shell.
 *
 * @param exitCode what the shell would get
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record RunCli(int exitCode, String out, String err) {

  /** The value of --seed in tests of learning: see Learning in the tests of the zoo. */
  static final String SEED = System.getProperty("recurrentzoo.test.seed", "42");

  static RunCli of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        RecurrentZoo.run(
            new CommandLineProgram(
                Wording.LAUNCHER,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)),
            args);
    return new RunCli(exitCode, text(out), text(err));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
