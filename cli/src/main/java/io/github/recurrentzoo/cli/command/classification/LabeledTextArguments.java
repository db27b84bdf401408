package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.LabeledTextReader;
import io.github.recurrentzoo.zoo.classification.RareLabels;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the command line that name labelled texts of the user's. */
public final class LabeledTextArguments {

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "CSV (.csv) or TSV (.tsv) file with the training data; its first row names the columns.")
  Path data;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description = "Column with the texts (default: text).")
  String textColumn;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description = "Column with the labels (default: label).")
  String labelColumn;

  @Mixin DelimiterArgument delimiter = new DelimiterArgument();

  @Option(
      names = "--rare-labels",
      paramLabel = "NAME",
      description =
          "Labels with one or two rows: drop them, keep them (a label with one row is trained but not tested), merge them into other, or refuse to train (default: refuse).")
  RareLabels rareLabels;

  /** No file yet. */
  public LabeledTextArguments() {}

  /** Refuses columns without a file. */
  void check() {
    boolean aboutFile =
        textColumn != null || labelColumn != null || rareLabels != null || delimiter.given();
    if (data == null && aboutFile) {
      throw new BadOptionException(
          "--text-column, --label-column, --rare-labels, --delimiter, --quote and --encoding apply to a file only; name one with --data.");
    }
  }

  /** Reads the file, and prints what is read and what was odd about it. */
  List<LabeledText> read(PrintStream out) {
    out.println("Reading " + data + ".");
    LabeledTextReader.Builder builder = LabeledTextReader.builder();
    if (textColumn != null) {
      builder.textColumn(textColumn);
    }
    if (labelColumn != null) {
      builder.labelColumn(labelColumn);
    }
    LabeledTextReader reader = builder.format(delimiter.format()).build();
    List<LabeledText> rows = reader.read(data);
    reader.warnings().forEach(warning -> out.println("Warning: " + warning));
    return rows;
  }

  /**
   * Cuts rows in those to learn from and those for the report, and prints which labels are rare.
   */
  StratifiedSplit split(List<LabeledText> rows, double testSplit, long seed, PrintStream out) {
    RareLabels choice = rareLabels == null ? RareLabels.REFUSE : rareLabels;
    StratifiedSplit split = StratifiedSplit.split(rows, testSplit, seed, choice);
    if (!split.rare().isEmpty()) {
      out.println("Warning: " + choice.inWords(split.rare()));
    }
    return split;
  }
}
