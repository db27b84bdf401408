package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.command.AskedTexts;
import io.github.recurrentzoo.cli.command.ModelTraining;
import io.github.recurrentzoo.zoo.report.CrossValidation;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.translation.Alignment;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import io.github.recurrentzoo.zoo.translation.Translation;
import io.github.recurrentzoo.zoo.translation.TranslationPart;
import io.github.recurrentzoo.zoo.translation.TranslationReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the examples that learn from pairs have in common: train, report, save and ask.
 *
 * @param name of the example's own data, for messages and files
 * @param newInputs inputs that are not in that data, to ask at the end
 */
record PairsExample(String name, List<String> newInputs) {
  private static final int ROWS_TO_SHOW = 5;
  private static final int INPUTS_TO_DRAW = 3;
  private static final int LONGEST_DRAWN = 30;

  /**
   * What a run gives.
   *
   * @param translator the trained translator
   * @param report how good it is on pairs that it has not seen
   * @param model the file that it was saved to
   */
  public record Result(SequenceTranslator translator, TranslationReport report, Path model) {}

  /**
   * Trains, reports, saves and asks.
   *
   * @param parts the pairs to learn from and those for the report
   */
  Result run(
      PairsArguments options,
      SequenceToSequence.Builder architecture,
      PairParts parts,
      PrintStream out) {
    TrainingOptions training =
        options.training.optionsWithValidation(options.split.validationSplit);
    PairSplit split = parts.split();
    Path folder = options.output.prepare(options.pairs.data, name, options.network);
    List<TextPair> test = options.evaluation.test(split);
    Optional<CrossValidation> folds =
        options.folds.run(
            out,
            around ->
                SequenceTranslator.crossValidate(
                    split.all(), options.folds.folds, architecture.build(), training, around));
    out.printf(
        Locale.ROOT,
        "Training %s on %,d pairs; %,d more pairs are held out as test set.%n%n",
        options.network.inWords(),
        split.training().size(),
        test.size());
    ModelTraining run =
        new ModelTraining(options.training, options.output, options.console, folder, out);
    run.readFrom(options.pairs.columns());
    SequenceTranslator translator =
        run.train(around -> parts.train(architecture.build(), training, around));
    Path data = options.pairs.data;
    String source = data == null ? name : data.getFileName().toString();
    String title = "%s: sequence to sequence by %s".formatted(source, options.network.inWords());
    return end(
        run,
        translator,
        split,
        options.evaluation,
        data,
        title,
        folds,
        () ->
            run.toSave(
                translator,
                options.split,
                parts.all().training().size() + " pairs",
                (epochs, around) ->
                    SequenceTranslator.train(
                        parts.all(), architecture.build(), training.withEpochs(epochs), around)));
  }

  /** Reports, saves and asks; the same for a model that began from another one. */
  Result end(
      ModelTraining run,
      SequenceTranslator translator,
      PairSplit split,
      PairReportArguments evaluation,
      Path data,
      String title,
      Optional<CrossValidation> folds,
      Supplier<SequenceTranslator> toSave) {
    List<TextPair> test = evaluation.test(split);
    TranslationReport report = translator.evaluate(test, evaluation.decoding());
    TranslationPart part =
        new TranslationPart(report, alignments(translator, evaluation.decoding(), test));
    run.show(translator, report, part);
    run.save(toSave.get());
    Map<String, Object> facts =
        facts(data == null ? name : data.toString(), split, test, translator);
    folds.ifPresent(result -> facts.put("cross-validation", result.inWords()));
    run.report(translator, part, title, facts);
    if (data == null) {
      askNewInputs(translator, evaluation.decoding(), run.out());
    } else {
      askTestPairs(translator, evaluation.decoding(), test, run.out());
    }
    run.out().println();
    run.next(
        "Ask the model:",
        TranslateText.command(
            run.folder(), data == null ? newInputs.get(0) : test.get(0).source()));
    run.emit(
        translator,
        part,
        folds.<Map<String, ?>>map(result -> Map.of("folds", result.toMap())).orElse(Map.of()));
    return new Result(translator, report, run.file());
  }

  /** Where the network looks in the first inputs that are short enough for a page. */
  private static List<Alignment> alignments(
      SequenceTranslator translator, DecodingOptions decoding, List<TextPair> test) {
    if (!translator.hasAttention()) {
      return List.of();
    }
    return test.stream()
        .filter(pair -> pair.source().length() <= LONGEST_DRAWN)
        .filter(pair -> pair.target().length() <= LONGEST_DRAWN)
        .limit(INPUTS_TO_DRAW)
        .map(pair -> translator.explain(pair.source(), decoding))
        .toList();
  }

  private static Map<String, Object> facts(
      String source, PairSplit split, List<TextPair> test, SequenceTranslator translator) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", source);
    facts.put("pairs for training and validation", split.training().size());
    facts.put("pairs for the report", test.size());
    facts.put("symbols of inputs", translator.sourceVocabulary().size());
    facts.put("symbols of outputs", translator.targetVocabulary().size());
    return facts;
  }

  private void askNewInputs(
      SequenceTranslator translator, DecodingOptions decoding, PrintStream out) {
    out.println("Inputs outside the data:");
    List<Translation> translations = translator.translate(newInputs, decoding);
    for (int i = 0; i < newInputs.size(); i++) {
      out.println("  " + newInputs.get(i));
      out.println("    " + translations.get(i).text());
    }
  }

  private static void askTestPairs(
      SequenceTranslator translator,
      DecodingOptions decoding,
      List<TextPair> test,
      PrintStream out) {
    out.println("Held-out pairs:");
    int shown = Math.min(ROWS_TO_SHOW, test.size());
    for (int i = 0; i < shown; i++) {
      TextPair pair = test.get((int) ((2L * i + 1) * test.size() / (2L * shown)));
      Translation translation = translator.translate(List.of(pair.source()), decoding).get(0);
      out.println("  " + AskedTexts.excerpt(pair.source()));
      out.println("    " + translation.text());
      out.println("    " + pair.target() + " was expected");
    }
  }
}
