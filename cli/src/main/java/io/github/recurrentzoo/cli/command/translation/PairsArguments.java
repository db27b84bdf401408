package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.option.FoldsArgument;
import io.github.recurrentzoo.cli.option.NetworkArguments;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.io.PrintStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that learn from pairs of texts, whatever their own data. */
public abstract class PairsArguments implements Defaults.Provider {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Mixin PairFileArguments pairs = new PairFileArguments();

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin FoldsArgument folds = new FoldsArgument();

  @Option(
      names = "--source-unit",
      paramLabel = "NAME",
      defaultValue = "characters",
      description = "Symbols of the source: characters or tokens " + DEFAULT + ".")
  public SymbolUnit sourceUnit;

  @Option(
      names = "--target-unit",
      paramLabel = "NAME",
      defaultValue = "characters",
      description = "Symbols of the target: characters or tokens " + DEFAULT + ".")
  public SymbolUnit targetUnit;

  @Option(
      names = "--max-input-length",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Maximum number of symbols of an input; longer ones are an error " + DEFAULT + ".")
  int maxInputLength;

  @Option(
      names = "--max-output-length",
      paramLabel = "N",
      defaultValue = "100",
      description = "Maximum number of symbols of an output " + DEFAULT + ".")
  int maxOutputLength;

  @Option(
      names = "--vocabulary-size",
      paramLabel = "N",
      defaultValue = "10000",
      description =
          "Size of the vocabulary of each side: the most frequent symbols, and four reserved ids "
              + DEFAULT
              + ".")
  public int vocabularySize;

  @Option(
      names = "--embedding-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Size of a symbol's embedding " + DEFAULT + ".")
  int embeddingSize;

  @Option(
      names = "--attention",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Let the decoder attend to all symbols of the input; without, it knows the encoder's final state alone "
              + DEFAULT
              + ".")
  boolean attention;

  @Mixin public NetworkArguments network = new NetworkArguments();

  @Mixin public TrainingArguments training = new TrainingArguments();

  @Mixin public PairReportArguments evaluation = new PairReportArguments();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  PairsArguments() {}

  public SequenceToSequence.Builder architecture() {
    pairs.check();
    split.check(pairs.data, console);
    folds.check(split, console);
    TrainingChecks.range("--max-input-length", maxInputLength, 1, 10_000);
    TrainingChecks.range("--max-output-length", maxOutputLength, 1, 10_000);
    TrainingChecks.range("--vocabulary-size", vocabularySize, 5, 1_000_000);
    TrainingChecks.range("--embedding-size", embeddingSize, 1, 4096);
    evaluation.check();
    return training.apply(
        network.apply(
            SequenceToSequence.builder()
                .sourceUnit(sourceUnit)
                .targetUnit(targetUnit)
                .maxInputLength(maxInputLength)
                .maxOutputLength(maxOutputLength)
                .sourceVocabularySize(vocabularySize)
                .targetVocabularySize(vocabularySize)
                .embeddingSize(embeddingSize)
                .attention(attention)));
  }

  /** Reads and splits the user's file; pairs that are too long for the network are refused. */
  PairParts parts(PrintStream out) {
    return pairs.parts(
        split, training.seed, sourceUnit, maxInputLength, targetUnit, maxOutputLength, out);
  }
}
