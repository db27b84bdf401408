package io.github.recurrentzoo.cli.command.classification;

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

/** The options of {@link PredictText}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Classifies texts with a saved or pretrained model.",
      "Texts on the command line: prints the most probable labels of each text;",
      "a file of lines (--file): prints one line per line: label, tab, probability, tab, text;"
          + " with --top, more labels and probabilities before the text;",
      "a table (--data): writes it to --output with two more columns, predicted_label and"
          + " predicted_probability.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model wordnet-lstm 'a bird that cannot fly'",
      "{} --model wordnet-lstm --top 5 'a bird that cannot fly'",
      "{} --model wordnet-lstm --explain 'a bird that cannot fly'",
      "{} --model models/reviews-lstm --file texts.txt",
      "{} --model wordnet-lstm --data notes.csv --text-column note --output scored.csv",
      "echo \"It doesn't fly\" | {} --model wordnet-lstm",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class PredictTextOptions {

  @Mixin ModelArgument model = new ModelArgument();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "File with texts in UTF-8, one per line; a blank line gets no label. - is standard"
              + " input, the default if there are no texts.")
  Path file;

  @Mixin ScoredTableArguments table = new ScoredTableArguments();

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description =
          "Column with the texts of --data (default: the one that the model was trained on, else"
              + " text).")
  String textColumn;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..*",
      description = "Texts to classify, each in quotes.")
  List<String> texts = List.of();

  @Option(
      names = "--explain",
      description =
          "Show how much each word contributes to the predicted label (gradient times input): on a"
              + " terminal in colour, blue for and orange against it, otherwise as numbers. A"
              + " question mark marks an unknown word.")
  boolean explain;

  @Option(
      names = "--top",
      paramLabel = "N",
      description =
          "How many labels to print with their probabilities, the most probable first (default: 3 for texts on the command line, 1 for lines of a file, all with --json).")
  Integer top;

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No model and no texts yet. */
  public PredictTextOptions() {}
}
