package io.github.recurrentzoo.cli.command;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.console.RecurrenceConverter;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.report.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Lists the models that there are to ask. */
public final class ListModels {

  private static final Path USUAL_FOLDER = Path.of("models");

  private ListModels() {}

  /**
   * A model that was saved.
   *
   * @param model the file, or the folder that a training left, as {@code --model} takes it
   * @param task what it does
   * @param bytes the size of the file
   */
  public record Saved(Path model, String task, long bytes) {}

  /**
   * Looks for models and prints what it finds.
   *
   * @param options where to look
   * @param out where to print to
   * @return the saved models
   * @throws IOException if the folder cannot be read
   */
  public static List<Saved> run(ListModelsOptions options, PrintStream out) throws IOException {
    List<Preset> presets = Presets.list();
    Path folder = options.folder == null ? USUAL_FOLDER : options.folder;
    if (options.folder != null && !Files.isDirectory(folder)) {
      throw new DataException(
          "There is no folder %s (looked at %s). Check the path."
              .formatted(folder, folder.toAbsolutePath().normalize()));
    }
    print(presets, out);
    List<Saved> saved = Files.isDirectory(folder) ? saved(folder, out) : List.of();
    if (!saved.isEmpty()) {
      out.println();
      out.println("Saved in " + folder + ":");
      Table table = new Table().head("model").left("task");
      saved.forEach(model -> table.row(model.model(), inWords(model.task())));
      out.print(table.text().indent(2));
    }
    options.console.emit(() -> json(presets, saved));
    return saved;
  }

  private static void print(List<Preset> presets, PrintStream out) {
    if (presets.isEmpty()) {
      out.println("There are no pretrained models on the class path.");
      return;
    }
    out.println("Pretrained:");
    Table table = new Table().head("name").left("task").left("metric").right("");
    for (Preset preset : presets) {
      table.row(
          preset.name(),
          preset.task().inWords(),
          preset.metric().name(),
          String.format(Locale.ROOT, "%.3f", preset.metric().value()));
    }
    out.print(table.text().indent(2));
    out.println();
    out.println("Ask one with --model and its name.");
  }

  private static String inWords(String task) {
    return task.replace('-', ' ');
  }

  /** Model files, and folders that hold one; says which zip files are none. */
  private static List<Saved> saved(Path folder, PrintStream out) throws IOException {
    List<Path> candidates;
    try (Stream<Path> files = Files.list(folder)) {
      candidates = files.sorted().toList();
    }
    List<Saved> saved = new ArrayList<>();
    for (Path candidate : candidates) {
      Path file = Files.isDirectory(candidate) ? candidate.resolve("model.zip") : candidate;
      if (Files.isRegularFile(file) && file.toString().endsWith(".zip")) {
        try {
          saved.add(new Saved(candidate, ModelFile.task(file), Files.size(file)));
        } catch (ModelFileException e) {
          out.println("No model: " + candidate);
        }
      }
    }
    return saved;
  }

  private static Map<String, Object> json(List<Preset> presets, List<Saved> saved) {
    return object(
        "presets",
            presets.stream()
                .map(
                    preset ->
                        object(
                            "name", preset.name(),
                            "task", preset.task().id(),
                            "recurrence",
                                RecurrenceConverter.name(Recurrence.of(preset.architecture())),
                            "about", preset.about(),
                            "data", preset.data(),
                            "licence", preset.licence(),
                            "heldOut", preset.heldOut(),
                            "metric", preset.metric().name(),
                            "value", preset.metric().value(),
                            "parameters", preset.parameters(),
                            "bytes", preset.bytes()))
                .toList(),
        "saved",
            saved.stream()
                .map(
                    model ->
                        object(
                            "model", model.model().toString(),
                            "task", model.task(),
                            "bytes", model.bytes()))
                .toList());
  }
}
