package io.github.recurrentzoo.cli.command;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A training that begins from another model: what is told and left behind beside that. */
public final class FineTuning extends ModelTraining {
  private final String model;
  private final String source;
  private Optional<ReportPart> before = Optional.empty();
  private String whyNot = "";
  private BeforeAndAfter figures;

  /**
   * A fine-tuning that is about to begin; makes its folder.
   *
   * @param model as the command line names it
   * @param source what it learns from, for titles
   * @param name what the folder is named after where the command line names none
   */
  public FineTuning(
      String model,
      String source,
      String name,
      TrainingArguments training,
      OutputArguments output,
      ConsoleArguments console,
      PrintStream out) {
    super(training, output, console, output.prepareTuned(name), out);
    this.model = model;
    this.source = source;
  }

  /** As the other one, on a file of the user's, by which title and folder are named. */
  public FineTuning(
      String model,
      Path data,
      TrainingArguments training,
      OutputArguments output,
      ConsoleArguments console,
      PrintStream out) {
    this(model, nameOf(data), nameOf(data), training, output, console, out);
  }

  /** Tells what is fine-tuned on what. */
  public void begin(String rows, int learned, int kept) {
    out()
        .printf(
            Locale.ROOT,
            "Fine-tuning %s on %,d %s; %,d more %s are held out as test set.%n%n",
            model,
            learned,
            rows,
            kept,
            rows);
  }

  /** How good the model as it was is on the same rows. */
  public void before(ReportPart part) {
    before = Optional.of(part);
  }

  /** Why the model as it was cannot be evaluated on the same rows. */
  public void noneBefore(String why) {
    whyNot = why;
  }

  /** Tells what was mapped to what, and how good the new model is beside the model that was. */
  @Override
  public void show(Pipeline tuned, Object report, ReportPart part) {
    figures = BeforeAndAfter.of(before, part, whyNot);
    PrintStream out = out();
    out.println(tuned.provenance().origin().mapping());
    out.println();
    out.println(report.toString().stripTrailing());
    out.println();
    out.println("On the same rows, before and after fine-tuning:");
    out.println(figures);
  }

  @Override
  public void report(Pipeline tuned, ReportPart part, String title, Map<String, Object> data) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("fine-tuned from", model);
    facts.putAll(data);
    facts.putAll(figures.facts());
    super.report(tuned, part, "%s: %s, fine-tuned".formatted(source, model), facts);
  }

  @Override
  Map<String, Object> furtherJson(Pipeline tuned) {
    return object(
        "from", model,
        "before", figures.json(),
        "mapping", json(tuned.provenance().origin().mapping()));
  }

  /** The name of a file of the user's, for titles and folders. */
  public static String nameOf(Path data) {
    return data.getFileName().toString();
  }

  private static Map<String, Object> json(FineTuneMapping mapping) {
    return object(
        "names",
            mapping.names().stream()
                .map(
                    names ->
                        object(
                            "what", names.what(),
                            "kept", names.kept(),
                            "added", names.added(),
                            "dropped", names.dropped()))
                .toList(),
        "symbols",
            mapping.symbols().stream()
                .map(
                    symbols ->
                        object(
                            "what", symbols.what(),
                            "known", symbols.known(),
                            "added", symbols.added(),
                            "unknown", symbols.unknown(),
                            "others", symbols.others()))
                .toList());
  }
}
