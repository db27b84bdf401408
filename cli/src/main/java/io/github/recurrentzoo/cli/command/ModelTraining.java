package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.DataLicence;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.zoo.model.ModelFileException;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What commands do around a training and with the model that it gives, whatever the pipeline, and
 * whether it begins from nothing or from another model.
 */
public final class ModelTraining {
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
   *
   * @param view the model as it is saved
   * @param work the training
   */
  public <M> M train(Function<M, TrainedModel> view, Function<TrainingRun, M> work) {
    if (Files.exists(file()) && !training.resume) {
      out.printf("%s exists and will be replaced at the end of the training.%n%n", file());
    }
    long start = System.nanoTime();
    ConsoleProgress progress = ConsoleProgress.on(out);
    M model;
    checkpoints = true;
    try (LongRun run = LongRun.begin(training, record.run(progress), folder, out)) {
      model = work.apply(run.run());
    } finally {
      progress.close();
    }
    TrainedModel trained = view.apply(model);
    out.printf(
        Locale.ROOT,
        "%nTrained %sin %s; the best epoch is %d.%n%n",
        trained.provenance().origin() == null
            ? String.format(Locale.ROOT, "%,d parameters ", trained.parameters())
            : "",
        ConsoleProgress.words(Duration.ofNanos(System.nanoTime() - start)),
        trained.provenance().bestEpoch());
    return model;
  }

  /** What is kept of the training for the report. */
  public TrainingRecord record() {
    return record;
  }

  public PrintStream out() {
    return out;
  }

  public Path folder() {
    return folder;
  }

  /** The file of the model. */
  public Path file() {
    return folder.resolve(TrainingReport.MODEL);
  }

  public void save(TrainedModel model) {
    try {
      model.saving().accept(file());
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
  public void report(TrainedModel model, ReportPart part, String title, Map<String, Object> facts) {
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
  public void next(String what, String command) {
    out.println(what);
    out.println("  " + command);
  }

  /**
   * Prints JSON, where it is wanted.
   *
   * @param report how good the model is
   * @param more adds fields
   */
  public void emit(
      TrainedModel model,
      Supplier<Map<String, Object>> report,
      Consumer<Map<String, Object>> more) {
    console.emit(
        () -> {
          Map<String, Object> json =
              JsonReports.training(
                  model.task().id(), file(), model.parameters(), model.provenance(), report.get());
          more.accept(json);
          return json;
        });
  }
}
