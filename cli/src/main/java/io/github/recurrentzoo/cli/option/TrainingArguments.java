package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.time.Duration;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The options of the command line that say how to train, the same for each command. */
public final class TrainingArguments {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Maximum number of epochs " + DEFAULT + ".")
  public int epochs;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Early stopping: epochs without a lower validation loss before training stops "
              + DEFAULT
              + ".")
  public int patience;

  @Option(
      names = "--keep-last",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description =
          "Train all epochs and keep the weights of the last one, in place of those with the lowest"
              + " validation loss (default: ${DEFAULT-VALUE}; false if --patience,"
              + " --learning-rate-decay or --plateau-patience is given).")
  boolean keepLast;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Rows per minibatch; 0: by the number of rows, from 16 to 128 " + DEFAULT + ".")
  public int batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      defaultValue = "0.001",
      description = "Learning rate of the optimizer Adam in the first epoch " + DEFAULT + ".")
  public double learningRate;

  @Option(
      names = "--learning-rate-decay",
      paramLabel = "X",
      defaultValue = "1",
      description = "Factor applied to the learning rate after each epoch " + DEFAULT + ".")
  double learningRateDecay;

  @Option(
      names = "--plateau-patience",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Epochs without a lower validation loss before the learning rate falls; 0: it does not "
              + DEFAULT
              + ".")
  int plateauPatience;

  @Option(
      names = "--plateau-factor",
      paramLabel = "X",
      defaultValue = "0.5",
      description = "Factor applied to the learning rate then " + DEFAULT + ".")
  double plateauFactor;

  @Option(
      names = "--teacher-forcing",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "Teacher forcing ratio in the first epoch; below 1 is scheduled sampling "
              + DEFAULT
              + ".")
  double teacherForcing;

  @Option(
      names = "--teacher-forcing-decay",
      paramLabel = "X",
      defaultValue = "1",
      description = "Factor applied to the teacher forcing ratio after each epoch " + DEFAULT + ".")
  double teacherForcingDecay;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Random seed " + DEFAULT + ".")
  public long seed;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description =
          "Time between checkpoints in the output folder: 30s, 5m, 2h "
              + DEFAULT
              + ". Shorter trainings write none.")
  public Duration checkpointEvery;

  @Option(
      names = "--resume",
      description =
          "Resume from the last checkpoint in the output folder, if there is one. Needs the same data and options; --epochs may be larger.")
  public boolean resume;

  @Spec(Spec.Target.MIXEE)
  CommandSpec mixee;

  /** The options of a run without arguments. */
  public TrainingArguments() {}

  /**
   * Whether the last epoch's weights are kept: where the command's default is so, not if the
   * command line has options that choose an epoch or a schedule.
   */
  private boolean keepsLast() {
    return keepLast
        && (given("--keep-last")
            || !(given("--patience")
                || given("--learning-rate-decay")
                || given("--plateau-patience")));
  }

  /** Whether the command line has an option; without a command line it has none. */
  public boolean given(String option) {
    ParseResult parsed = mixee == null ? null : mixee.commandLine().getParseResult();
    return parsed != null && parsed.hasMatchedOption(option);
  }

  /** Sets a builder's updater and seed. */
  public <B extends NetworkOptions<B>> B apply(B builder) {
    return apply(builder, learningRate, seed);
  }

  /** Sets a builder's updater and seed, with another learning rate and seed. */
  public <B extends NetworkOptions<B>> B apply(B builder, double rate, long otherSeed) {
    positive("--learning-rate", rate);
    fraction("--learning-rate-decay", learningRateDecay);
    Adam updater =
        learningRateDecay == 1
            ? new Adam(rate)
            : new Adam(new ExponentialSchedule(ScheduleType.EPOCH, rate, learningRateDecay));
    return builder.updater(updater).seed(otherSeed);
  }

  /** The options of the training loop. */
  public TrainingOptions options() {
    return options(seed, TrainingOptions.builder().build().validationSplit());
  }

  /** The options of the training loop, with another seed and fraction for validation. */
  public TrainingOptions options(long otherSeed, double validationSplit) {
    TrainingChecks.range("--epochs", epochs, 1, 1_000_000);
    TrainingChecks.range("--patience", patience, 1, 1_000_000);
    TrainingChecks.range("--batch-size", batchSize, 0, 65_536);
    if (!(teacherForcing >= 0 && teacherForcing <= 1)) {
      throw new BadOptionException(
          "--teacher-forcing must be from 0 to 1, but is " + teacherForcing + ".");
    }
    fraction("--teacher-forcing-decay", teacherForcingDecay);
    TrainingChecks.range("--plateau-patience", plateauPatience, 0, 1_000_000);
    if (plateauPatience > 0 && !(plateauFactor > 0 && plateauFactor < 1)) {
      throw new BadOptionException(
          "--plateau-factor must be between 0 and 1, but is " + plateauFactor + ".");
    }
    if (plateauPatience > 0 && learningRateDecay != 1) {
      throw new BadOptionException(
          "--learning-rate-decay and --plateau-patience both lower the learning rate; give --plateau-patience 0 with a decay.");
    }
    return TrainingOptions.builder()
        .epochs(epochs)
        .batchSize(batchSize)
        .patience(patience)
        .keepLast(keepsLast())
        .validationSplit(validationSplit)
        .seed(otherSeed)
        .teacherForcing(teacherForcing)
        .teacherForcingDecay(teacherForcingDecay)
        .reduceOnPlateau(plateauPatience, plateauFactor)
        .build();
  }

  /** As {@link #options()}, with another fraction of the data for validation. */
  public TrainingOptions optionsWithValidation(double fraction) {
    return options(seed, fraction);
  }

  /** As {@link #options()}, where the network does not read its own output. */
  public TrainingOptions optionsWithoutTeacher() {
    return optionsWithoutTeacher(TrainingOptions.builder().build().validationSplit());
  }

  /** As {@link #options()}, where the network does not read its own output. */
  public TrainingOptions optionsWithoutTeacher(double validationSplit) {
    if (teacherForcing != 1 || teacherForcingDecay != 1) {
      throw new BadOptionException(
          "--teacher-forcing and --teacher-forcing-decay are for networks that read their own output (text generation, sequence to sequence); this one does not. Leave them at 1.");
    }
    return options(seed, validationSplit);
  }

  public static void positive(String option, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new BadOptionException(
          "%s must be a positive number, but is %s.".formatted(option, value));
    }
  }

  static void fraction(String option, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new BadOptionException(
          "%s must be above 0 and at most 1, but is %s.".formatted(option, value));
    }
  }
}
