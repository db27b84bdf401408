package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.examples.CommandLineProgram.Work;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A program run in a test, as from a shell.
 *
 * @param exitCode what the shell would get
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record Run(int exitCode, String out, String err) {

  /** The value of --seed in tests of learning: see Learning in the tests of the zoo. */
  static final String SEED = System.getProperty("recurrentzoo.test.seed", "42");

  static Run train(String... args) {
    return run(new TrainTextClassifierOptions(), TrainTextClassifier::run, args);
  }

  static Run predict(String... args) {
    return run(new PredictTextOptions(), PredictText::run, args);
  }

  static <O> Run run(O options, Work<O> work, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        new CommandLineProgram(
                Wording.MAVEN,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(options, work, args);
    return new Run(exitCode, text(out), text(err));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
