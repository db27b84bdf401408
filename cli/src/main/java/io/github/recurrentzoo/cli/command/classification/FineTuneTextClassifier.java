package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.zoo.classification.ClassificationPart;
import io.github.recurrentzoo.zoo.classification.ClassificationReport;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Fits a trained text classifier to a file of the user's, or to the verbs of WordNet, of which it
 * has a few examples per class; there it is compared with a network that begins from nothing.
 */
public final class FineTuneTextClassifier {

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
    TextParts parts = options.rows.parts(rows, options.split, options.training.seed, out);
    String source = FineTuning.nameOf(options.rows.data);
    FineTuning run = fineTuning(options, source, source, out);
    run.begin("rows", parts.training().size(), parts.test().size());
    run.readFrom(options.rows.columns());
    adviseToTrain(options, model, parts.training(), out);
    FineTuneOptions tuning = options.tuning(options.training.seed);
    TextClassifier tuned =
        run.train(around -> model.fineTune(parts.learned(false), tuning, around));
    return finish(
        run,
        options,
        model,
        tuned,
        parts.test(),
        List.of(),
        () ->
            run.toSave(
                tuned,
                options.split,
                parts.all().rows().size() + " rows",
                (epochs, around) ->
                    model.fineTune(parts.all(), tuning.withEpochs(epochs), around)));
  }

  /** A preset of other labels says less of such texts than vectors of English words do. */
  private static void adviseToTrain(
      FineTuneTextClassifierOptions options,
      TextClassifier model,
      List<LabeledText> rows,
      PrintStream out) {
    if (model.info().option("embeddings") == null
        && Collections.disjoint(model.labels(), rows.stream().map(LabeledText::label).toList())
        && EmbeddingSource.englishFor(rows.stream().map(LabeledText::text).toList()).isPresent()) {
      out.printf(
          "%s has none of these labels. train text, which begins with vectors of English words, is"
              + " likely to be better on such rows.%n",
          options.modelName());
    }
  }

  private static Result compare(
      FineTuneTextClassifierOptions options, TextClassifier model, PrintStream out) {
    FineTuning run = fineTuning(options, "WordNet's verbs", "verbs", out);
    FewExamples.Result result = new FewExamples(options, run.record(), out).compare(model);
    out.println("The first fine-tuned network:");
    return finish(
        run, options, model, result.first(), result.test(), result.draws(), result::first);
  }

  private static FineTuning fineTuning(
      FineTuneTextClassifierOptions options, String source, String folder, PrintStream out) {
    return new FineTuning(
        options.modelName(),
        source,
        folder,
        options.training,
        options.output,
        options.console,
        out);
  }

  private static Result finish(
      FineTuning run,
      FineTuneTextClassifierOptions options,
      TextClassifier model,
      TextClassifier tuned,
      List<LabeledText> test,
      List<Draw> comparison,
      Supplier<TextClassifier> toSave) {
    ClassificationPart part = ClassificationPart.of(tuned, test);
    before(run, model, test);
    run.show(tuned, part.report(), part);
    run.save(toSave.get());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(
        "source",
        options.rows.data == null ? "WordNet 3.1, definitions" : options.rows.data.toString());
    facts.put("rows for training and validation", tuned.provenance().rows());
    facts.put("rows for the report", test.size());
    facts.put("classes", tuned.labels().size());
    run.report(tuned, part, "", facts);
    run.next("Ask the model:", PredictText.command(run.folder(), "some text"));
    run.emit(
        tuned, part, Map.of("comparison", comparison.stream().map(FewExamples::json).toList()));
    return new Result(tuned, part.report(), run.file(), comparison);
  }

  private static void before(FineTuning run, TextClassifier model, List<LabeledText> test) {
    List<String> unknown =
        test.stream()
            .map(LabeledText::label)
            .filter(label -> !model.labels().contains(label))
            .distinct()
            .sorted()
            .toList();
    if (unknown.isEmpty()) {
      run.before(new ClassificationPart(model.evaluate(test), List.of()));
    } else {
      run.noneBefore("the model as it was has no label " + String.join(", ", unknown));
    }
  }
}
