package io.github.recurrentzoo.cli.preset;

import io.github.recurrentzoo.cli.command.classification.TrainTextClassifier;
import io.github.recurrentzoo.cli.command.generation.GenerateText;
import io.github.recurrentzoo.cli.command.translation.NormalizeDates;
import io.github.recurrentzoo.cli.command.translation.PairReportArguments;
import io.github.recurrentzoo.cli.command.translation.PronounceWords;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.ClassificationReport;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.GenerationReport;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.preset.Recipes;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import io.github.recurrentzoo.zoo.translation.TranslationReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How a preset is trained and measured: by its recipe, on the data that the recipe is for, and on
 * the part of that data which the task's own command keeps for its report.
 */
abstract class PresetTraining {
  /** The fraction of a series that is kept for the report. */
  private static final double TEST_PART_OF_SERIES = 0.2;

  private final Recipe recipe;
  private final long seed;

  private PresetTraining(Recipe recipe, long seed) {
    this.recipe = recipe;
    this.seed = seed;
  }

  /** The recipe that a preset names, for its recurrence. */
  static Recipe recipe(Preset preset) {
    return Recipes.get(preset.recipe(), preset.task(), Recurrence.of(preset.architecture()).name());
  }

  /**
   * The training by a recipe.
   *
   * @param seed of the training, and of the held-out part
   */
  static PresetTraining of(Recipe recipe, long seed) {
    return switch (recipe.name()) {
      case "wordnet" -> new Classification(recipe, seed);
      case "dates" ->
          new Pairs(
              recipe, seed, NormalizeDates.defaultData(seed), "exact match", "symbol error rate");
      case "pronunciation" ->
          new Pairs(
              recipe,
              seed,
              PronounceWords.defaultData(seed),
              "word error rate",
              "phone error rate");
      case "seattle", "co2" -> new Forecasting(recipe, seed);
      case "definitions" -> new Generation(recipe, seed);
      default ->
          throw new IllegalArgumentException(
              "The recipe %s is for no data of the zoo, so that no preset can be trained by it."
                  .formatted(recipe.name()));
    };
  }

  /** Trains, with progress on the console, and saves the model. */
  final void train(Path model, PrintStream out) {
    out.printf("Training by the recipe %s for %s.%n", recipe.name(), recipe.recurrence());
    try (ConsoleProgress progress = ConsoleProgress.on(out)) {
      train(
          model,
          TrainingOptions.builder().recipe(recipe).seed(seed).build(),
          TrainingRun.of(progress));
    }
  }

  abstract void train(Path model, TrainingOptions training, TrainingRun run);

  /** The measures of a saved model on the held-out part, the preset's metric first. */
  abstract List<Metric> measure(Path model);

  /** Network and optimizer. */
  final <B extends NetworkOptions<B>> B network(B builder) {
    return builder.recipe(recipe).seed(seed);
  }

  /** WordNet's classes. */
  private static final class Classification extends PresetTraining {
    private final StratifiedSplit split;

    Classification(Recipe recipe, long seed) {
      super(recipe, seed);
      split =
          StratifiedSplit.split(WordNetDefinitions.read(), TrainTextClassifier.TEST_FRACTION, seed);
    }

    @Override
    void train(Path model, TrainingOptions training, TrainingRun run) {
      TextClassifier.train(
              split.training(), network(TextClassification.builder()).build(), training, run)
          .save(model);
    }

    @Override
    List<Metric> measure(Path model) {
      ClassificationReport report = TextClassifier.load(model).evaluate(split.test());
      return List.of(
          new Metric("accuracy", report.accuracy()), new Metric("macro F1", report.macroF1()));
    }
  }

  /** Dates in words, and the lexicon of pronunciations. */
  private static final class Pairs extends PresetTraining {
    private final PairSplit split;
    private final String ofWhole;
    private final String ofSymbols;

    /**
     * Either data set.
     *
     * @param ofWhole the name of the measure of whole outputs: of those right, or of the errors
     * @param ofSymbols the name of the measure of symbols
     */
    Pairs(Recipe recipe, long seed, PairSplit split, String ofWhole, String ofSymbols) {
      super(recipe, seed);
      this.split = split;
      this.ofWhole = ofWhole;
      this.ofSymbols = ofSymbols;
    }

    @Override
    void train(Path model, TrainingOptions training, TrainingRun run) {
      SequenceTranslator.train(
              split.training(), network(SequenceToSequence.builder()).build(), training, run)
          .save(model);
    }

    @Override
    List<Metric> measure(Path model) {
      List<TextPair> test = new PairReportArguments().test(split);
      TranslationReport report =
          SequenceTranslator.load(model).evaluate(test, DecodingOptions.GREEDY);
      boolean errors = ofWhole.contains("error");
      return List.of(
          new Metric(ofWhole, errors ? 1 - report.exactMatch() : report.exactMatch()),
          new Metric(ofSymbols, report.symbolErrorRate()));
    }
  }

  /** The series of the data sets. */
  private static final class Forecasting extends PresetTraining {
    private final SampleSeries sample;
    private final TimeSeries.Split split;

    Forecasting(Recipe recipe, long seed) {
      super(recipe, seed);
      sample = SampleSeries.of(SampleSeries.Name.valueOf(recipe.name().toUpperCase(Locale.ROOT)));
      split = sample.read().split(TEST_PART_OF_SERIES);
    }

    @Override
    void train(Path model, TrainingOptions training, TrainingRun run) {
      Forecaster.train(
              split.past(),
              sample.options(),
              network(SequenceForecasting.builder()).build(),
              training,
              run)
          .save(model);
    }

    @Override
    List<Metric> measure(Path model) {
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
    }
  }

  /** WordNet's definitions as text. */
  private static final class Generation extends PresetTraining {
    private final GenerateText.Split split;

    Generation(Recipe recipe, long seed) {
      super(recipe, seed);
      split =
          GenerateText.Split.ofDefinitions(seed, new PrintStream(PrintStream.nullOutputStream()));
    }

    @Override
    void train(Path model, TrainingOptions training, TrainingRun run) {
      TextGenerator.train(
              split.documents().orElseThrow(),
              network(TextGeneration.builder()).build(),
              training,
              run)
          .save(model);
    }

    @Override
    List<Metric> measure(Path model) {
      GenerationReport report = GenerateText.evaluate(TextGenerator.load(model), split);
      return List.of(
          new Metric("bits per character", report.bitsPerCharacter()),
          new Metric(
              "bits per character of %d-grams".formatted(report.order()),
              report.baselineBitsPerCharacter()));
    }
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
