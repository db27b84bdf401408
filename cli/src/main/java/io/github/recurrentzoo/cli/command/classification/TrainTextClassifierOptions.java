package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.console.WithoutTeacher;
import io.github.recurrentzoo.cli.option.FoldsArgument;
import io.github.recurrentzoo.cli.option.NetworkArguments;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextDefaults;
import io.github.recurrentzoo.zoo.network.Pooling;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.learning.config.IUpdater;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of {@link TrainTextClassifier}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains a text classifier, evaluates it on a held-out test set, and saves it.",
      "Without options: an LSTM on the definitions of WordNet's nouns, 14 classes.",
      "With --data, --unit, --max-length, --batch-size, --epochs and --embeddings depend on the rows"
          + " where they are not given, and of fewer than 1,200 none validates. The learning rate"
          + " rises and falls to 0, all epochs are trained"
          + " and the last one is kept; --patience keeps the one with the lowest validation loss,"
          + " --learning-rate-decay and --plateau-patience set another schedule.",
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
public final class TrainTextClassifierOptions implements Defaults.Provider, WithoutTeacher {

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
      description = "Size of the embedding of a word or character " + DEFAULT + ".")
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
      description =
          "Maximum number of words or characters per text; longer texts are truncated "
              + DEFAULT
              + ".")
  int maxLength;

  @Option(
      names = "--unit",
      paramLabel = "NAME",
      defaultValue = "words",
      description =
          "What the network reads: words, or characters (for languages, names and codes);"
              + " with --data the default depends on the texts "
              + DEFAULT
              + ".")
  TextUnit unit;

  @Option(
      names = "--pooling",
      paramLabel = "NAME",
      defaultValue = "final",
      description =
          "What the output layer reads: final (the final state) or concat (final state, mean and"
              + " maximum of all states) "
              + DEFAULT
              + ".")
  Pooling pooling;

  @Option(
      names = "--evidence",
      paramLabel = "NAME",
      converter = EvidenceConverter.class,
      completionCandidates = EvidenceConverter.Names.class,
      defaultValue = "none",
      description =
          "Linear model of words and word pairs, or sequences of one to three characters, whose"
              + " scores the output layer reads as well: none, naive-bayes, regression (logistic"
              + " regression on tf-idf) or both, each by the share that held-out folds choose "
              + DEFAULT
              + ".")
  Evidence evidence;

  @Option(
      names = "--embeddings",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "Pretrained word vectors, which are not trained further: auto (with --data: english, if"
              + " it knows 60 %% of the words), english, none, or a text file of GloVe, word2vec or"
              + " fastText "
              + DEFAULT
              + ".")
  String embeddings;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Occurrences that a word or character needs in the training rows to be in the"
              + " vocabulary; pretrained vectors need none "
              + DEFAULT
              + ".")
  int minCount;

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      defaultValue = "0",
      description = "Label smoothing: probability that is spread over all classes " + DEFAULT + ".")
  double labelSmoothing;

  @Mixin public TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  @Spec CommandSpec spec;

  /** Whether no row validates; known from {@link #architecture(List, PrintStream)} on. */
  boolean allLearned;

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
    if (unit != TextUnit.WORDS && given("--embeddings") && !embeddings.equals("none")) {
      throw new BadOptionException(
          "--embeddings has no meaning with --unit %s. Leave it out.".formatted(unit.inWords()));
    }
    split.check(rows.data, console);
    folds.check(split, console);
    TrainingChecks.range("--embedding-size", embeddingSize, 1, 4096);
    TrainingChecks.range("--vocabulary-size", vocabularySize, 3, 1_000_000);
    TrainingChecks.range("--max-length", maxLength, 1, 10_000);
    TrainingChecks.range("--min-count", minCount, 1, 1_000_000);
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new BadOptionException(
          "--label-smoothing must be at least 0 and below 1, but is " + labelSmoothing + ".");
    }
    return training.apply(
        network.apply(
            TextClassification.builder()
                .embeddingSize(embeddingSize)
                .vocabularySize(vocabularySize)
                .maxLength(maxLength)
                .unit(unit)
                .pooling(pooling)
                .evidence(evidence)
                .minCount(minCount)
                .labelSmoothing(labelSmoothing)));
  }

  /**
   * As {@link #architecture()}, for these rows: what the command line leaves open and depends on
   * rows of the user's own is set here and in {@link #training}.
   */
  TextClassification.Builder architecture(List<LabeledText> learned, PrintStream out) {
    if (rows.data == null) {
      return architecture().embeddings(vectors(Optional.empty()));
    }
    TextDefaults defaults =
        given("--unit") || !embeddings.equals("auto")
            ? TextDefaults.of(learned, network.recurrence, unit)
            : TextDefaults.of(learned, network.recurrence);
    unit = defaults.unit();
    maxLength = given("--max-length") ? maxLength : defaults.maxLength();
    training.batchSize = given("--batch-size") ? training.batchSize : defaults.batchSize();
    training.epochs = given("--epochs") ? training.epochs : defaults.epochs();
    EmbeddingSource source = vectors(defaults.vectors());
    TextClassification.Builder builder =
        architecture()
            .embeddings(source)
            .minCount(source == null || given("--min-count") ? minCount : 1);
    allLearned = !validates(defaults);
    long trained =
        split.validationData == null && !allLearned
            ? Math.round(learned.size() * (1 - split.validationSplit))
            : learned.size();
    if (!ownSchedule()) {
      builder.updater(schedule(trained));
    }
    out.printf(
        Locale.ROOT,
        "%,d rows: %d epochs in batches of %d, %d %s a text, %s%s.%n",
        learned.size(),
        training.epochs,
        trainingOptions().batchSize(trained),
        maxLength,
        unit.inWords(),
        source != null
            ? "word vectors: " + source.name()
            : unit == TextUnit.WORDS
                ? "no pretrained word vectors"
                : "read as they are written (--unit words reads words)",
        allLearned ? "; none of the rows validates" : "");
    return builder;
  }

  /**
   * A network that was made for other rows, with the schedule of the learning rate for these, all
   * of which are learned from.
   */
  TextClassification withSchedule(TextClassification made, List<LabeledText> learned) {
    return rows.data == null || ownSchedule()
        ? made
        : made.toBuilder().updater(schedule(learned.size())).build();
  }

  private IUpdater schedule(long trained) {
    return TextDefaults.updater(
        trained, training.batchSize, training.epochs, training.learningRate);
  }

  /** Whether the command line says how the learning rate falls. */
  private boolean ownSchedule() {
    return given("--learning-rate-decay") || given("--plateau-patience");
  }

  /**
   * Whether some of so many rows validate: of few none does, unless the command line asks for
   * something that needs them.
   */
  private boolean validates(TextDefaults defaults) {
    return rows.data == null
        || split.validationData != null
        || given("--validation-split")
        || defaults.validates()
        || !trainingOptions().keepLast();
  }

  TrainingOptions trainingOptions() {
    return training.optionsWithoutTeacher(split.validationSplit);
  }

  private EmbeddingSource vectors(Optional<EmbeddingSource> auto) {
    return switch (embeddings) {
      case "auto" -> given("--embedding-size") || unit != TextUnit.WORDS ? null : auto.orElse(null);
      case "none" -> null;
      case "english" -> EmbeddingSource.english();
      default -> EmbeddingSource.of(Path.of(embeddings));
    };
  }

  /** Whether the command line has an option; without a command line, all are as they were set. */
  private boolean given(String option) {
    return spec == null || spec.commandLine().getParseResult().hasMatchedOption(option);
  }
}
