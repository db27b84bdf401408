package io.github.recurrentzoo.cli.command.sequences;

import io.github.recurrentzoo.cli.command.ModelTraining;
import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.zoo.sequences.LabeledSequence;
import io.github.recurrentzoo.zoo.sequences.NearestNeighbor;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.sequences.SequencePart;
import io.github.recurrentzoo.zoo.sequences.SequenceReport;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Trains a classifier of sequences on control charts or on sequences of the user's, reports and
 * saves it.
 */
public final class TrainSequences {
  static final String CHARTS = "control charts";

  private TrainSequences() {}

  /**
   * What a run gives.
   *
   * @param classifier the trained classifier
   * @param report how good it is on sequences that it has not seen
   * @param model the file that it was saved to
   */
  public record Result(SequenceClassifier classifier, SequenceReport report, Path model) {}

  /**
   * Trains, reports and saves.
   *
   * @param options what to train, on what, and where to save it
   * @param out where to print to
   * @return classifier, report and file
   */
  public static Result run(TrainSequencesOptions options, PrintStream out) {
    options.check();
    Path data = options.rows.data;
    SequenceParts parts = parts(options, out);
    Path folder = options.output.prepare(data, "control-charts", options.network);
    SequenceClassification architecture = options.architecture(parts);
    out.printf(
        Locale.ROOT,
        "Training %s%s on %,d sequences of %s; %,d more are held out as test set.%n%n",
        options.network.inWords(),
        convolution(architecture),
        parts.training().size(),
        shape(parts),
        parts.test().size());
    ModelTraining run =
        new ModelTraining(options.training, options.output, options.console, folder, out);
    run.readFrom(parts.columns());
    TrainingOptions training = options.trainingOptions();
    SequenceClassifier classifier =
        run.train(around -> parts.train(architecture, training, around));
    return end(
        run,
        classifier,
        parts,
        data == null ? CHARTS : data.toString(),
        "%s: sequence classification by %s"
            .formatted(
                data == null ? CHARTS : data.getFileName().toString(), options.network.inWords()),
        () ->
            run.toSave(
                classifier,
                options.split,
                "%,d sequences".formatted(parts.all().training().size()),
                (epochs, around) ->
                    parts.all().train(architecture, training.withEpochs(epochs), around)));
  }

  private static SequenceParts parts(TrainSequencesOptions options, PrintStream out) {
    if (options.rows.data != null) {
      return options.rows.parts(options.split, options.training.seed, out);
    }
    options.console.refuse("without --data", "--test-split");
    out.println("Drawing control charts.");
    return SequenceParts.charts(options.training.seed);
  }

  private static String convolution(SequenceClassification network) {
    return network.filters() == 0
        ? ""
        : " above a convolution (%d filters of %d steps, stride %d)"
            .formatted(network.filters(), network.filterWidth(), network.stride());
  }

  /** Such as "3 channels and 40 to 80 steps". */
  private static String shape(SequenceParts parts) {
    int channels = parts.training().get(0).width();
    IntSummaryStatistics steps =
        parts.training().stream().mapToInt(LabeledSequence::length).summaryStatistics();
    return "%d %s and %s steps"
        .formatted(
            channels,
            channels == 1 ? "channel" : "channels",
            steps.getMin() == steps.getMax()
                ? steps.getMax()
                : steps.getMin() + " to " + steps.getMax());
  }

  /** Reports and saves; the same for a model that began from another one. */
  static Result end(
      ModelTraining run,
      SequenceClassifier classifier,
      SequenceParts parts,
      String source,
      String title,
      Supplier<SequenceClassifier> toSave) {
    SequenceReport report =
        classifier.evaluate(parts.test(), NearestNeighbor.train(parts.training()));
    SequencePart part = SequencePart.of(report, classifier, parts.test(), parts.channels());
    run.show(classifier, report, part);
    run.save(toSave.get());
    run.report(classifier, part, title, facts(source, parts, classifier));
    String model = "--model " + Wording.argument(run.folder().toString());
    if (source.equals(CHARTS)) {
      run.next("Evaluate the model again:", Wording.command("evaluate", model));
    } else {
      run.next(
          "Ask the model:",
          Wording.command("classify", model + " --data " + Wording.argument(source)));
    }
    run.emit(classifier, part, Map.of());
    return new Result(classifier, report, run.file());
  }

  private static Map<String, Object> facts(
      String source, SequenceParts parts, SequenceClassifier classifier) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", source);
    facts.put("sequences for training and validation", parts.training().size());
    parts
        .validation()
        .ifPresent(own -> facts.put("sequences of one's own for validation", own.size()));
    facts.put("sequences for the report", parts.test().size());
    facts.put("channels and steps", shape(parts));
    facts.put("values may be missing", classifier.readsMissing() ? "yes" : "no");
    facts.put("classes", classifier.labels().size());
    return facts;
  }
}
