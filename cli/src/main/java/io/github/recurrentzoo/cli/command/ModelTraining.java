package io.github.recurrentzoo.cli.command;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.DataLicence;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.TrainingHistory;
import io.github.recurrentzoo.zoo.report.TrainingReport;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
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
  private Map<String, String> columns = Map.of();
  private Map<String, Object> retrained; // null if the model that was evaluated is saved
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

  /** The columns that the rows were read from, which the model remembers. */
  public final void readFrom(Map<String, String> names) {
    columns = names;
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
    try (LongRun run =
        LongRun.begin(training, record.run(progress).columns(columns), folder, out)) {
      model = work.apply(run.run());
    } finally {
      progress.close();
    }
    out.printf(
        Locale.ROOT,
        "%nTrained %sin %s; the weights are those of epoch %d.%n%n",
        model.provenance().origin() == null
            ? String.format(Locale.ROOT, "%,d parameters ", model.parameters())
            : "",
        ConsoleProgress.words(Duration.ofNanos(System.nanoTime() - start)),
        model.provenance().bestEpoch());
    return model;
  }

  /**
   * The model to save: the one that was evaluated, or with {@code --retrain} another one that
   * learns from all rows. The evaluated one is saved meanwhile, so that a second training that is
   * interrupted leaves it.
   *
   * @param rows what is learned from then, such as "120 rows"
   * @param again trains for a number of epochs, without validation rows
   */
  public final <P extends Pipeline> P toSave(
      P evaluated, SplitArguments split, String rows, BiFunction<Integer, TrainingRun, P> again) {
    if (!split.retrain) {
      return evaluated;
    }
    save(evaluated);
    int epochs = evaluated.provenance().bestEpoch();
    out.printf(
        "Training again on all %s, for %d %s as before:%n",
        rows, epochs, epochs == 1 ? "epoch" : "epochs");
    TrainingProgress lines =
        new TrainingProgress() {
          @Override
          public void onEpoch(EpochEvent event) {
            out.printf(
                Locale.ROOT,
                "  epoch %d of %d: loss %.4f, %s %.4f%n",
                event.epoch(),
                event.epochs(),
                event.trainingLoss(),
                event.trainingMetric().name(),
                event.trainingMetric().value());
          }
        };
    P model =
        again.apply(
            epochs,
            TrainingRun.builder()
                .progress(lines)
                .columns(columns)
                .plateausOf(
                    record.history().epochs().stream().map(TrainingHistory.Epoch::loss).toList())
                .build());
    out.println("This model is saved; the figures above are of the one before.");
    out.println();
    retrained = object("rows", model.provenance().rows(), "epochs", epochs);
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
    Map<String, Object> told = new LinkedHashMap<>(facts);
    if (retrained != null) {
      told.put(
          "the saved model",
          "trained again on all rows, for %s %s; the figures are of the model before, on rows that it had not learned from"
              .formatted(
                  retrained.get("epochs"), retrained.get("epochs").equals(1) ? "epoch" : "epochs"));
    }
    TrainingReport.Builder report =
        TrainingReport.builder(record.history(), part).gradientNorms(record.norms());
    output.describe(report);
    report
        .title(title)
        .data(told)
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
                  "retrained", retrained,
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
