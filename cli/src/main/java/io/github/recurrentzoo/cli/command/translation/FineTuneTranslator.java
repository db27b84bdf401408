package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TranslationPart;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Fits a trained network that turns sequences into others to pairs of the user's. */
public final class FineTuneTranslator {

  private FineTuneTranslator() {}

  /**
   * Fine-tunes, reports, saves and asks.
   *
   * @param options the model, the pairs and where to save
   * @param out where to print to
   * @return translator, report and file
   */
  public static PairsExample.Result run(FineTuneTranslatorOptions options, PrintStream out) {
    FineTuneOptions tuning = options.tuning();
    SequenceTranslator model =
        options.model.load(SequenceTranslator::load, SequenceTranslator::pretrained);
    PairParts parts =
        options.pairs.parts(
            options.split,
            options.training.seed,
            model.sourceVocabulary().unit(),
            model.maxInputLength(),
            model.targetVocabulary().unit(),
            model.maxOutputLength(),
            out);
    PairSplit split = parts.split();
    FineTuning run =
        new FineTuning(
            options.model.name(),
            options.pairs.data,
            options.training,
            options.output,
            options.console,
            out);
    run.begin("pairs", split.training().size(), options.evaluation.test(split).size());
    run.readFrom(options.pairs.columns());
    SequenceTranslator tuned = run.train(around -> parts.fineTune(model, tuning, around));
    run.before(
        new TranslationPart(
            model.evaluate(options.evaluation.test(split), options.evaluation.decoding())));
    return new PairsExample("", List.of())
        .end(
            run,
            tuned,
            split,
            options.evaluation,
            options.pairs.data,
            "",
            Optional.empty(),
            () ->
                run.toSave(
                    tuned,
                    options.split,
                    parts.all().training().size() + " pairs",
                    (epochs, around) ->
                        model.fineTune(parts.all(), tuning.withEpochs(epochs), around)));
  }
}
