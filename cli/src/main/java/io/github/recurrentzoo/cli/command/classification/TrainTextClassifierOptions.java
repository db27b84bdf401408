package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.option.NetworkArguments;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.network.Recurrence;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link TrainTextClassifier}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains a recurrent network that puts texts into classes, reports how good it is, and saves it.",
      "Without options: an LSTM on the definitions of WordNet's nouns, 14 classes.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{}",
      "{} --recurrence rrnn --hidden-size 128",
      "{} --data reviews.csv --label-column stars",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class TrainTextClassifierOptions implements Defaults.Provider {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Mixin LabeledTextArguments rows = new LabeledTextArguments();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin public NetworkArguments network = new NetworkArguments();

  @Option(
      names = "--embedding-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Numbers that stand for a word " + DEFAULT + ".")
  int embeddingSize;

  @Option(
      names = "--vocabulary-size",
      paramLabel = "N",
      description = "Most frequent words to know, and two ids " + DEFAULT + ".")
  int vocabularySize;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Words of a text to read; what comes behind them is neither learned from nor asked about "
              + DEFAULT
              + ".")
  int maxLength;

  @Mixin public TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** The options of a run without arguments. */
  public TrainTextClassifierOptions() {}

  @Override
  public Defaults defaults() {
    return new Defaults()
        .each("--vocabulary-size", 20_000, 10_000)
        .each("--epochs", 8, 20)
        .each("--batch-size", 128, 32)
        .each("--learning-rate", 0.004, 0.001)
        .each("--learning-rate-decay", 0.7, 1)
        .each("--drop-out", 0.5, 0)
        .of(Recurrence.RRNN, "--epochs", 10)
        .of(Recurrence.RRNN, "--batch-size", 64)
        .of(Recurrence.RRNN, "--learning-rate", 0.002)
        .of(Recurrence.RRNN, "--learning-rate-decay", 0.8)
        .of(Recurrence.RRNN, "--drop-out", 0.4);
  }

  public TextClassification.Builder architecture() {
    rows.check();
    TrainingChecks.range("--embedding-size", embeddingSize, 1, 4096);
    TrainingChecks.range("--vocabulary-size", vocabularySize, 3, 1_000_000);
    TrainingChecks.range("--max-length", maxLength, 1, 10_000);
    return training.apply(
        network.apply(
            TextClassification.builder()
                .embeddingSize(embeddingSize)
                .vocabularySize(vocabularySize)
                .maxLength(maxLength)));
  }
}
