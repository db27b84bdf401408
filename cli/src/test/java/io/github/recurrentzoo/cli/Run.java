package io.github.recurrentzoo.cli;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * A command run in a test, as from a shell.
 *
 * @param exitCode what the shell would get
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
public record Run(int exitCode, String out, String err) {

  /** The value of --seed in tests of learning: see Learning in the tests of the zoo. */
  public static final String SEED = System.getProperty("recurrentzoo.test.seed", "42");

  public static Run train(String... args) {
    return command("train text", args);
  }

  public static Run predict(String... args) {
    return command("predict", args);
  }

  /**
   * Runs a command.
   *
   * @param name with those above it, such as "train text"
   */
  public static Run command(String name, String... args) {
    return of(
        Stream.concat(List.of(name.split(" ", -1)).stream(), Stream.of(args))
            .toArray(String[]::new));
  }

  public static Run of(String... args) {
    return of(program -> RecurrentZoo.run(program, args));
  }

  /** Runs what takes a program and gives its exit code. */
  public static Run of(ToIntFunction<CommandLineProgram> running) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        running.applyAsInt(
            new CommandLineProgram(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)));
    return new Run(exitCode, text(out), text(err));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
