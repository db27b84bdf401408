package io.github.recurrentzoo.cli.preset;

import io.github.recurrentzoo.cli.command.classification.TrainTextClassifier;
import io.github.recurrentzoo.cli.command.classification.TrainTextClassifierOptions;
import io.github.recurrentzoo.cli.command.forecasting.ForecastSeries;
import io.github.recurrentzoo.cli.command.forecasting.ForecastSeriesOptions;
import io.github.recurrentzoo.cli.command.generation.GenerateText;
import io.github.recurrentzoo.cli.command.generation.GenerateTextOptions;
import io.github.recurrentzoo.cli.command.translation.NormalizeDates;
import io.github.recurrentzoo.cli.command.translation.NormalizeDatesOptions;
import io.github.recurrentzoo.cli.command.translation.PairsArguments;
import io.github.recurrentzoo.cli.command.translation.PronounceWords;
import io.github.recurrentzoo.cli.command.translation.PronounceWordsOptions;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.option.NetworkArguments;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.ClassificationReport;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.generation.GenerationReport;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TranslationReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How a preset is trained and measured: by the program that its command names, with that program's
 * own options and on the part of the data that the program keeps for its report.
 *
 * @param network the options of the network
 * @param training trains, prints how, and returns the file that the model is saved to
 * @param measuring the measures of a saved model on the held-out part, the preset's metric first
 */
record PresetTraining(
    NetworkArguments network,
    Function<PrintStream, Path> training,
    Function<Path, List<Metric>> measuring) {

  /**
   * The training of a command.
   *
   * @param command the name of a program and its options, as a preset records it
   * @param output the folder where model and report are to be saved
   */
  static PresetTraining of(String command, Path output) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    String main = words.remove(0);
    words.addAll(List.of("--output", output.toString()));
    String[] args = words.toArray(String[]::new);
    return switch (main) {
      case "TrainTextClassifier" ->
          classification(CommandLineProgram.parsed(new TrainTextClassifierOptions(), args));
      case "NormalizeDates" -> dates(CommandLineProgram.parsed(new NormalizeDatesOptions(), args));
      case "PronounceWords" ->
          pronunciation(CommandLineProgram.parsed(new PronounceWordsOptions(), args));
      case "ForecastSeries" ->
          forecasting(CommandLineProgram.parsed(new ForecastSeriesOptions(), args));
      case "GenerateText" -> generation(CommandLineProgram.parsed(new GenerateTextOptions(), args));
      default -> throw unknown(command, main);
    };
  }

  /**
   * The same training as a command of the launcher.
   *
   * @param command as a preset records it
   */
  static String typed(String command) {
    String[] mainAndOptions = command.split(" ", 2);
    String name =
        switch (mainAndOptions[0]) {
          case "TrainTextClassifier" -> "train text";
          case "NormalizeDates" -> "train dates";
          case "PronounceWords" -> "train pronunciation";
          case "ForecastSeries" -> "train forecast";
          case "GenerateText" -> "train generation";
          default -> throw unknown(command, mainAndOptions[0]);
        };
    return mainAndOptions.length == 1 ? name : name + " " + mainAndOptions[1];
  }

  private static IllegalArgumentException unknown(String command, String main) {
    return new IllegalArgumentException(
        "The command \"%s\" begins with %s, which trains no preset; expected TrainTextClassifier, NormalizeDates, PronounceWords, ForecastSeries or GenerateText."
            .formatted(command, main));
  }

  /** WordNet's classes. */
  private static PresetTraining classification(TrainTextClassifierOptions options) {
    return new PresetTraining(
        options.network,
        out -> TrainTextClassifier.run(options, out).model(),
        model -> {
          StratifiedSplit split =
              StratifiedSplit.split(
                  WordNetDefinitions.read(),
                  TrainTextClassifier.TEST_FRACTION,
                  options.training.seed);
          ClassificationReport report = TextClassifier.load(model).evaluate(split.test());
          return List.of(
              new Metric("accuracy", report.accuracy()), new Metric("macro F1", report.macroF1()));
        });
  }

  /** Dates in words. */
  private static PresetTraining dates(NormalizeDatesOptions options) {
    return new PresetTraining(
        options.network,
        out -> NormalizeDates.run(options, out).model(),
        model -> {
          TranslationReport report = report(model, options, NormalizeDates.ownData(options));
          return List.of(
              new Metric("exact match", report.exactMatch()),
              new Metric("symbol error rate", report.symbolErrorRate()));
        });
  }

  /** The lexicon of pronunciations. */
  private static PresetTraining pronunciation(PronounceWordsOptions options) {
    return new PresetTraining(
        options.network,
        out -> PronounceWords.run(options, out).model(),
        model -> {
          TranslationReport report = report(model, options, PronounceWords.ownData(options));
          return List.of(
              new Metric("word error rate", 1 - report.exactMatch()),
              new Metric("phone error rate", report.symbolErrorRate()));
        });
  }

  private static TranslationReport report(Path model, PairsArguments options, PairSplit split) {
    return SequenceTranslator.load(model)
        .evaluate(options.evaluation.test(split), DecodingOptions.GREEDY);
  }

  /** The series of the data sets. */
  private static PresetTraining forecasting(ForecastSeriesOptions options) {
    return new PresetTraining(
        options.network,
        out -> ForecastSeries.run(options, out).model(),
        model -> {
          SampleSeries sample = options.sample();
          TimeSeries.Split split =
              sample.read(options.series.reader(options.what())).split(options.parts.test);
          ForecastReport.Target report =
              Forecaster.load(model).evaluate(split.past(), split.test()).targets().get(0);
          String unit = " (" + sample.unit() + ")";
          return List.of(
              new Metric("MAE" + unit, report.network().all().mae()),
              new Metric("RMSE" + unit, report.network().all().rmse()),
              new Metric("MASE", report.network().all().mase()),
              new Metric("coverage of 90 % intervals", report.coverage()),
              new Metric("MAE of the naive forecast" + unit, report.naive().all().mae()),
              new Metric(
                  "MAE of the seasonal naive forecast" + unit, report.seasonalNaive().all().mae()));
        });
  }

  /** WordNet's definitions as text. */
  private static PresetTraining generation(GenerateTextOptions options) {
    return new PresetTraining(
        options.network,
        out -> GenerateText.run(options, out).model().orElseThrow(),
        model -> {
          GenerationReport report =
              GenerateText.evaluate(
                  TextGenerator.load(model),
                  GenerateText.Split.ofDefinitions(
                      options.training.seed, new PrintStream(PrintStream.nullOutputStream())));
          return List.of(
              new Metric("bits per character", report.bitsPerCharacter()),
              new Metric(
                  "bits per character of %d-grams".formatted(report.order()),
                  report.baselineBitsPerCharacter()));
        });
  }

  /** A line for people. */
  static String inWords(List<Metric> metrics) {
    return String.join(
        ", ",
        metrics.stream()
            .map(metric -> metric.name() + " " + PresetPage.number(metric.value()))
            .toList());
  }
}
