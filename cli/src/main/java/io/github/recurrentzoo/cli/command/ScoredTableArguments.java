package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the command line that name a {@link ScoredTable}. */
public final class ScoredTableArguments {

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "CSV (.csv) or TSV (.tsv) file with texts in a column; its first row names the columns.")
  Path data;

  @Mixin DelimiterArgument delimiter = new DelimiterArgument();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "CSV (.csv) or TSV (.tsv) file for the rows of --data with their answers.")
  Path output;

  /** No table yet. */
  public ScoredTableArguments() {}

  /** Whether a table is to be read, instead of texts or lines. */
  public boolean given() {
    return data != null;
  }

  /** Refuses what belongs to a table, where none is read. */
  public void refuse(ConsoleArguments console, String column) {
    console.refuse("without --data", column, "--output", "--delimiter", "--quote", "--encoding");
  }

  /**
   * The table, which can be read and written.
   *
   * @param texts of the command line, of which there must be none
   */
  public ScoredTable table(List<String> texts) {
    if (!texts.isEmpty()) {
      throw new BadOptionException("Give texts or --data, not both.");
    }
    ScoredTable table = new ScoredTable(data, delimiter.format(), output);
    table.check();
    return table;
  }
}
