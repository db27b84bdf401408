package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.command.ScoredTableArguments;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@link TranslateText}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Translates sequences with a saved or pretrained model, such as dates-lstm or pronunciation-lstm.",
      "Texts on the command line: prints each text and its output;",
      "a file of lines (--file): prints one line per line: output, tab, text;",
      "a table (--data): writes it to --output with two more columns, predicted_target and"
          + " predicted_probability.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model dates-lstm '12 March 2022'",
      "{} --model pronunciation-lstm --beam-size 5 --file words.txt",
      "echo blog | {} --model pronunciation-lstm",
      "{} --model pronunciation-lstm --data names.csv --source-column name --output spoken.csv",
      "{} --model models/pairs-lstm --explain 'ab-1234/x'",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class TranslateTextOptions {

  @Mixin ModelArgument model = new ModelArgument();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "File with texts in UTF-8, one per line; - is standard input, the default if there are no texts.")
  Path file;

  @Mixin ScoredTableArguments table = new ScoredTableArguments();

  @Option(
      names = "--source-column",
      paramLabel = "NAME",
      description =
          "Column with the texts of --data (default: the one that the model was trained on, else source).")
  String sourceColumn;

  @Option(
      names = "--beam-size",
      paramLabel = "K",
      defaultValue = "1",
      description = "Width of the beam search; 1 is greedy (default: ${DEFAULT-VALUE}).")
  int beam;

  @Option(
      names = "--length-penalty",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Beam search divides an output's log-probability by its length to this power; 0 is off (default: ${DEFAULT-VALUE}).")
  double lengthPenalty;

  @Option(
      names = "--explain",
      description =
          "Show on which symbols of the input each symbol of the output rests; needs a model with attention.")
  boolean explain;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..*",
      description = "Texts to translate, each in quotes.")
  List<String> texts = List.of();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No model and no texts yet. */
  public TranslateTextOptions() {}
}
