package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.FineTuneOptions;
import io.github.recurrentzoo.zoo.Freeze;
import io.github.recurrentzoo.zoo.TextClassification;
import io.github.recurrentzoo.zoo.TextClassifier;
import io.github.recurrentzoo.zoo.TrainingOptions;
import io.github.recurrentzoo.zoo.data.LabeledTextReader;
import java.nio.file.Path;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link FineTuneTextClassifier}, as the command line gives them. */
@Command(
    name = "FineTuneTextClassifier",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Fits a trained text classifier to other rows: other labels, new words.",
      "Without --data: learns WordNet's 15 classes of verbs from a few examples of each, several times, beside a network that begins from nothing.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{}",
      "{} --data reviews.csv --text-column review --label-column stars",
      "{} --model models/reviews-lstm --data more.csv --freeze embedding",
      "",
      "Exit codes: 0 all went well, 2 something given cannot be used, 1 unexpected."
    })
public final class FineTuneTextClassifierOptions {

  static final String PRESET = "wordnet-lstm";
  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Mixin ModelArgument model = new ModelArgument();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "CSV (.csv) or TSV (.tsv) file in UTF-8 to learn from; its first row names the columns.")
  Path data;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description = "Column with the texts (default: text).")
  String textColumn;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description = "Column with the classes (default: label).")
  String labelColumn;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      converter = DelimiterConverter.class,
      description =
          "Character between two fields; also comma, semicolon, tab (default: the file's name tells).")
  Character delimiter;

  @Mixin OutputArguments output = new OutputArguments();

  @Option(
      names = "--freeze",
      paramLabel = "WHAT",
      defaultValue = "NOTHING",
      description =
          "Layers that stay as they are: nothing, embedding, all_but_head " + DEFAULT + ".")
  Freeze freeze;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      defaultValue = "0.001",
      description = "Of the updater Adam, below the output layer " + DEFAULT + ".")
  double learningRate;

  @Option(
      names = "--head-factor",
      paramLabel = "X",
      defaultValue = "10",
      description = "What the output layer's learning rate is multiplied by " + DEFAULT + ".")
  double headFactor;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "80",
      description = "At most so many passes over the data " + DEFAULT + ".")
  int epochs;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "15",
      description = "Stop after so many epochs without gain " + DEFAULT + ".")
  int patience;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "8",
      description = "Rows per step " + DEFAULT + ".")
  int batchSize;

  @Option(
      names = "--examples-per-class",
      paramLabel = "N",
      defaultValue = "20",
      description = "Rows of each class of verbs to learn from " + DEFAULT + ".")
  int examplesPerClass;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often to draw these rows and learn from them " + DEFAULT + ".")
  int seeds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of all that is random, the first of several " + DEFAULT + ".")
  long seed;

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** The options of a run without arguments. */
  public FineTuneTextClassifierOptions() {}

  void check() {
    if (data == null) {
      console.refuse("without --data", "--text-column", "--label-column", "--delimiter");
    } else {
      console.refuse("with --data", "--examples-per-class", "--seeds");
    }
    TrainingChecks.range("--epochs", epochs, 1, 1_000_000);
    TrainingChecks.range("--patience", patience, 1, 1_000_000);
    TrainingChecks.range("--batch-size", batchSize, 1, 65_536);
    TrainingChecks.range("--examples-per-class", examplesPerClass, 2, 500);
    TrainingChecks.range("--seeds", seeds, 1, 100);
    if (!(learningRate > 0) || !(headFactor > 0)) {
      throw new BadOptionException(
          "--learning-rate and --head-factor must be above 0, but are %s and %s."
              .formatted(learningRate, headFactor));
    }
  }

  TextClassifier load() {
    return model.isGiven()
        ? model.load(TextClassifier::load, TextClassifier::pretrained)
        : TextClassifier.pretrained(PRESET);
  }

  String modelName() {
    return model.isGiven() ? model.name() : PRESET;
  }

  LabeledTextReader reader() {
    LabeledTextReader.Builder builder =
        LabeledTextReader.builder()
            .textColumn(textColumn == null ? "text" : textColumn)
            .labelColumn(labelColumn == null ? "label" : labelColumn);
    if (delimiter != null) {
      builder.delimiter(delimiter);
    }
    return builder.build();
  }

  FineTuneOptions tuning(long otherSeed) {
    return FineTuneOptions.builder()
        .freeze(freeze)
        .learningRate(learningRate)
        .headFactor(headFactor)
        .training(training(otherSeed, batchSize))
        .build();
  }

  /**
   * The network that begins from nothing. Its settings were the best of eleven, those of tuning the
   * best of ten, on other draws than the ones of the default seeds.
   */
  TextClassification.Builder scratch(long otherSeed) {
    return TextClassification.builder()
        .embeddingSize(256)
        .hiddenSize(256)
        .dropOut(0.5)
        .vocabularySize(20_000)
        .updater(new Adam(0.003))
        .seed(otherSeed);
  }

  TrainingOptions scratchTraining(long otherSeed) {
    return training(otherSeed, 16);
  }

  private TrainingOptions training(long otherSeed, int rowsPerStep) {
    return TrainingOptions.builder()
        .epochs(epochs)
        .patience(patience)
        .batchSize(rowsPerStep)
        .seed(otherSeed)
        .build();
  }
}
