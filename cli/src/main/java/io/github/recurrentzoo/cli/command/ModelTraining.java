package io.github.recurrentzoo.cli.command;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.DataLicence;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.TrainingReport;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What commands do around a training and with the model that it gives, whatever the pipeline, and
 * whether it begins from nothing or from another model.
 */
public class ModelTraining {
  private final TrainingArguments training;
  private final OutputArguments output;
  private final ConsoleArguments console;
  private final Path folder;
  private final PrintStream out;
  private final TrainingRecord record = new TrainingRecord();
  private boolean checkpoints; // whether those in the folder are of this training

  /**
   * Nothing is trained yet.
   *
   * @param folder where model and report go; it is there
   */
  public ModelTraining(
      TrainingArguments training,
      OutputArguments output,
      ConsoleArguments console,
      Path folder,
      PrintStream out) {
    this.training = training;
    this.output = output;
    this.console = console;
    this.folder = folder;
    this.out = out;
  }

  /**
   * Trains, with progress on the console and checkpoints in the folder, and tells how long it took.
   */
  public final <P extends Pipeline> P train(Function<TrainingRun, P> work) {
    if (Files.exists(file()) && !training.resume) {
      out.printf("%s exists and will be replaced at the end of the training.%n%n", file());
    }
    long start = System.nanoTime();
    ConsoleProgress progress = ConsoleProgress.on(out);
    P model;
    checkpoints = true;
    try (LongRun run = LongRun.begin(training, record.run(progress), folder, out)) {
      model = work.apply(run.run());
    } finally {
      progress.close();
    }
    out.printf(
        Locale.ROOT,
        "%nTrained %sin %s; the best epoch is %d.%n%n",
        model.provenance().origin() == null
            ? String.format(Locale.ROOT, "%,d parameters ", model.parameters())
            : "",
        ConsoleProgress.words(Duration.ofNanos(System.nanoTime() - start)),
        model.provenance().bestEpoch());
    return model;
  }

  /** What is kept of the training for the report. */
  public final TrainingRecord record() {
    return record;
  }

  public final PrintStream out() {
    return out;
  }

  public final Path folder() {
    return folder;
  }

  /** The file of the model. */
  public final Path file() {
    return folder.resolve(TrainingReport.MODEL);
  }

  /**
   * Prints how good the model is.
   *
   * @param report for people
   * @param part the same for pages and programs
   */
  public void show(Pipeline model, Object report, ReportPart part) {
    out.println(report);
  }

  public final void save(Pipeline model) {
    try {
      model.save(file());
    } catch (ModelFileException e) {
      throw LongRun.present(folder)
          ? new ModelFileException(
              e.getMessage()
                  + " A checkpoint is in the folder: the same command with --resume goes on from it.",
              e)
          : e;
    }
  }

  /**
   * Writes the report beside the model that was saved, removes checkpoints, and tells where all is.
   *
   * @param title what was trained on what
   * @param facts what is known of the data
   */
  public void report(Pipeline model, ReportPart part, String title, Map<String, Object> facts) {
    TrainingReport.Builder report =
        TrainingReport.builder(record.history(), part).gradientNorms(record.norms());
    output.describe(report);
    report
        .title(title)
        .data(facts)
        .licence(DataLicence.of(facts.get("source")))
        .provenance(model.provenance())
        .parameters(model.parameters())
        .build()
        .write(folder);
    if (checkpoints) {
      LongRun.ended(folder);
    }
    out.println(OutputArguments.saved(folder));
    out.println();
  }

  /** Tells how the model is asked. */
  public final void next(String what, String command) {
    out.println(what);
    out.println("  " + command);
  }

  /** Prints JSON, where it is wanted, with more fields of a task's own. */
  public final void emit(Pipeline model, ReportPart part, Map<String, ?> more) {
    console.emit(
        () -> {
          Map<String, Object> json =
              object(
                  "task", model.type().task().id(),
                  "model", file().toString(),
                  "parameters", model.parameters(),
                  "seed", model.provenance().seed(),
                  "rows", model.provenance().rows(),
                  "epochs", model.provenance().epochs(),
                  "bestEpoch", model.provenance().bestEpoch(),
                  "report", part.toMap());
          json.putAll(furtherJson(model));
          json.putAll(more);
          return json;
        });
  }

  /** What JSON tells of this kind of training beside that. */
  Map<String, Object> furtherJson(Pipeline model) {
    return Map.of();
  }
}
