package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * The options of the command line that say which rows are learned from, which validate and which
 * test, the same for each task.
 */
public final class SplitArguments {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Option(
      names = "--validation-data",
      paramLabel = "FILE",
      description =
          "Your own validation data, in the form of --data: it selects the best epoch (default: a part of the training data).")
  public Path validationData;

  @Option(
      names = "--test-data",
      paramLabel = "FILE",
      description =
          "Your own test set, in the form of --data (default: a part of --data is held out).")
  public Path testData;

  @Option(
      names = "--validation-split",
      paramLabel = "X",
      defaultValue = "0.1",
      description = "Fraction of the training data that selects the best epoch " + DEFAULT + ".")
  public double validationSplit;

  @Option(
      names = "--test-split",
      paramLabel = "X",
      defaultValue = "0.1",
      description = "Fraction of the data that is held out as test set " + DEFAULT + ".")
  public double testSplit;

  @Option(
      names = "--retrain",
      description =
          "After the evaluation, train again on all rows, those of validation and test included, for as many epochs as were best, and save that model. The report keeps the figures of the model before.")
  public boolean retrain;

  /** The options of a run without arguments. */
  public SplitArguments() {}

  /**
   * Refuses fractions that cannot be, files without training data, and options that would do
   * nothing.
   *
   * @param data the training data, or null where it is the zoo's own
   */
  public void check(Path data, ConsoleArguments console) {
    fraction("--validation-split", validationSplit);
    fraction("--test-split", testSplit);
    if (data == null && (validationData != null || testData != null)) {
      throw new BadOptionException(
          "--validation-data and --test-data go with training data of your own; name it with --data.");
    }
    if (validationData != null) {
      console.refuse("with --validation-data", "--validation-split");
    }
    if (testData != null) {
      console.refuse("with --test-data", "--test-split");
    }
  }

  /** A number above 0 and below 1. */
  public static void fraction(String option, double value) {
    if (!(value > 0 && value < 1)) {
      throw new BadOptionException(
          "%s must be above 0 and below 1, but is %s.".formatted(option, value));
    }
  }
}
