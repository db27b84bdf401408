package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.command.AskedTexts;
import io.github.recurrentzoo.cli.command.ModelTraining;
import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.ClassificationPart;
import io.github.recurrentzoo.zoo.classification.ClassificationReport;
import io.github.recurrentzoo.zoo.classification.LabeledRows;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.classification.TextCounts;
import io.github.recurrentzoo.zoo.report.CrossValidation;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
    options.training.optionsWithoutTeacher(options.split.validationSplit);
    List<LabeledText> rows = read(options, out);
    TextParts parts = options.rows.parts(rows, options.split, options.training.seed, out);
    Path folder = options.output.prepare(options.rows.data, "wordnet", options.network);

    Optional<CrossValidation> folds =
        options.folds.run(out, around -> crossValidate(options, parts.all().rows(), out, around));
    out.printf(
        Locale.ROOT,
        "Training %s on %,d rows in %d classes; %,d more rows are held out as test set.%n%n",
        options.network.inWords(),
        parts.training().size(),
        parts.training().stream().map(LabeledText::label).distinct().count(),
        parts.test().size());
    TextClassification architecture = options.architecture(parts.training(), out).build();
    TrainingOptions training = options.trainingOptions();
    ModelTraining run =
        new ModelTraining(options.training, options.output, options.console, folder, out);
    run.readFrom(options.rows.columns());
    TextClassifier classifier =
        run.train(
            around ->
                TextClassifier.train(
                    parts.learned(options.allLearned), architecture, training, around));
    TextCounts learned = classifier.count(parts.training());
    out.println("Learned from: " + learned + ".");
    if (learned.cut() > 0) {
      out.println("--max-length reads more of a text, and takes as much more time.");
    }
    out.println();
    ClassificationPart part = ClassificationPart.of(classifier, parts.test());
    ClassificationReport report = part.report();
    run.show(classifier, report, part);
    run.save(
        run.toSave(
            classifier,
            options.split,
            parts.all().rows().size() + " rows",
            (epochs, around) ->
                TextClassifier.train(
                    parts.all(),
                    options.withSchedule(architecture, parts.all().rows()),
                    training.withEpochs(epochs),
                    around)));
    run.report(
        classifier,
        part,
        "%s: texts in %d classes by %s"
            .formatted(
                options.rows.data == null ? "WordNet" : options.rows.data.getFileName().toString(),
                report.labels().size(),
                options.network.inWords()),
        facts(options, rows, parts, classifier, folds));
    if (options.rows.data == null) {
      askNewDefinitions(classifier, out);
    } else {
      askTestRows(classifier, parts.test(), out);
    }
    out.println();
    run.next(
        "Ask the model:",
        PredictText.command(
            folder, options.rows.data == null ? NEW_DEFINITIONS.get(0) : "some text"));
    run.emit(
        classifier,
        part,
        folds.<Map<String, ?>>map(result -> Map.of("folds", result.toMap())).orElse(Map.of()));
    return new Result(classifier, report, run.file());
  }

  private static CrossValidation crossValidate(
      TrainTextClassifierOptions options,
      List<LabeledText> rows,
      PrintStream out,
      TrainingRun around) {
    int folds = options.folds.folds;
    List<LabeledText> learned =
        StratifiedSplit.folds(rows, folds, options.training.seed).get(0).training();
    TextClassification architecture = options.architecture(learned, out).build();
    LabeledRows all = LabeledRows.of(rows).weighted(options.rows.classWeights);
    return TextClassifier.crossValidate(
        options.allLearned ? all.withoutValidation() : all,
        folds,
        architecture,
        options.trainingOptions(),
        around);
  }

  private static Map<String, Object> facts(
      TrainTextClassifierOptions options,
      List<LabeledText> rows,
      TextParts parts,
      TextClassifier classifier,
      Optional<CrossValidation> folds) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(
        "source",
        options.rows.data == null ? "WordNet 3.1, definitions" : options.rows.data.toString());
    facts.put("rows", rows.size());
    facts.put(
        options.allLearned ? "rows for training" : "rows for training and validation",
        parts.training().size());
    facts.put("rows for the report", parts.test().size());
    parts.validation().ifPresent(own -> facts.put("rows of one's own for validation", own.size()));
    if (!parts.weights().isNone()) {
      facts.put("class weights", parts.weights().inWords());
    }
    folds.ifPresent(result -> facts.put("cross-validation", result.inWords()));
    facts.put("classes", classifier.labels().size());
    facts.put("texts to learn from", classifier.count(parts.training()).toString());
    facts.put(
        classifier.unit().inWords() + " in the vocabulary", classifier.vocabulary().words().size());
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
