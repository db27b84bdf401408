package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import io.github.recurrentzoo.zoo.translation.TranslationPart;
import java.io.PrintStream;
import java.util.List;

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
    List<TextPair> pairs =
        options.pairs.read(
            model.sourceVocabulary().unit(),
            model.maxInputLength(),
            model.targetVocabulary().unit(),
            model.maxOutputLength(),
            out);
    PairSplit split = PairsExample.split(pairs, options.pairs.data, options.training.seed);
    FineTuning run =
        new FineTuning(
            options.model.name(),
            options.pairs.data,
            options.training,
            options.output,
            options.console,
            out);
    run.begin("pairs", split.training().size(), options.evaluation.test(split).size());
    SequenceTranslator tuned =
        run.train(around -> model.fineTune(split.training(), tuning, around));
    run.before(
        new TranslationPart(
            model.evaluate(options.evaluation.test(split), options.evaluation.decoding())));
    return new PairsExample("", List.of())
        .end(run, tuned, split, options.evaluation, options.pairs.data, "");
  }
}
