package io.github.recurrentzoo.cli.command.tagging;

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
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.tagging.TaggedText;
import io.github.recurrentzoo.zoo.tagging.TaggingDefaults;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link TrainTagger}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains a tagger, which gives each word of a sentence a label; evaluates it on a held-out test set, and saves it.",
      "Without options: an LSTM in both directions on the parts of speech of the Brown corpus, in about half an hour.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{}",
      "{} --data names.conll",
      "{} --data words.csv --word-column token --label-column pos --sentence-column id",
      "{} --data train.conllu --test-data test.conllu --recurrence gru",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class TrainTaggerOptions implements Defaults.Provider, WithoutTeacher {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Mixin TaggedFileArguments rows = new TaggedFileArguments();

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin NetworkArguments network = new NetworkArguments();

  @Option(
      names = "--embedding-size",
      paramLabel = "N",
      defaultValue = "50",
      description = "Size of a word's trained embedding " + DEFAULT + ".")
  int embeddingSize;

  @Option(
      names = "--vocabulary-size",
      paramLabel = "N",
      defaultValue = "20000",
      description =
          "Size of the vocabulary: the most frequent words, and two reserved ids " + DEFAULT + ".")
  int vocabularySize;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "How often a word must occur in the training data to have an embedding of its own "
              + DEFAULT
              + ".")
  int minCount;

  @Option(
      names = "--affixes",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Read prefix, suffixes and shape (capitals, digits) of each word as well "
              + DEFAULT
              + ".")
  boolean affixes;

  @Option(
      names = "--crf",
      negatable = true,
      description =
          "Score labels that follow each other as well: a linear-chain CRF in place of a softmax at each word (default: if the labels mark spans, and without --class-weights).")
  Boolean crf;

  @Option(
      names = "--english-vectors",
      negatable = true,
      description =
          "Read the zoo's English word vectors as well (default: if they know 60 %% of the words).")
  Boolean englishVectors;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Number of words that are read at once; longer sentences are read in pieces "
              + DEFAULT
              + ".")
  int maxLength;

  @Mixin TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** The options of a run without arguments. */
  public TrainTaggerOptions() {}

  @Override
  public Defaults defaults() {
    return Defaults.of(
        recurrence -> SequenceTagging.recipe("brown", recurrence),
        SequenceTagging.recipe("tags", Recurrence.LSTM));
  }

  /** Refuses what cannot be, before anything is read. */
  void check() {
    rows.check();
    split.check(rows.data, console);
    TrainingChecks.range("--embedding-size", embeddingSize, 1, 4096);
    TrainingChecks.range("--vocabulary-size", vocabularySize, 3, 10_000_000);
    TrainingChecks.range("--min-count", minCount, 1, 1_000_000);
    TrainingChecks.range("--max-length", maxLength, 1, 100_000);
    if (Boolean.TRUE.equals(crf) && !rows.classWeights.isNone()) {
      throw new BadOptionException(
          "--class-weights does not go with --crf: its loss is that of a whole sentence, in which no label has a weight of its own. Leave one of them out.");
    }
    architecture();
    trainingOptions();
  }

  private SequenceTagging.Builder architecture() {
    return training.apply(
        network.apply(
            SequenceTagging.builder()
                .embeddingSize(embeddingSize)
                .vocabularySize(vocabularySize)
                .minCount(minCount)
                .affixes(affixes)
                .maxLength(maxLength)));
  }

  /** The network for these sentences. */
  SequenceTagging architecture(List<TaggedText> learned) {
    TaggingDefaults defaults = TaggingDefaults.of(learned);
    boolean withCrf = crf == null ? defaults.spans() && rows.classWeights.isNone() : crf;
    boolean english = englishVectors == null ? defaults.english() : englishVectors;
    return architecture().englishVectors(english).crf(withCrf).build();
  }

  TrainingOptions trainingOptions() {
    return training.optionsWithoutTeacher(split.validationSplit);
  }
}
