package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.ClassificationReport;
import io.github.recurrentzoo.zoo.TextClassifier;
import io.github.recurrentzoo.zoo.TrainingProgress;
import io.github.recurrentzoo.zoo.TrainingRun;
import io.github.recurrentzoo.zoo.data.LabeledText;
import io.github.recurrentzoo.zoo.data.StratifiedSplit;
import io.github.recurrentzoo.zoo.report.ClassificationPart;
import io.github.recurrentzoo.zoo.report.TrainingReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Fits a trained text classifier to a file of the user's, or to the verbs of WordNet, of which it
 * has a few examples per class; there it is compared with a network that begins from nothing.
 */
public final class FineTuneTextClassifier {

  private static final int VERBS_FOR_THE_REPORT = 3_000;
  private static final String ROW = "%-6s%-18s%-22s%-18s%s%n";

  private FineTuneTextClassifier() {}

  /**
   * What a run gives.
   *
   * @param classifier the fine-tuned classifier (the first one, if there are several)
   * @param report how good it is on rows that it has not seen
   * @param model the file that it was saved to
   * @param comparison a draw of examples each; empty with a file of the user's
   */
  public record Result(
      TextClassifier classifier, ClassificationReport report, Path model, List<Draw> comparison) {}

  /**
   * One draw of examples.
   *
   * @param seed of the draw and of both trainings
   * @param tuned how good the fine-tuned network is
   * @param scratch how good the one that began from nothing is
   */
  public record Draw(long seed, ClassificationReport tuned, ClassificationReport scratch) {}

  private record Rows(List<LabeledText> training, List<LabeledText> test) {}

  /**
   * Fine-tunes as the command line says; {@code --help} lists the options.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    CommandLineProgram.exit(new FineTuneTextClassifierOptions(), FineTuneTextClassifier::run, args);
  }

  /**
   * Fine-tunes, reports and saves.
   *
   * @param options the model, the rows and where to save
   * @param out where to print to
   * @return classifier, report, file and comparison
   */
  public static Result run(FineTuneTextClassifierOptions options, PrintStream out) {
    options.check();
    TextClassifier model = options.load();
    return options.rows.data == null ? compare(options, model, out) : tune(options, model, out);
  }

  private static Result tune(
      FineTuneTextClassifierOptions options, TextClassifier model, PrintStream out) {
    List<LabeledText> rows = options.rows.read(out);
    TrainingChecks.labels(rows, options.rows.data.toString());
    StratifiedSplit split =
        StratifiedSplit.split(rows, TrainTextClassifier.TEST_FRACTION, options.training.seed);
    String name = options.rows.data.getFileName().toString();
    Path folder =
        options.output.prepare(Path.of("models", name.replaceFirst("\\.[^.]+$", "") + "-tuned"));
    out.printf(
        Locale.ROOT,
        "Fine-tuning %s on %,d rows; %,d more rows are kept for the report.%n%n",
        options.modelName(),
        split.training().size(),
        split.test().size());
    TrainingRecord record = new TrainingRecord();
    ConsoleProgress progress = ConsoleProgress.on(out);
    long start = System.nanoTime();
    TextClassifier tuned;
    try (LongRun run = options.training.run(record, progress, folder, out)) {
      tuned = model.fineTune(split.training(), options.tuning(options.training.seed), run.run());
    } finally {
      progress.close();
    }
    out.printf(
        Locale.ROOT,
        "%nTrained in %s; the weights are those of epoch %d.%n%n",
        ConsoleProgress.words(Duration.ofNanos(System.nanoTime() - start)),
        tuned.provenance().bestEpoch());
    return save(options, tuned, record, split.test(), name, folder, List.of(), out);
  }

  private static Result compare(
      FineTuneTextClassifierOptions options, TextClassifier model, PrintStream out) {
    List<LabeledText> verbs = WordNetDefinitions.readVerbs();
    Path folder = options.output.prepare(Path.of("models", "verbs-tuned"));
    List<Draw> comparison = new ArrayList<>();
    TrainingRecord record = new TrainingRecord();
    TextClassifier first = null;
    List<LabeledText> testOfFirst = List.of();
    out.printf(
        Locale.ROOT,
        "WordNet's verbs in 15 classes: %d examples of each to learn from, %,d others for the report.%n%n",
        options.examplesPerClass,
        VERBS_FOR_THE_REPORT);
    out.printf("%-6s%-40s%s%n", "", "fine-tuned " + options.modelName(), "from scratch");
    out.printf(ROW, "seed", "accuracy", "macro F1", "accuracy", "macro F1");
    for (long seed = options.training.seed; seed < options.training.seed + options.seeds; seed++) {
      Rows rows = draw(verbs, options.examplesPerClass, seed);
      TrainingRun run =
          first == null
              ? record.run(TrainingProgress.SILENT).build()
              : TrainingRun.of(TrainingProgress.SILENT);
      TextClassifier tuned = model.fineTune(rows.training(), options.tuning(seed), run);
      TextClassifier scratch =
          TextClassifier.train(
              rows.training(),
              options.scratch(seed),
              options.scratchTraining(seed),
              TrainingProgress.SILENT);
      Draw one = new Draw(seed, tuned.evaluate(rows.test()), scratch.evaluate(rows.test()));
      comparison.add(one);
      out.printf(
          ROW,
          seed,
          figure(one.tuned().accuracy()),
          figure(one.tuned().macroF1()),
          figure(one.scratch().accuracy()),
          figure(one.scratch().macroF1()));
      if (first == null) {
        first = tuned;
        testOfFirst = rows.test();
      }
    }
    out.printf(
        ROW,
        "mean",
        spread(comparison.stream().mapToDouble(one -> one.tuned().accuracy()).toArray()),
        spread(comparison.stream().mapToDouble(one -> one.tuned().macroF1()).toArray()),
        spread(comparison.stream().mapToDouble(one -> one.scratch().accuracy()).toArray()),
        spread(comparison.stream().mapToDouble(one -> one.scratch().macroF1()).toArray()));
    out.println();
    out.println("The first fine-tuned network:");
    return save(options, first, record, testOfFirst, "WordNet's verbs", folder, comparison, out);
  }

  private static Result save(
      FineTuneTextClassifierOptions options,
      TextClassifier tuned,
      TrainingRecord record,
      List<LabeledText> test,
      String name,
      Path folder,
      List<Draw> comparison,
      PrintStream out) {
    ClassificationPart part = ClassificationPart.of(tuned, test);
    ClassificationReport report = part.report();
    out.println(tuned.provenance().origin().mapping());
    out.println();
    out.println(report);
    Path file = folder.resolve(TrainingReport.MODEL);
    tuned.save(file);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("fine-tuned from", options.modelName());
    facts.put("rows for training and validation", tuned.provenance().rows());
    facts.put("rows for the report", test.size());
    facts.put("classes", tuned.labels().size());
    options
        .output
        .report(record, part)
        .title("%s: %s, fine-tuned".formatted(name, options.modelName()))
        .data(facts)
        .provenance(tuned.provenance())
        .parameters(tuned.parameters())
        .build()
        .write(folder);
    LongRun.ended(folder);
    out.println(OutputArguments.saved(folder));
    out.println();
    out.println("Ask the model:");
    out.println("  " + PredictText.command(options.console.wording(), folder, "some text"));
    options.console.emit(
        () -> {
          Map<String, Object> json =
              new LinkedHashMap<>(
                  JsonReports.training(
                      "text-classification",
                      file,
                      tuned.parameters(),
                      tuned.provenance(),
                      JsonReports.of(report)));
          json.put("comparison", comparison.stream().map(FineTuneTextClassifier::json).toList());
          return json;
        });
    return new Result(tuned, report, file, comparison);
  }

  private static Map<String, Object> json(Draw one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", one.seed());
    json.put("tuned", JsonReports.of(one.tuned()));
    json.put("scratch", JsonReports.of(one.scratch()));
    return json;
  }

  /** Examples of each class, drawn, and some of the other rows. */
  private static Rows draw(List<LabeledText> all, int perClass, long seed) {
    List<LabeledText> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(seed));
    Map<String, Integer> counts = new HashMap<>();
    List<LabeledText> training = new ArrayList<>();
    List<LabeledText> test = new ArrayList<>();
    for (LabeledText row : shuffled) {
      boolean learned = counts.merge(row.label(), 1, Integer::sum) <= perClass;
      (learned ? training : test).add(row);
    }
    return new Rows(training, test.subList(0, Math.min(VERBS_FOR_THE_REPORT, test.size())));
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** Mean and standard deviation. */
  static String spread(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    return String.format(Locale.ROOT, "%.4f ± %.4f", mean, deviation);
  }
}
