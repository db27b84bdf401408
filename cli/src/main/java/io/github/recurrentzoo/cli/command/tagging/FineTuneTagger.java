package io.github.recurrentzoo.cli.command.tagging;

import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.tagging.TaggedText;
import io.github.recurrentzoo.zoo.tagging.TaggingPart;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.TreeSet;

/** Fits a trained tagger to sentences of the user's. */
public final class FineTuneTagger {

  private FineTuneTagger() {}

  /**
   * Fine-tunes, reports, saves and asks.
   *
   * @param options the model, the sentences and where to save
   * @param out where to print to
   * @return tagger, report and file
   */
  public static TrainTagger.Result run(FineTuneTaggerOptions options, PrintStream out) {
    FineTuneOptions tuning = options.tuning();
    SequenceTagger model =
        options.model.loadOr(
            FineTuneTaggerOptions.PRESET, SequenceTagger::load, SequenceTagger::pretrained);
    if (Boolean.TRUE.equals(model.info().option("crf")) && !options.rows.classWeights.isNone()) {
      throw new BadOptionException(
          "The model has a CRF, whose loss is that of a whole sentence, in which no label has a weight of its own. Leave out --class-weights.");
    }
    TaggedParts parts = options.rows.parts(options.split, options.training.seed, out);
    FineTuning run =
        new FineTuning(
            options.model.nameOr(FineTuneTaggerOptions.PRESET),
            options.rows.data,
            options.training,
            options.output,
            options.console,
            out);
    run.begin("sentences", parts.training().size(), parts.test().size());
    run.readFrom(options.rows.columns());
    SequenceTagger tuned = run.train(around -> parts.fineTune(model, tuning, around));
    before(run, model, parts.test());
    return TrainTagger.end(
        run,
        tuned,
        parts,
        options.rows.data.toString(),
        "",
        () ->
            run.toSave(
                tuned,
                options.split,
                "%,d sentences".formatted(parts.all().training().size()),
                (epochs, around) ->
                    parts.all().fineTune(model, tuning.withEpochs(epochs), around)));
  }

  private static void before(FineTuning run, SequenceTagger model, List<TaggedText> test) {
    TreeSet<String> unknown = new TreeSet<>();
    test.forEach(row -> unknown.addAll(row.labels()));
    unknown.removeAll(model.labels());
    if (unknown.isEmpty()) {
      run.before(new TaggingPart(model.evaluate(test)));
    } else {
      run.noneBefore("the model as it was has no label " + String.join(", ", unknown));
    }
  }
}
