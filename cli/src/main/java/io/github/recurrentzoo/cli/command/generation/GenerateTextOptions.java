package io.github.recurrentzoo.cli.command.generation;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.NetworkArguments;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link GenerateText}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains a text generator of characters or words, reports bits per character on a held-out test set,",
      "saves it, and prints a sample. With --model it only samples from a saved model.",
      "Without options: an LSTM on the definitions of WordNet, in about ten minutes.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{}",
      "{} --data novel.txt",
      "{} --data novel.txt --unit words",
      "{} --model models/definitions-lstm --prompt 'a small bird' --length 300",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class GenerateTextOptions implements Defaults.Provider {

  /** The ids of padding and of unknown words, and one word. */
  private static final int FEWEST_WORDS = 3;

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "Text file in UTF-8 with the training data; its end is held out as test set. Or a folder"
              + " of text files (.txt): each is a document, and whole ones are held out.")
  Path data;

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin WritingArguments writing = new WritingArguments();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin public NetworkArguments network = new NetworkArguments();

  @Option(
      names = "--unit",
      paramLabel = "NAME",
      defaultValue = "characters",
      description =
          "What the network reads and writes: characters, or words, which have recipes of their own "
              + DEFAULT
              + ".")
  TextUnit unit;

  @Option(
      names = "--embedding-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Size of a character's or word's embedding " + DEFAULT + ".")
  int embeddingSize;

  @Option(
      names = "--vocabulary-size",
      paramLabel = "N",
      defaultValue = "256",
      description =
          "Size of the vocabulary: the most frequent characters or words, and one id for all others "
              + DEFAULT
              + ".")
  public int vocabularySize;

  @Option(
      names = "--segment-length",
      paramLabel = "N",
      defaultValue = "64",
      description = "Length of truncated BPTT, in characters or words " + DEFAULT + ".")
  int segmentLength;

  @Mixin public TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** The options of a run without arguments. */
  public GenerateTextOptions() {}

  @Override
  public Defaults defaults() {
    return defaults("definitions", "text");
  }

  @Override
  public Defaults defaults(String... args) {
    Defaults defaults =
        readsWords(args) ? defaults("definition-words", "words") : defaults("definitions", "text");
    defaults.look(args);
    return defaults;
  }

  private static Defaults defaults(String onDefinitions, String onFiles) {
    return Defaults.of(
            recurrence -> TextGeneration.recipe(onDefinitions, recurrence),
            TextGeneration.recipe(onFiles, Recurrence.LSTM))
        .both("testSplit", 0.05);
  }

  private static boolean readsWords(String... args) {
    boolean words = false;
    for (int i = 0; i < args.length; i++) {
      String unit = Defaults.valueOf("--unit", args[i], i + 1 < args.length ? args[i + 1] : "");
      words = unit == null ? words : unit.equalsIgnoreCase("words");
    }
    return words;
  }

  public TextGeneration.Builder architecture() {
    split.check(data, console);
    TrainingChecks.range("--embedding-size", embeddingSize, 1, 4096);
    if (unit == TextUnit.WORDS && vocabularySize < FEWEST_WORDS) {
      throw new BadOptionException(
          "--vocabulary-size must be from %d to 100000 with --unit words, but is %d: two ids are for padding and for unknown words."
              .formatted(FEWEST_WORDS, vocabularySize));
    }
    TrainingChecks.range("--vocabulary-size", vocabularySize, 2, 100_000);
    TrainingChecks.range("--segment-length", segmentLength, 1, 10_000);
    if (network.bidirectional) {
      throw new BadOptionException(
          "--bidirectional is not for text generation: a network that predicts the next character must not read from the end. Leave it out.");
    }
    return training.apply(
        network.apply(
            TextGeneration.builder()
                .unit(unit)
                .embeddingSize(embeddingSize)
                .vocabularySize(vocabularySize)
                .segmentLength(segmentLength)));
  }

  TrainingOptions trainingOptions(double validationSplit) {
    return training.optionsWithValidation(validationSplit);
  }
}
