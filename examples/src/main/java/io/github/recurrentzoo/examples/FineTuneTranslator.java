package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.DecodingOptions;
import io.github.recurrentzoo.zoo.FineTuneOptions;
import io.github.recurrentzoo.zoo.SequenceTranslator;
import io.github.recurrentzoo.zoo.TranslationReport;
import io.github.recurrentzoo.zoo.data.PairSplit;
import io.github.recurrentzoo.zoo.data.TextPair;
import io.github.recurrentzoo.zoo.report.TranslationPart;
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
   * Fine-tunes as the command line says; {@code --help} lists the options.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    CommandLineProgram.exit(new FineTuneTranslatorOptions(), FineTuneTranslator::run, args);
  }

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
            "Ask the model:",
            TranslateText.command(
                options.console.wording(), run.training().folder(), test.get(0).source()));
    run.emit(trained, figures, report::toMap, json -> {});
    return new Result(tuned, before, report, run.training().file());
  }
}
