package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.console.WithoutTeacher;
import io.github.recurrentzoo.cli.option.FineTuneArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link FineTuneTextClassifier}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Fine-tunes a text classifier on your rows, with other labels and new words.",
      "Without --data: learns WordNet's 15 classes of verbs from a few examples of each, several times, and compares with a network trained from scratch, with the defaults of train text --data.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{}",
      "{} --data reviews.csv --text-column review --label-column stars",
      "{} --model models/reviews-lstm --data more.csv --freeze embedding",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class FineTuneTextClassifierOptions implements Defaults.Provider, WithoutTeacher {

  static final String PRESET = "wordnet-lstm";
  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin LabeledTextArguments rows = new LabeledTextArguments();

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin FineTuneArguments tuning = new FineTuneArguments();

  @Option(
      names = "--examples-per-class",
      paramLabel = "N",
      defaultValue = "20",
      description = "Training examples of each class of verbs " + DEFAULT + ".")
  int examplesPerClass;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Number of runs, each with other examples " + DEFAULT + ".")
  int seeds;

  @Mixin TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** The options of a run without arguments. */
  public FineTuneTextClassifierOptions() {}

  @Override
  public Defaults defaults() {
    return new Defaults()
        .each("epochs", 80, 40)
        .each("patience", 15, 5)
        .each("batchSize", 8, 32)
        .each("learningRate", 0.0003, 0.001)
        .each("headFactor", 30, 10);
  }

  void check() {
    rows.check();
    split.check(rows.data, console);
    if (rows.data == null) {
      console.refuse(
          "for a comparison",
          "--resume",
          "--checkpoint-every",
          "--class-weights",
          "--test-split",
          "--retrain");
    } else {
      console.refuse("with --data", "--examples-per-class", "--seeds");
    }
    TrainingChecks.range("--examples-per-class", examplesPerClass, 2, 500);
    TrainingChecks.range("--seeds", seeds, 1, 100);
    training.optionsWithoutTeacher(split.validationSplit);
    tuning(training.seed); // refuses what cannot be
  }

  TextClassifier load() {
    return model.loadOr(PRESET, TextClassifier::load, TextClassifier::pretrained);
  }

  String modelName() {
    return model.nameOr(PRESET);
  }

  FineTuneOptions tuning(long seed) {
    return tuning.options(training, training.options(seed, split.validationSplit));
  }
}
