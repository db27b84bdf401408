package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.command.TrainingRecord;
import io.github.recurrentzoo.cli.command.classification.FineTuneTextClassifier.Draw;
import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.classification.TextDefaults;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The comparison of {@link FineTuneTextClassifier}: WordNet's verbs learned from a few examples of
 * each class, beside a network that is trained as {@code train text --data} does without options.
 *
 * @param options of the command line
 * @param record of the first fine-tuning
 * @param out where to print to
 */
record FewExamples(FineTuneTextClassifierOptions options, TrainingRecord record, PrintStream out) {

  private static final int VERBS_FOR_THE_REPORT = 3_000;
  private static final String ROW = "%-6s%-18s%-22s%-18s%s%n";

  private record Rows(List<LabeledText> training, List<LabeledText> test) {}

  /**
   * What came out.
   *
   * @param first the first fine-tuned classifier
   * @param test the rows that were kept from it
   * @param draws each draw of examples
   */
  record Result(TextClassifier first, List<LabeledText> test, List<Draw> draws) {}

  Result compare(TextClassifier model) {
    List<LabeledText> verbs = WordNetDefinitions.readVerbs();
    List<Draw> comparison = new ArrayList<>();
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
      TextDefaults defaults = TextDefaults.of(rows.training());
      TextClassifier scratch =
          TextClassifier.train(
              defaults.rows(rows.training()),
              defaults.network().seed(seed).build(),
              defaults.training().seed(seed).build(),
              TrainingRun.SILENT);
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
    return new Result(first, testOfFirst, comparison);
  }

  static Map<String, Object> json(Draw one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", one.seed());
    json.put("tuned", one.tuned().toMap());
    json.put("scratch", one.scratch().toMap());
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
