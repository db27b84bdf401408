package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.zoo.report.ReportPart;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What all commands that fine-tune have in common: what is told before and after, and what is left
 * in the folder.
 *
 * @param training what every training of a command does
 * @param model as the command line names it
 * @param source what it learns from, such as the name of a file
 */
public record FineTuning(ModelTraining training, String model, String source) {

  /**
   * A fine-tuning that is about to begin; makes its folder.
   *
   * @param source what it learns from, for titles
   * @param name what the folder is named after where the command line names none
   */
  public static FineTuning of(
      String model,
      String source,
      String name,
      TrainingArguments training,
      OutputArguments output,
      ConsoleArguments console,
      PrintStream out) {
    return new FineTuning(
        new ModelTraining(training, output, console, output.prepareTuned(name), out),
        model,
        source);
  }

  /** As the other one, on a file of the user's, by which title and folder are named. */
  public static FineTuning of(
      String model,
      Path data,
      TrainingArguments training,
      OutputArguments output,
      ConsoleArguments console,
      PrintStream out) {
    String name = nameOf(data);
    return of(model, name, name, training, output, console, out);
  }

  /** Tells what is fine-tuned on what. */
  public void begin(String rows, int learned, int kept) {
    training
        .out()
        .printf(
            Locale.ROOT,
            "Fine-tuning %s on %,d %s; %,d more %s are held out as test set.%n%n",
            model,
            learned,
            rows,
            kept,
            rows);
  }

  /** Tells what was mapped to what, and how good the new model is beside the model that was. */
  public void show(TrainedModel tuned, Object report, BeforeAndAfter figures) {
    PrintStream out = training.out();
    out.println(tuned.provenance().origin().mapping());
    out.println();
    out.println(report.toString().stripTrailing());
    out.println();
    out.println("On the same rows, before and after fine-tuning:");
    out.println(figures);
  }

  /** Leaves the report beside the model that was saved. */
  public void report(
      TrainedModel tuned, ReportPart part, BeforeAndAfter figures, Map<String, Object> data) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("fine-tuned from", model);
    facts.putAll(data);
    facts.putAll(figures.facts());
    training.report(tuned, part, "%s: %s, fine-tuned".formatted(source, model), facts);
  }

  /** Prints JSON, where it is wanted. */
  public void emit(
      TrainedModel tuned,
      BeforeAndAfter figures,
      Supplier<Map<String, Object>> report,
      Consumer<Map<String, Object>> more) {
    training.emit(
        tuned,
        report,
        json -> {
          json.put("from", model);
          json.put("before", figures.json());
          json.put("mapping", JsonReports.of(tuned.provenance().origin().mapping()));
          more.accept(json);
        });
  }

  /** The name of a file of the user's, for titles and folders. */
  public static String nameOf(Path data) {
    return data.getFileName().toString();
  }
}
