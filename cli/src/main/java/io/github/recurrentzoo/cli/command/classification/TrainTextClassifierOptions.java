package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.option.FoldsArgument;
import io.github.recurrentzoo.cli.option.NetworkArguments;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
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
      "Trains a text classifier, evaluates it on a held-out test set, and saves it.",
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

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin FoldsArgument folds = new FoldsArgument();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin public NetworkArguments network = new NetworkArguments();

  @Option(
      names = "--embedding-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Size of a word's embedding " + DEFAULT + ".")
  int embeddingSize;

  @Option(
      names = "--vocabulary-size",
      paramLabel = "N",
      description =
          "Size of the vocabulary: the most frequent words, and two reserved ids " + DEFAULT + ".")
  int vocabularySize;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      defaultValue = "100",
      description = "Maximum number of words per text; longer texts are truncated " + DEFAULT + ".")
  int maxLength;

  @Mixin public TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** The options of a run without arguments. */
  public TrainTextClassifierOptions() {}

  @Override
  public Defaults defaults() {
    return Defaults.of(
        recurrence -> TextClassification.recipe("wordnet", recurrence),
        TextClassification.recipe("texts", Recurrence.LSTM));
  }

  public TextClassification.Builder architecture() {
    rows.check();
    split.check(rows.data, console);
    folds.check(split, console);
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
