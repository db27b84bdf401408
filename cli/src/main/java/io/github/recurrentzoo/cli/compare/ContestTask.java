package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.command.classification.TrainTextClassifierOptions;
import io.github.recurrentzoo.cli.command.forecasting.ForecastSeriesOptions;
import io.github.recurrentzoo.cli.command.generation.GenerateTextOptions;
import io.github.recurrentzoo.cli.command.translation.NormalizeDatesOptions;
import io.github.recurrentzoo.cli.command.translation.PronounceWordsOptions;
import io.github.recurrentzoo.cli.compare.Comparison.Contest;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.datasets.SampleSeries;
import java.util.List;
import java.util.Locale;

/** The tasks that {@link CompareArchitectures} knows. */
enum ContestTask {
  ADDING("adding problem"),
  COPY("copy task"),
  TEXT("text classification"),
  SEATTLE("forecasts of the temperature at Seattle"),
  CO2("forecasts of CO2"),
  GENERATION("text generation"),
  DATES("dates in words to ISO"),
  PRONUNCIATION("English words to sounds");

  private final String title;

  ContestTask(String title) {
    this.title = title;
  }

  /** What the command line calls it. */
  String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return title;
  }

  /** Whether the networks read their own output, so that teacher forcing has a meaning. */
  boolean readsItsOutput() {
    return this == GENERATION || this == DATES || this == PRONUNCIATION;
  }

  /** Whether scores are errors of several orders of magnitude. */
  boolean logarithmic() {
    return this == ADDING;
  }

  /** The default values of shape and training, those of the task's own command if it has one. */
  Defaults defaults() {
    return switch (this) {
      case ADDING, COPY ->
          new Defaults()
              .both("epochs", 8)
              .both("batchSize", 50)
              .both("learningRate", 0.002)
              .both("clipNorm", 1);
      case TEXT -> new TrainTextClassifierOptions().defaults();
      case SEATTLE -> ForecastSeriesOptions.defaultsOf(SampleSeries.Name.SEATTLE);
      case CO2 -> ForecastSeriesOptions.defaultsOf(SampleSeries.Name.CO2);
      case GENERATION -> new GenerateTextOptions().defaults();
      case DATES -> new NormalizeDatesOptions().defaults();
      case PRONUNCIATION -> new PronounceWordsOptions().defaults();
    };
  }

  List<Contest> contests(CompareArchitecturesOptions options) {
    return switch (this) {
      case ADDING -> memory(MemoryTask.ADDING, options);
      case COPY -> memory(MemoryTask.COPY, options);
      case TEXT -> List.of(new TextContest(options));
      case SEATTLE -> List.of(new ForecastContest(SampleSeries.Name.SEATTLE, options));
      case CO2 -> List.of(new ForecastContest(SampleSeries.Name.CO2, options));
      case GENERATION -> List.of(new GenerationContest(options));
      case DATES -> List.of(PairsContest.dates(options));
      case PRONUNCIATION -> List.of(PairsContest.pronunciation(options));
    };
  }

  private static List<Contest> memory(MemoryTask task, CompareArchitecturesOptions options) {
    return options.lengths.stream()
        .<Contest>map(length -> new MemoryContest(task, length, options))
        .toList();
  }
}
