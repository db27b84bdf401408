package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.LabeledTextReader;
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

  @Mixin DelimiterArgument delimiter = new DelimiterArgument();

  /** No file yet. */
  public LabeledTextArguments() {}

  /** Refuses columns without a file. */
  void check() {
    if (data == null && (textColumn != null || labelColumn != null || delimiter.given())) {
      throw new BadOptionException(
          "--text-column, --label-column and --delimiter are about a file; name it with --data.");
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
    if (delimiter.given()) {
      builder.delimiter(delimiter.character);
    }
    LabeledTextReader reader = builder.build();
    List<LabeledText> rows = reader.read(data);
    reader.warnings().forEach(warning -> out.println("Warning: " + warning));
    return rows;
  }
}
