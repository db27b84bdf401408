package io.github.recurrentzoo.cli.command;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.zoo.Zoo;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Exports a model as ONNX. */
public final class ExportModel {
  private ExportModel() {}

  /**
   * Writes the files and names them.
   *
   * @param options the model and the folder
   * @param out where to print to
   * @return the files
   */
  public static List<Path> run(ExportModelOptions options, PrintStream out) {
    if (options.onnx.toString().isBlank()) {
      throw new BadOptionException("--onnx names no folder.");
    }
    if (Files.exists(options.onnx) && !Files.isDirectory(options.onnx)) {
      throw new BadOptionException("--onnx %s is a file, not a folder.".formatted(options.onnx));
    }
    Pipeline pipeline = options.model.load(Zoo::load, Zoo::pretrained);
    List<Path> files;
    try {
      files = pipeline.exportOnnx(options.onnx);
    } catch (UnsupportedOperationException e) {
      throw new BadOptionException(
          "%s cannot be exported. %s".formatted(options.model.name(), e.getMessage()), e);
    }
    out.println("Wrote " + options.onnx + ":");
    files.forEach(file -> out.println("  " + file.getFileName()));
    options.console.emit(() -> object("files", files.stream().map(Path::toString).toList()));
    return files;
  }
}
