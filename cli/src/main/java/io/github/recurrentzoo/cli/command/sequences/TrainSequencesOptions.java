package io.github.recurrentzoo.cli.command.sequences;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.console.WithoutTeacher;
import io.github.recurrentzoo.cli.option.NetworkArguments;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.network.Pooling;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.sequences.SequenceDefaults;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link TrainSequences}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains a classifier of numeric sequences, such as windows of sensors; evaluates it on a held-out test set beside 1-nearest neighbor, and saves it.",
      "Without options: an LSTM on control charts in six classes.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{}",
      "{} --data moves.csv --id-column window --label-column activity --group-column person",
      "{} --data gestures --filters 32 --filter-width 8 --stride 4",
      "{} --data ECG200_TRAIN.tsv --test-data ECG200_TEST.tsv",
      "{} --data BasicMotions_TRAIN.ts --recurrence gru",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class TrainSequencesOptions implements Defaults.Provider, WithoutTeacher {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Mixin SequenceFileArguments rows = new SequenceFileArguments();

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin NetworkArguments network = new NetworkArguments();

  @Option(
      names = "--pooling",
      paramLabel = "NAME",
      defaultValue = "concat",
      description =
          "What the output layer reads: final (the final state) or concat (final state, mean and maximum of all states) "
              + DEFAULT
              + ".")
  Pooling pooling;

  @Option(
      names = "--filters",
      paramLabel = "N",
      description =
          "Filters of a convolution before the recurrent layers; 0 for none (default: 32 if most sequences have more than 250 steps, else 0).")
  Integer filters;

  @Option(
      names = "--filter-width",
      paramLabel = "N",
      description = "Steps that a filter reads (default: twice the stride, 5 at least).")
  Integer filterWidth;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description =
          "Steps from one place of a filter to the next (default: so that about 125 places are left of a long sequence, else 1).")
  Integer stride;

  @Option(
      names = "--jitter",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Augmentation: standard deviation of the noise on each value in training, in standard deviations of its channel "
              + DEFAULT
              + ".")
  double jitter;

  @Option(
      names = "--scaling",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Augmentation: standard deviation of a factor near 1 for each channel of a sequence in training "
              + DEFAULT
              + ".")
  double scaling;

  @Option(
      names = "--window",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "Augmentation: fraction of a sequence that is read in training, at a place that is drawn "
              + DEFAULT
              + ".")
  double window;

  @Mixin TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** The options of a run without arguments. */
  public TrainSequencesOptions() {}

  @Override
  public Defaults defaults() {
    return Defaults.of(
        recurrence -> SequenceClassification.recipe("control-charts", recurrence),
        SequenceClassification.recipe("sequences", Recurrence.LSTM));
  }

  /** Refuses what cannot be, before anything is read. */
  void check() {
    rows.check();
    split.check(rows.data, console);
    if (filters != null) {
      TrainingChecks.range("--filters", filters, 0, 4096);
    }
    if (filterWidth != null) {
      TrainingChecks.range("--filter-width", filterWidth, 1, 10_000);
    }
    if (stride != null) {
      TrainingChecks.range("--stride", stride, 1, 10_000);
    }
    if (filters != null
        && filters == 0
        && (training.given("--filter-width") || training.given("--stride"))) {
      throw new BadOptionException(
          "--filter-width and --stride are about a convolution, but --filters is 0. Give some filters, or leave them out.");
    }
    if (filterWidth != null && stride != null && stride > filterWidth) {
      throw new BadOptionException(
          "--stride is %d, but a filter reads %d steps, so that some would be read by none. Give a stride of --filter-width at most."
              .formatted(stride, filterWidth));
    }
    TrainingChecks.notNegative("--jitter", jitter);
    TrainingChecks.notNegative("--scaling", scaling);
    if (!(window > 0 && window <= 1)) {
      throw new BadOptionException(
          "--window must be above 0 and at most 1, but is " + window + ".");
    }
    builder();
    trainingOptions();
  }

  private SequenceClassification.Builder builder() {
    return training.apply(
        network.apply(
            SequenceClassification.builder()
                .pooling(pooling)
                .jitter(jitter)
                .scaling(scaling)
                .window(window)));
  }

  /** The network for these sequences. */
  SequenceClassification architecture(SequenceParts parts) {
    SequenceDefaults defaults = SequenceDefaults.of(parts.training(), network.recurrence);
    boolean asked = filterWidth != null || stride != null;
    int ofRows = asked && defaults.filters() == 0 ? 32 : defaults.filters();
    int steps = stride != null ? stride : smallerOf(defaults.stride(), filterWidth);
    int width = filterWidth != null ? filterWidth : Math.max(defaults.filterWidth(), steps);
    return builder()
        .missing(parts.hasMissing())
        .filters(filters != null ? filters : ofRows)
        .filterWidth(width)
        .stride(steps)
        .build();
  }

  /** Whether the command line has an option; others may have the value of a recipe. */
  private static int smallerOf(int stride, Integer width) {
    return width == null ? stride : Math.min(stride, width);
  }

  TrainingOptions trainingOptions() {
    return training.optionsWithoutTeacher(split.validationSplit);
  }
}
