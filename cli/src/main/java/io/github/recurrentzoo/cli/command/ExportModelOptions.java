package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link ExportModel}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Exports a saved or pretrained model as ONNX, for ONNX Runtime in any language.",
      "Writes the graphs (model.onnx, or encoder.onnx and decoder.onnx) and pipeline.json: their"
          + " inputs and outputs, and the vocabulary, labels or scalers that belong to them.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model wordnet-lstm --onnx wordnet",
      "{} --model models/reviews-lstm --onnx reviews",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class ExportModelOptions {

  @Mixin ModelArgument model = new ModelArgument();

  @Option(
      names = "--onnx",
      paramLabel = "FOLDER",
      required = true,
      description = "Folder for the files; it is made if it does not exist.")
  Path onnx;

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No model and no folder yet. */
  public ExportModelOptions() {}
}
