package io.github.recurrentzoo.cli.command.classification;

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
      "Asks a text classifier, a saved or a pretrained one.",
      "For texts of the command line it shows the best classes with their probabilities;",
      "for a file one line per line: class, tab, probability, tab, text.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model wordnet-lstm 'a bird that cannot fly'",
      "{} --model wordnet-lstm --explain 'a bird that cannot fly'",
      "{} --model models/reviews-lstm --file texts.txt",
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
          "Texts in UTF-8, one per line; - for standard input, which is also read where there are no texts.")
  Path file;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..*",
      description = "Texts to ask for, each in quotes.")
  List<String> texts = List.of();

  @Option(
      names = "--explain",
      description =
          "Show how much each word speaks for the answer (gradient times input): in colour on a terminal, blue for it and orange against it, else as numbers; a question mark is a word unknown to the model.")
  boolean explain;

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No model and no texts yet. */
  public PredictTextOptions() {}
}
