package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.PageArgument;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link EvaluateModel}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Evaluates a model and prints the same report as its training.",
      "With --data on your rows: labelled texts, pairs, tagged sentences, a text, a series or"
          + " labelled sequences, depending on the model's task. Otherwise on the held-out test set of the zoo's own data.",
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
      description =
          "Series: fraction of the rows, at the end, to test on (default: 0.2; unemployment 0.3).")
  public Double test;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description =
          "Labelled texts: column with the texts (default: the one that the model was trained on,"
              + " else text).")
  public String textColumn;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description =
          "Labelled texts, tagged sentences, sequences: column with the labels (default: the one that the model"
              + " was trained on, else label). Anomalies: column that is 1 at known ones and else 0.")
  public String labelColumn;

  @Option(
      names = "--word-column",
      paramLabel = "COLUMN",
      description =
          "Tagged sentences: column with the words, by name or number (default: as in the training).")
  public String wordColumn;

  @Option(
      names = "--sentence-column",
      paramLabel = "NAME",
      description =
          "Tagged sentences: column that names the sentence of each word (default: as in the"
              + " training).")
  public String sentenceColumn;

  @Option(
      names = "--id-column",
      paramLabel = "NAME",
      description =
          "Sequences: column that names the sequence of each row (default: as in the training, else"
              + " id).")
  public String idColumn;

  @Option(
      names = "--channels",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Sequences: columns that are channels, parted by commas (default: as in the training).")
  public List<String> channels;

  @Option(
      names = "--source-column",
      paramLabel = "NAME",
      description =
          "Pairs: column with the sources; the first row names the columns (default: as in the"
              + " training, else two columns without header).")
  public String sourceColumn;

  @Option(
      names = "--target-column",
      paramLabel = "NAME",
      description = "Pairs: column with the targets.")
  public String targetColumn;

  @Option(
      names = "--beam-size",
      paramLabel = "K",
      defaultValue = "1",
      description = "Pairs: width of the beam search; 1 is greedy (default: ${DEFAULT-VALUE}).")
  public int beam;

  @Option(
      names = "--max-test-pairs",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Pairs: maximum size of the test set (default: ${DEFAULT-VALUE}).")
  public int testPairs;

  @Mixin public PageArgument page = new PageArgument();

  @Mixin public ConsoleArguments console = new ConsoleArguments();

  /** No model yet. */
  public EvaluateModelOptions() {}
}
