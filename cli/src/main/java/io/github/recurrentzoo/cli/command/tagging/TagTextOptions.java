package io.github.recurrentzoo.cli.command.tagging;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@link TagText}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Labels the words of texts with a saved or pretrained tagger.",
      "Texts on the command line: prints a table of words, labels and probabilities;",
      "a file of lines (--file): prints a line per word, word, tab, label, and a blank line behind each line.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model pos-lstm 'She saw the saw.'",
      "{} --model models/names-lstm --file texts.txt",
      "{} --model pos-lstm --explain 'She saw the saw.'",
      "{} --model pos-lstm --words --json 'She saw the saw .'",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class TagTextOptions {

  @Mixin ModelArgument model = new ModelArgument();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "File with texts in UTF-8, one per line; - is standard input, the default if there are no"
              + " texts.")
  Path file;

  @Option(
      names = "--words",
      description =
          "The texts are cut already: each is one sentence, with blanks between its words.")
  boolean words;

  @Option(
      names = "--explain",
      description =
          "Show for each label how much each word of the sentence, and each thing that is read of the word itself, contributes to it (gradient times input): on a terminal in colour, blue for and orange against it, otherwise as numbers. A question mark marks a word that is not in the vocabulary.")
  boolean explain;

  @Parameters(paramLabel = "TEXT", arity = "0..*", description = "Texts to label, each in quotes.")
  List<String> texts = List.of();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No model and no texts yet. */
  public TagTextOptions() {}
}
