package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.command.AskedTexts;
import io.github.recurrentzoo.cli.command.ModelTraining;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.ClassificationPart;
import io.github.recurrentzoo.zoo.classification.ClassificationReport;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.classification.TextCounts;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trains a text classifier on WordNet's definitions or on a file of the user's, reports, saves and
 * asks it.
 */
public final class TrainTextClassifier {

  public static final double TEST_FRACTION = 0.1;
  private static final int ROWS_TO_SHOW = 3;

  /** Definitions that are not in WordNet, one per class that a reader can check at a glance. */
  private static final List<String> NEW_DEFINITIONS =
      List.of(
          "a small brown bird that builds its nest under the roofs of barns",
          "someone who repairs bicycles for a living",
          "a thick soup made from lentils, onions and carrots",
          "a machine that cuts grass and collects it in a bag",
          "a tree with white bark whose leaves turn yellow in autumn",
          "the part of the leg between the knee and the foot",
          "a town on the coast of northern Portugal");

  private TrainTextClassifier() {}

  /**
   * What a run gives.
   *
   * @param classifier the trained classifier
   * @param report how good it is on rows that it has not seen
   * @param model the file that it was saved to
   */
  public record Result(TextClassifier classifier, ClassificationReport report, Path model) {}

  /**
   * Trains, reports, saves and asks.
   *
   * @param options what to train, on what, and where to save it
   * @param out where to print to
   * @return classifier, report and file
   */
  public static Result run(TrainTextClassifierOptions options, PrintStream out) {
    options.architecture(); // refuses bad options before anything is read
    options.training.optionsWithoutTeacher();
    List<LabeledText> rows = read(options, out);
    TrainingChecks.labels(
        rows,
        options.rows.data == null ? "WordNet" : options.rows.data.toString(),
        options.rows.rareLabels);
    StratifiedSplit split = options.rows.split(rows, TEST_FRACTION, options.training.seed, out);
    Path folder = options.output.prepare(options.rows.data, "wordnet", options.network);

    out.printf(
        Locale.ROOT,
        "Training %s on %,d rows in %d classes; %,d more rows are held out as test set.%n%n",
        options.network.inWords(),
        split.training().size(),
        split.training().stream().map(LabeledText::label).distinct().count(),
        split.test().size());
    TextClassification architecture = options.architecture(split.training(), out).build();
    TrainingOptions training = options.trainingOptions();
    ModelTraining run =
        new ModelTraining(options.training, options.output, options.console, folder, out);
    TextClassifier classifier =
        run.train(around -> TextClassifier.train(split.training(), architecture, training, around));
    TextCounts learned = classifier.count(split.training());
    out.println("Learned from: " + learned + ".");
    if (learned.cut() > 0) {
      out.println("--max-length reads more words of a text, and takes as much more time.");
    }
    out.println();
    ClassificationPart part = ClassificationPart.of(classifier, split.test());
    ClassificationReport report = part.report();
    run.show(classifier, report, part);
    run.save(classifier);
    run.report(
        classifier,
        part,
        "%s: texts in %d classes by %s"
            .formatted(
                options.rows.data == null ? "WordNet" : options.rows.data.getFileName().toString(),
                report.labels().size(),
                options.network.inWords()),
        facts(options, rows, split, classifier));
    if (options.rows.data == null) {
      askNewDefinitions(classifier, out);
    } else {
      askTestRows(classifier, split.test(), out);
    }
    out.println();
    run.next(
        "Ask the model:",
        PredictText.command(
            folder, options.rows.data == null ? NEW_DEFINITIONS.get(0) : "some text"));
    run.emit(classifier, part, Map.of());
    return new Result(classifier, report, run.file());
  }

  private static Map<String, Object> facts(
      TrainTextClassifierOptions options,
      List<LabeledText> rows,
      StratifiedSplit split,
      TextClassifier classifier) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(
        "source",
        options.rows.data == null ? "WordNet 3.1, definitions" : options.rows.data.toString());
    facts.put("rows", rows.size());
    facts.put("rows for training and validation", split.training().size());
    facts.put("rows for the report", split.test().size());
    facts.put("classes", classifier.labels().size());
    facts.put("texts to learn from", classifier.count(split.training()).toString());
    facts.put("words in the vocabulary", classifier.vocabulary().words().size());
    return facts;
  }

  private static List<LabeledText> read(TrainTextClassifierOptions options, PrintStream out) {
    if (options.rows.data == null) {
      out.println("Reading the definitions of WordNet 3.1.");
      return WordNetDefinitions.read();
    }
    return options.rows.read(out);
  }

  private static void askNewDefinitions(TextClassifier classifier, PrintStream out) {
    out.println("Definitions that are not in WordNet:");
    List<Prediction> predictions = classifier.predict(NEW_DEFINITIONS);
    for (int i = 0; i < predictions.size(); i++) {
      Prediction prediction = predictions.get(i);
      out.printf(
          Locale.ROOT,
          "  %-14s %.2f  %s%n",
          prediction.label(),
          prediction.probability(),
          NEW_DEFINITIONS.get(i));
    }
  }

  private static void askTestRows(
      TextClassifier classifier, List<LabeledText> test, PrintStream out) {
    out.println("Held-out rows:");
    int shown = Math.min(ROWS_TO_SHOW, test.size());
    for (int i = 0; i < shown; i++) {
      LabeledText row = test.get((int) ((2L * i + 1) * test.size() / (2L * shown)));
      Prediction prediction = classifier.predict(row.text());
      out.printf(
          Locale.ROOT,
          "  %s (%.2f), expected %s: %s%n",
          prediction.label(),
          prediction.probability(),
          row.label(),
          AskedTexts.excerpt(row.text()));
    }
  }
}
