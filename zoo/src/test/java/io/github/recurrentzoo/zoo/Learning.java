package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What tests of learning share. A processor rounds in its own way, and training enlarges what
 * differs, so that a network is as another seed would make it. Hence each of these tests, tagged
 * "learning", must pass under any seed.
 */
public final class Learning {

  /** The system property that gives all tests of learning another seed. */
  public static final String SEED = "recurrentzoo.test.seed";

  /** The system property with a file to which each figure is added, beside its bound. */
  public static final String FIGURES = "recurrentzoo.test.figures";

  private Learning() {}

  /** The seed of weights, batches and drawn rows: 42, or what the property says. */
  public static long seed() {
    return Long.parseLong(System.getProperty(SEED, "42"));
  }

  /**
   * Fails if a figure is too low.
   *
   * @param what what was measured, such as "exact match of LSTM"
   * @param value what was reached
   * @param least what has to be reached
   * @param usual what is reached as a rule, for the reader of the message
   */
  public static void assertAtLeast(String what, double value, double least, String usual) {
    figure(what, ">=", least, value);
    assertTrue(value >= least, () -> message(what, value, "at least " + least, usual));
  }

  /** Fails if a figure, such as an error, is too high. */
  public static void assertBelow(String what, double value, double bound, String usual) {
    figure(what, "<", bound, value);
    assertTrue(value < bound, () -> message(what, value, "below " + bound, usual));
  }

  private static void figure(String what, String relation, double bound, double value) {
    String file = System.getProperty(FIGURES);
    if (file == null) {
      return;
    }
    String line = what + "\t" + relation + "\t" + bound + "\t" + value + "\n";
    try {
      Files.writeString(Path.of(file), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String message(String what, double value, String expected, String usual) {
    return "%s is %.4g; expected %s (usual: %s). With seed %d, the network has not learned its task. See \"Tests of learning\" in docs/architecture.md."
        .formatted(what, value, expected, usual, seed());
  }
}
