package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.zoo.report.CrossValidation;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The option of the command line that asks for cross-validation. */
public final class FoldsArgument {

  @Option(
      names = "--folds",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "Cross-validation in K folds first: K models, each trained without one fold and tested on it; prints mean and standard deviation. The model that is saved is the one of the usual split; 0 is off (default: ${DEFAULT-VALUE}).")
  public int folds;

  /** No cross-validation. */
  public FoldsArgument() {}

  /** Refuses numbers that cannot be. */
  public void check(SplitArguments split, ConsoleArguments console) {
    if (folds != 0) {
      TrainingChecks.range("--folds", folds, 2, 1000);
      if (split.validationData != null || split.testData != null) {
        throw new BadOptionException(
            "--folds draws validation and test rows from --data; leave out --validation-data and --test-data, or --folds.");
      }
    }
  }

  /** Cross-validates, where it is asked for, and prints what comes out. */
  public Optional<CrossValidation> run(
      PrintStream out, Function<TrainingRun, CrossValidation> work) {
    if (folds == 0) {
      return Optional.empty();
    }
    out.printf("Cross-validation in %d folds:%n", folds);
    CrossValidation result;
    try (ConsoleProgress progress = ConsoleProgress.on(out)) {
      result = work.apply(TrainingRun.of(progress));
    }
    out.println();
    out.printf("Cross-validation in %d folds:%n", folds);
    out.println(result);
    return Optional.of(result);
  }
}
