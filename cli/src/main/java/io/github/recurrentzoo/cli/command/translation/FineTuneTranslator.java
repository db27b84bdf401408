package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.command.BeforeAndAfter;
import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.cli.command.TrainedModel;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import io.github.recurrentzoo.zoo.translation.TranslationPart;
import io.github.recurrentzoo.zoo.translation.TranslationReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Fits a trained network that turns sequences into others to pairs of the user's. */
public final class FineTuneTranslator {

  private FineTuneTranslator() {}

  /**
   * What a run gives.
   *
   * @param translator the fine-tuned translator
   * @param before how good the model that it was made of is on pairs that it has not learned from
   * @param report how good the translator is on the same pairs
   * @param model the file that it was saved to
   */
  public record Result(
      SequenceTranslator translator,
      TranslationReport before,
      TranslationReport report,
      Path model) {}

  /**
   * Fine-tunes, reports, saves and asks.
   *
   * @param options the model, the pairs and where to save
   * @param out where to print to
   * @return translator, reports and file
   */
  public static Result run(FineTuneTranslatorOptions options, PrintStream out) {
    FineTuneOptions tuning = options.tuning();
    DecodingOptions decoding = options.evaluation.decoding();
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
    List<TextPair> test = options.evaluation.test(split);
    FineTuning run =
        FineTuning.of(
            options.model.name(),
            options.pairs.data,
            options.training,
            options.output,
            options.console,
            out);
    run.begin("pairs", split.training().size(), test.size());
    SequenceTranslator tuned =
        run.training()
            .train(TrainedModel::of, around -> model.fineTune(split.training(), tuning, around));

    TrainedModel trained = TrainedModel.of(tuned);
    TranslationReport before = model.evaluate(test, decoding);
    TranslationReport report = tuned.evaluate(test, decoding);
    BeforeAndAfter figures = BeforeAndAfter.of(before, report);
    run.show(trained, report, figures);
    run.training().save(trained);
    run.report(
        trained,
        new TranslationPart(report),
        figures,
        PairsExample.facts(options.pairs.data.toString(), split, test, tuned));
    PairsExample.askTestPairs(tuned, decoding, test, out);
    out.println();
    run.training()
        .next(
            "Ask the model:", TranslateText.command(run.training().folder(), test.get(0).source()));
    run.emit(trained, figures, report::toMap, json -> {});
    return new Result(tuned, before, report, run.training().file());
  }
}
