package io.github.recurrentzoo.examples;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@link PredictText}, as the command line gives them. */
@Command(
    name = "PredictText",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Asks a saved text classifier.",
      "For texts of the command line it shows the best classes with their probabilities;",
      "for a file one line per line: class, tab, probability, tab, text.",
      ""
    },
    footer = {
      "",
      "Examples, from the folder of the project:",
      "  mvn -q compile exec:java -Dexample=PredictText \\",
      "    -Dargs=\"--model models/wordnet-lstm.zip 'a bird that cannot fly'\"",
      "  mvn -q compile exec:java -Dexample=PredictText \\",
      "    -Dargs=\"--model models/wordnet-lstm.zip --file texts.txt\"",
      "  echo \"It doesn't fly\" | mvn -q compile exec:java -Dexample=PredictText \\",
      "    -Dargs=\"--model models/wordnet-lstm.zip --file -\"",
      "",
      "Exit codes: 0 all went well, 2 something given cannot be used, 1 unexpected."
    })
public final class PredictTextOptions {

  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "The model to ask.")
  Path model;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Texts in UTF-8, one per line; - for standard input.")
  Path file;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..*",
      description = "Texts to ask for, each in quotes.")
  List<String> texts = List.of();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** No model and no texts yet. */
  public PredictTextOptions() {}
}
