package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.DecodingOptions;
import io.github.recurrentzoo.zoo.SequenceToSequence;
import io.github.recurrentzoo.zoo.SequenceTranslator;
import io.github.recurrentzoo.zoo.TrainingOptions;
import io.github.recurrentzoo.zoo.Translation;
import io.github.recurrentzoo.zoo.TranslationReport;
import io.github.recurrentzoo.zoo.data.PairSplit;
import io.github.recurrentzoo.zoo.data.TextPair;
import io.github.recurrentzoo.zoo.report.TrainingReport;
import io.github.recurrentzoo.zoo.report.TranslationPart;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the examples that learn from pairs have in common: train, report, save and ask.
 *
 * @param name of the example's own data, for messages and files
 * @param newInputs inputs that are not in that data, to ask at the end
 */
record PairsExample(String name, List<String> newInputs) {
  private static final int ROWS_TO_SHOW = 5;

  /**
   * What a run gives.
   *
   * @param translator the trained translator
   * @param report how good it is on pairs that it has not seen
   * @param model the file that it was saved to
   */
  public record Result(SequenceTranslator translator, TranslationReport report, Path model) {}

  /** Reads the user's file. */
  static List<TextPair> read(PairsArguments options, PrintStream out) {
    out.println("Reading " + options.data + ".");
    return options.reader().read(options.data);
  }

  /**
   * Trains, reports, saves and asks.
   *
   * @param split into pairs to learn from and pairs for the report
   */
  Result run(
      PairsArguments options,
      SequenceToSequence.Builder architecture,
      PairSplit split,
      PrintStream out) {
    TrainingOptions training = options.training.options();
    DecodingOptions decoding = options.decoding();
    Path folder = options.output.prepare(options.data, name, options.network);
    Path model = folder.resolve(TrainingReport.MODEL);
    List<TextPair> test = split.test().subList(0, Math.min(options.testPairs, split.test().size()));
    out.printf(
        Locale.ROOT,
        "Training %s on %,d pairs; %,d more pairs are kept for the report.%n%n",
        options.network.inWords(),
        split.training().size(),
        test.size());
    TrainingRecord record = new TrainingRecord();
    SequenceTranslator translator =
        train(split.training(), architecture, training, options, record, folder, out);

    TranslationReport report = translator.evaluate(test, decoding);
    out.println(report);
    translator.save(model);
    options
        .output
        .report(record, new TranslationPart(report))
        .title(
            "%s: sequence to sequence by %s"
                .formatted(
                    options.data == null ? name : options.data.getFileName().toString(),
                    options.network.inWords()))
        .data(facts(options, split, test, translator))
        .provenance(translator.provenance())
        .parameters(translator.parameters())
        .build()
        .write(folder);
    LongRun.ended(folder);
    out.println(OutputArguments.saved(folder));
    out.println();
    if (options.data == null) {
      askNewInputs(translator, decoding, out);
    } else {
      askTestPairs(translator, decoding, test, out);
    }
    out.println();
    out.println("Ask the model:");
    out.println(
        "  "
            + TranslateText.command(
                options.console.wording(),
                folder,
                options.data == null ? newInputs.get(0) : test.get(0).source()));
    options.console.emit(
        () ->
            JsonReports.training(
                "sequence-to-sequence",
                model,
                translator.parameters(),
                translator.provenance(),
                JsonReports.of(report)));
    return new Result(translator, report, model);
  }

  private Map<String, Object> facts(
      PairsArguments options, PairSplit split, List<TextPair> test, SequenceTranslator translator) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", options.data == null ? name : options.data.toString());
    facts.put("pairs for training and validation", split.training().size());
    facts.put("pairs for the report", test.size());
    facts.put("symbols of inputs", translator.sourceVocabulary().size());
    facts.put("symbols of outputs", translator.targetVocabulary().size());
    return facts;
  }

  private static SequenceTranslator train(
      List<TextPair> pairs,
      SequenceToSequence.Builder architecture,
      TrainingOptions training,
      PairsArguments options,
      TrainingRecord record,
      Path folder,
      PrintStream out) {
    long start = System.nanoTime();
    ConsoleProgress progress = ConsoleProgress.on(out);
    SequenceTranslator translator;
    try (LongRun run = options.training.run(record, progress, folder, out)) {
      translator = SequenceTranslator.train(pairs, architecture, training, run.run());
    } finally {
      progress.close();
    }
    out.printf(
        Locale.ROOT,
        "%nTrained %,d parameters in %s; the weights are those of epoch %d.%n%n",
        translator.parameters(),
        ConsoleProgress.words(Duration.ofNanos(System.nanoTime() - start)),
        translator.provenance().bestEpoch());
    return translator;
  }

  private void askNewInputs(
      SequenceTranslator translator, DecodingOptions decoding, PrintStream out) {
    out.println("Inputs that are not in the data:");
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
    out.println("Pairs that the network has not seen:");
    int shown = Math.min(ROWS_TO_SHOW, test.size());
    for (int i = 0; i < shown; i++) {
      TextPair pair = test.get((int) ((2L * i + 1) * test.size() / (2L * shown)));
      Translation translation = translator.translate(List.of(pair.source()), decoding).get(0);
      out.println("  " + PredictText.excerpt(pair.source()));
      out.println("    " + translation.text());
      out.println("    " + pair.target() + " was expected");
    }
  }
}
