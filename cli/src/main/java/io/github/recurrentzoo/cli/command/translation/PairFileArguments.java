package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import io.github.recurrentzoo.zoo.translation.TextPair;
import io.github.recurrentzoo.zoo.translation.TextPairReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the command line that name pairs of texts of the user's. */
public final class PairFileArguments {

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "TSV (.tsv) or CSV (.csv) file to learn from: two fields per row, what is given and what it becomes, and no header unless columns are named.")
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

  @Mixin DelimiterArgument delimiter = new DelimiterArgument();

  /** No file yet. */
  public PairFileArguments() {}

  /** Refuses columns without a file, and one column without the other. */
  void check() {
    if (data == null && (sourceColumn != null || targetColumn != null || delimiter.given())) {
      throw new BadOptionException(
          "--source-column, --target-column, --delimiter, --quote and --encoding are about a file; name it with --data.");
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
          "There are no pairs to learn from. Name a TSV or CSV file of yours with --data.");
    }
  }

  /**
   * Reads the file, and prints what is read.
   *
   * @param longestSource how many symbols a source may have
   * @param longestTarget how many symbols a target may have
   */
  List<TextPair> read(
      SymbolUnit sourceUnit,
      int longestSource,
      SymbolUnit targetUnit,
      int longestTarget,
      PrintStream out) {
    out.println("Reading " + data + ".");
    TextPairReader.Builder builder =
        TextPairReader.builder()
            .longestSource(sourceUnit, longestSource)
            .longestTarget(targetUnit, longestTarget);
    if (sourceColumn != null) {
      builder.columns(sourceColumn, targetColumn);
    }
    return builder.format(delimiter.format()).build().read(data);
  }
}
