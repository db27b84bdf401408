package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.console.WithoutTeacher;
import io.github.recurrentzoo.cli.option.CalendarNames;
import io.github.recurrentzoo.cli.option.NetworkArguments;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@link ForecastSeries}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains a time series forecaster, compares it with naive baselines on a held-out test set,"
          + " saves it, and plots the forecasts.",
      "Without --dataset and --data: an LSTM for the maximum temperature of the next seven days in"
          + " Seattle.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{}",
      "{} --dataset co2",
      "{} --data sales.csv --time-column day --target sold --future-covariates price"
          + " --calendar-features day-of-week,day-of-year --horizon 14",
      "{} --data births.csv --time-column day --target births --holidays US"
          + " --calendar-features day-of-week,day-of-year --horizon 28",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class ForecastSeriesOptions implements Defaults.Provider, WithoutTeacher {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Mixin public SeriesArguments series = new SeriesArguments();

  @Mixin ColumnArguments columns = new ColumnArguments();

  @Option(
      names = "--lookback",
      paramLabel = "N",
      description = "Number of past rows that the network reads (default: 30; co2 36, births 56).")
  Integer window;

  @Option(
      names = "--horizon",
      paramLabel = "N",
      description = "Number of steps to forecast (default: 7; co2 24, births 28, unemployment 12).")
  Integer horizon;

  @Option(
      names = "--seasonality",
      paramLabel = "N",
      description =
          "Number of rows of a season; 1 for none (default: by the time step, such as 12 months, 7"
              + " days, 24 hours; seattle 365).")
  Integer season;

  @Option(
      names = "--difference",
      paramLabel = "NAME",
      converter = DifferenceConverter.class,
      description =
          "Differencing of the targets: none, lag-1, seasonal, level or seasonal-drift (default: the one whose plain"
              + " forecast is best on the training rows; seattle and unemployment lag-1, co2 seasonal-drift, births seasonal).")
  Difference difference;

  @Option(
      names = "--calendar-features",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = CalendarNames.class,
      description =
          "Calendar features, separated by commas: hour-of-day, day-of-week, day-of-month, month,"
              + " day-of-year, none (default: none; seattle day-of-year, co2 month, births day-of-week and day-of-year).")
  List<String> calendar;

  @Option(
      names = "--holidays",
      paramLabel = "COUNTRY",
      description =
          "Public holidays as a further input, those to come included: the code of a country or of a"
              + " part of one, such as US, FR or DE-by (default: none; births US).")
  String holidays;

  @Option(
      names = "--prediction-interval",
      paramLabel = "X",
      defaultValue = "0.9",
      description = "Nominal coverage of the prediction intervals " + DEFAULT + ".")
  double interval;

  @Option(
      names = "--quantiles",
      paramLabel = "Q",
      split = ",",
      description =
          "Levels of quantiles that the network answers, too, by the pinball loss, separated by commas,"
              + " such as 0.1,0.5,0.9 (default: none).")
  List<Double> quantiles;

  @Option(
      names = "--smoothing",
      paramLabel = "true|false",
      arity = "1",
      description =
          "Of many series: whether exponential smoothing may have a share in the forecasts, the largest"
              + " within one standard error of the best on the validation rows (default: true).")
  Boolean smoothing;

  @Mixin SplitArguments split = new SplitArguments();

  @Option(
      names = "--backtest",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Backtest: split the test set into this many consecutive parts and forecast each; 0 is"
              + " off "
              + DEFAULT
              + ".")
  int backtest;

  @Option(names = "--folds", hidden = true, description = "Refused: --backtest is for series.")
  Integer folds;

  @Option(
      names = "--refit",
      description = "In the backtest, retrain on all earlier rows before each part.")
  boolean refit;

  @Mixin PictureArguments picture = new PictureArguments();

  @Mixin OutputArguments output = new OutputArguments();

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      defaultValue = "squared",
      description = "Training loss: squared or absolute error " + DEFAULT + ".")
  SequenceForecasting.Loss loss;

  @Mixin public NetworkArguments network = new NetworkArguments();

  @Mixin TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** The options of a run without arguments. */
  public ForecastSeriesOptions() {}

  @Override
  public Defaults defaults() {
    return defaultsOf(SampleSeries.Name.SEATTLE);
  }

  /** Those of the series that is named in the arguments. */
  @Override
  public Defaults defaults(String... args) {
    SampleSeries.Name series = SampleSeries.Name.SEATTLE;
    for (int i = 0; i < args.length; i++) {
      String name = Defaults.valueOf("--dataset", args[i], i + 1 < args.length ? args[i + 1] : "");
      for (SampleSeries.Name candidate : SampleSeries.Name.values()) {
        if (candidate.name().equalsIgnoreCase(name)) {
          series = candidate;
        }
      }
    }
    Defaults defaults = defaultsOf(series);
    defaults.look(args);
    return defaults;
  }

  /** Those of one of the zoo's own series, and of a file. */
  public static Defaults defaultsOf(SampleSeries.Name series) {
    String name = series.name().toLowerCase(Locale.ROOT);
    return Defaults.of(
            recurrence -> SequenceForecasting.recipe(name, recurrence),
            SequenceForecasting.recipe("series", Recurrence.LSTM))
        .each("testSplit", SampleSeries.of(series).testSplit(), SeriesParts.FRACTION);
  }

  /** The series of the data sets that is asked for, or null where a file is. */
  public SampleSeries sample() {
    SampleSeries sample = series.sample();
    if (sample == null && columns.targets == null) {
      throw new BadOptionException(
          "There is no column to forecast. Name it with --target, as the first row of the file"
              + " does.");
    }
    return sample;
  }

  /** What stands above the picture of a target. */
  String title(String target) {
    SampleSeries sample = sample();
    return sample != null && sample.targets().get(0).equals(target) ? sample.title() : target;
  }

  String unit() {
    SampleSeries sample = sample();
    return picture.unitOr(sample != null && columns.targets == null ? sample.unit() : "");
  }

  /**
   * What is forecast from what: as the zoo's own series has it, or by default, with what is given.
   */
  public ForecastOptions what() {
    SampleSeries sample = sample();
    Difference learned = difference != null || sample == null ? difference : sample.difference();
    ForecastOptions.Builder builder =
        sample == null
            ? ForecastOptions.builder().lookback(30).horizon(7)
            : ofSample(sample, learned);
    if (columns.targets != null) {
      builder.targets(columns.targets);
    }
    if (columns.inputs != null) {
      builder.pastCovariates(columns.inputsOr(List.of()));
    }
    builder.futureCovariates(columns.futureOr(List.of()));
    if (holidays != null) {
      builder.holidays(holidays);
    }
    if (learned != null) {
      builder.difference(learned);
    } else if (choosesDifference()) {
      builder.difference(Difference.LAG_1); // until the rows are there
    }
    setGiven(builder);
    SplitArguments.fraction("--prediction-interval", interval);
    try {
      if (quantiles != null) {
        quantiles.forEach(level -> SplitArguments.fraction("--quantiles", level));
        builder.quantiles(quantiles);
      }
      return builder.predictionInterval(interval).smoothing(smoothing == null || smoothing).build();
    } catch (IllegalArgumentException e) {
      throw new BadOptionException("The options contradict each other: " + e.getMessage() + ".", e);
    }
  }

  /** The settings of one of the zoo's own series; other targets leave their past to be read. */
  private ForecastOptions.Builder ofSample(SampleSeries sample, Difference learned) {
    List<String> targets = columns.targets;
    return sample.options().toBuilder()
        .difference(learned)
        .pastCovariates(
            sample.pastCovariates().stream()
                .filter(input -> targets == null || !targets.contains(input))
                // Without differences the past of a target is read anyway.
                .filter(
                    input ->
                        learned != Difference.NONE
                            || targets != null
                            || !sample.targets().contains(input))
                .toList());
  }

  private void setGiven(ForecastOptions.Builder builder) {
    if (window != null) {
      TrainingChecks.range("--lookback", window, 1, 100_000);
      builder.lookback(window);
    }
    if (horizon != null) {
      TrainingChecks.range("--horizon", horizon, 1, 10_000);
      builder.horizon(horizon);
    }
    if (season != null) {
      TrainingChecks.range("--seasonality", season, 1, 1_000_000);
      builder.seasonality(season);
    }
    if (calendar != null) {
      builder.calendarFeatures(CalendarNames.features(calendar));
    }
  }

  /** Whether the differencing is left to the rows. */
  boolean choosesDifference() {
    return difference == null && sample() == null;
  }

  /** Tells what was chosen. */
  void tell(ForecastOptions chosen, PrintStream out) {
    out.printf(
        "Differencing: %s, whose plain forecast is the best on the training rows.%n",
        optionName(chosen.difference()));
  }

  public SequenceForecasting.Builder architecture() {
    return training.apply(network.apply(SequenceForecasting.builder().loss(loss)));
  }

  TrainingOptions trainingOptions(double validationSplit) {
    if (folds != null) {
      throw new BadOptionException(
          "--folds would test a forecaster on rows that lie before those it has learned from. Use"
              + " --backtest N for a series, with --refit to retrain before each part.");
    }
    split.check(series.data, console);
    TrainingChecks.range("--backtest", backtest, 0, 1000);
    if (refit && backtest == 0) {
      throw new BadOptionException("--refit needs a backtest; add --backtest.");
    }
    training.optionsWithoutTeacher(); // refuses teacher forcing
    return training.optionsWithValidation(validationSplit);
  }

  static String optionName(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Takes lag-1 and LAG_1 alike. */
  static final class DifferenceConverter implements ITypeConverter<Difference> {
    @Override
    public Difference convert(String value) {
      for (Difference difference : Difference.values()) {
        if (optionName(difference).equals(value.toLowerCase(Locale.ROOT).replace('_', '-'))) {
          return difference;
        }
      }
      throw new TypeConversionException(
          "expected none, lag-1, seasonal, level or seasonal-drift, but was '" + value + "'");
    }
  }
}
