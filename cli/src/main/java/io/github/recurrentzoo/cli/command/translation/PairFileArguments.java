package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.TextPair;
import io.github.recurrentzoo.zoo.translation.TextPairReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the command line that name pairs of texts of the user's. */
public final class PairFileArguments {

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "TSV (.tsv) or CSV (.csv) file with the training data: source and target in each row, without header unless columns are named.")
  Path data;

  @Option(
      names = "--source-column",
      paramLabel = "NAME",
      description = "Column with the sources; the first row names the columns.")
  String sourceColumn;

  @Option(names = "--target-column", paramLabel = "NAME", description = "Column with the targets.")
  String targetColumn;

  @Mixin DelimiterArgument delimiter = new DelimiterArgument();

  /** No file yet. */
  public PairFileArguments() {}

  /** Refuses columns without a file, and one column without the other. */
  void check() {
    if (data == null && (sourceColumn != null || targetColumn != null || delimiter.given())) {
      throw new BadOptionException(
          "--source-column, --target-column, --delimiter, --quote and --encoding apply to a file only; name one with --data.");
    }
    if ((sourceColumn == null) != (targetColumn == null)) {
      throw new BadOptionException(
          "Give both --source-column and --target-column, or neither for a file without header.");
    }
  }

  /** Refuses to go on without a file. */
  void requireData() {
    if (data == null) {
      throw new BadOptionException(
          "There is no training data. Give a TSV or CSV file with --data.");
    }
  }

  /** The names of the columns, which a model remembers; none for a file without a header. */
  Map<String, String> columns() {
    return sourceColumn == null ? Map.of() : Map.of("source", sourceColumn, "target", targetColumn);
  }

  /**
   * Reads the file, and those for validation and test, or draws rows for these; prints what is
   * read.
   *
   * @param longestSource how many symbols a source may have
   * @param longestTarget how many symbols a target may have
   * @throws DataException if there are too few sources
   */
  PairParts parts(
      SplitArguments split,
      long seed,
      SymbolUnit sourceUnit,
      int longestSource,
      SymbolUnit targetUnit,
      int longestTarget,
      PrintStream out) {
    TextPairReader.Builder builder =
        TextPairReader.builder()
            .longestSource(sourceUnit, longestSource)
            .longestTarget(targetUnit, longestTarget);
    if (sourceColumn != null) {
      builder.columns(sourceColumn, targetColumn);
    }
    TextPairReader reader = builder.format(delimiter.format()).build();
    List<TextPair> pairs = read(reader, data, out);
    Optional<List<TextPair>> validation =
        Optional.ofNullable(split.validationData).map(file -> read(reader, file, out));
    int needed = 1 + (validation.isPresent() ? 0 : 1) + (split.testData != null ? 0 : 1);
    long sources = pairs.stream().map(TextPair::source).distinct().count();
    if (sources < needed) {
      throw new DataException(
          "%s: there are %d pairs with %d different sources; expected at least %s sources: one each for training, validation and test. Add pairs."
              .formatted(data, pairs.size(), sources, needed == 3 ? "three" : needed));
    }
    PairSplit drawn =
        split.testData == null
            ? PairSplit.bySource(pairs, split.testSplit, seed)
            : new PairSplit(pairs, read(reader, split.testData, out));
    return new PairParts(drawn, validation);
  }

  private static List<TextPair> read(TextPairReader reader, Path file, PrintStream out) {
    out.println("Reading " + file + ".");
    return reader.read(file);
  }
}
