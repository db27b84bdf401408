package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.DecodingOptions;
import io.github.recurrentzoo.zoo.SequenceToSequence;
import io.github.recurrentzoo.zoo.data.TextPairReader;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the examples that learn from pairs of texts, whatever their own data. */
public abstract class PairsArguments implements Defaults.Provider {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "TSV (.tsv) or CSV (.csv) file in UTF-8 to learn from: two fields per row, what is given and what it becomes, and no header unless columns are named.")
  Path data;

  @Option(
      names = "--source-column",
      paramLabel = "NAME",
      description = "The first row names the columns, and this is what is given.")
  String sourceColumn;

  @Option(
      names = "--target-column",
      paramLabel = "NAME",
      description = "The column with what it becomes.")
  String targetColumn;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      converter = DelimiterConverter.class,
      description =
          "Character between two fields; also comma, semicolon, tab (default: the file's name tells).")
  Character delimiter;

  @Option(
      names = "--source-unit",
      paramLabel = "NAME",
      defaultValue = "characters",
      description = "A symbol of what is given: characters or tokens " + DEFAULT + ".")
  SymbolUnit sourceUnit;

  @Option(
      names = "--target-unit",
      paramLabel = "NAME",
      defaultValue = "characters",
      description = "A symbol of what it becomes: characters or tokens " + DEFAULT + ".")
  SymbolUnit targetUnit;

  @Option(
      names = "--max-input-length",
      paramLabel = "N",
      defaultValue = "100",
      description = "Symbols that an input may have; longer ones are refused " + DEFAULT + ".")
  int maxInputLength;

  @Option(
      names = "--max-output-length",
      paramLabel = "N",
      defaultValue = "100",
      description = "Symbols that an output may have " + DEFAULT + ".")
  int maxOutputLength;

  @Option(
      names = "--vocabulary-size",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Most frequent symbols to know on each side, and four ids " + DEFAULT + ".")
  int vocabularySize;

  @Option(
      names = "--embedding-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Numbers that stand for a symbol " + DEFAULT + ".")
  int embeddingSize;

  @Mixin NetworkArguments network = new NetworkArguments();

  @Mixin TrainingArguments training = new TrainingArguments();

  @Option(
      names = "--beam",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "Outputs to follow at a time when the report is made; 1 is greedy " + DEFAULT + ".")
  int beam;

  @Option(
      names = "--test-pairs",
      paramLabel = "N",
      defaultValue = "10000",
      description = "At most so many pairs are kept for the report " + DEFAULT + ".")
  int testPairs;

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  PairsArguments() {}

  SequenceToSequence.Builder architecture() {
    if (data == null && (sourceColumn != null || targetColumn != null || delimiter != null)) {
      throw new BadOptionException(
          "--source-column, --target-column and --delimiter are about a file; name it with --data.");
    }
    if ((sourceColumn == null) != (targetColumn == null)) {
      throw new BadOptionException(
          "Give both --source-column and --target-column, or neither for a file without header.");
    }
    TrainingChecks.range("--max-input-length", maxInputLength, 1, 10_000);
    TrainingChecks.range("--max-output-length", maxOutputLength, 1, 10_000);
    TrainingChecks.range("--vocabulary-size", vocabularySize, 5, 1_000_000);
    TrainingChecks.range("--embedding-size", embeddingSize, 1, 4096);
    TrainingChecks.range("--test-pairs", testPairs, 1, 10_000_000);
    return training.apply(
        network.apply(
            SequenceToSequence.builder()
                .sourceUnit(sourceUnit)
                .targetUnit(targetUnit)
                .maxInputLength(maxInputLength)
                .maxOutputLength(maxOutputLength)
                .sourceVocabularySize(vocabularySize)
                .targetVocabularySize(vocabularySize)
                .embeddingSize(embeddingSize)));
  }

  DecodingOptions decoding() {
    TrainingChecks.range("--beam", beam, 1, 1000);
    return DecodingOptions.beam(beam);
  }

  TextPairReader reader() {
    TextPairReader.Builder builder =
        TextPairReader.builder()
            .longestSource(sourceUnit, maxInputLength)
            .longestTarget(targetUnit, maxOutputLength);
    if (sourceColumn != null) {
      builder.columns(sourceColumn, targetColumn);
    }
    if (delimiter != null) {
      builder.delimiter(delimiter);
    }
    return builder.build();
  }
}
