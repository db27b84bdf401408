package io.github.recurrentzoo.cli.command.sequences;

import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.zoo.sequences.LabeledSequence;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.sequences.SequencePart;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.TreeSet;

/** Fits a trained classifier to sequences of the user's. */
public final class FineTuneSequences {

  private FineTuneSequences() {}

  /**
   * Fine-tunes, reports and saves.
   *
   * @param options the model, the sequences and where to save
   * @param out where to print to
   * @return classifier, report and file
   */
  public static TrainSequences.Result run(FineTuneSequencesOptions options, PrintStream out) {
    FineTuneOptions tuning = options.tuning();
    SequenceClassifier model =
        options.model.loadOr(
            FineTuneSequencesOptions.PRESET,
            SequenceClassifier::load,
            SequenceClassifier::pretrained);
    options.rows.remember(model.provenance().columns());
    SequenceParts parts = options.rows.parts(options.split, options.training.seed, out);
    FineTuning run =
        new FineTuning(
            options.model.nameOr(FineTuneSequencesOptions.PRESET),
            options.rows.data,
            options.training,
            options.output,
            options.console,
            out);
    run.begin("sequences", parts.training().size(), parts.test().size());
    run.readFrom(parts.columns());
    SequenceClassifier tuned = run.train(around -> parts.fineTune(model, tuning, around));
    before(run, model, parts.test());
    return TrainSequences.end(
        run,
        tuned,
        parts,
        options.rows.data.toString(),
        "",
        () ->
            run.toSave(
                tuned,
                options.split,
                "%,d sequences".formatted(parts.all().training().size()),
                (epochs, around) ->
                    parts.all().fineTune(model, tuning.withEpochs(epochs), around)));
  }

  private static void before(FineTuning run, SequenceClassifier model, List<LabeledSequence> test) {
    TreeSet<String> unknown = new TreeSet<>();
    test.forEach(row -> unknown.add(row.label()));
    unknown.removeAll(model.labels());
    if (unknown.isEmpty()) {
      run.before(new SequencePart(model.evaluate(test), List.of()));
    } else {
      run.noneBefore("the model as it was has no label " + String.join(", ", unknown));
    }
  }
}
