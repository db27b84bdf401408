package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.PageArgument;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link EvaluateModel}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Tells how good a model is, by the report that its training printed.",
      "With --data on rows of yours: labelled texts, pairs, a text or a series, whatever the model's task is. Without, on the part of the zoo's own data that was kept from its training.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model wordnet-lstm",
      "{} --model models/reviews-lstm --data more.csv --text-column review --label-column stars",
      "{} --model pronunciation-lstm --data pairs.tsv --beam-size 5",
      "{} --model models/sales-lstm --data sales.csv --time-column day --json",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class EvaluateModelOptions {

  @Mixin public ModelArgument model = new ModelArgument();

  @Mixin public SeriesArguments input = new SeriesArguments();

  @Option(
      names = "--test-split",
      paramLabel = "X",
      defaultValue = "0.2",
      description =
          "Of a series: fraction of the rows, at the end, that is forecast (default: ${DEFAULT-VALUE}).")
  public double test;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description = "Of labelled texts: column with the texts (default: text).")
  public String textColumn;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description = "Of labelled texts: column with the classes (default: label).")
  public String labelColumn;

  @Option(
      names = "--source-column",
      paramLabel = "NAME",
      description =
          "Of pairs: the first row names the columns, and this is what is given (default: two columns without header).")
  public String sourceColumn;

  @Option(
      names = "--target-column",
      paramLabel = "NAME",
      description = "Of pairs: the column with what it becomes.")
  public String targetColumn;

  @Option(
      names = "--beam-size",
      paramLabel = "K",
      defaultValue = "1",
      description = "Of pairs: outputs to follow at a time (default: ${DEFAULT-VALUE}).")
  public int beam;

  @Option(
      names = "--max-test-pairs",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Of pairs: at most so many (default: ${DEFAULT-VALUE}).")
  public int testPairs;

  @Mixin public PageArgument page = new PageArgument();

  @Mixin public ConsoleArguments console = new ConsoleArguments();

  /** No model yet. */
  public EvaluateModelOptions() {}
}
