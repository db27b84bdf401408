package io.github.recurrentzoo.cli.command.anomalies;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.console.ForOneSeries;
import io.github.recurrentzoo.cli.console.WithoutTeacher;
import io.github.recurrentzoo.cli.option.CalendarNames;
import io.github.recurrentzoo.cli.option.NetworkArguments;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.anomalies.AnomalyOptions;
import io.github.recurrentzoo.zoo.anomalies.SequenceAutoencoder;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.series.HolidayCalendar;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link TrainAnomalies}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains an autoencoder on the normal steps of a time series, so that it marks others;"
          + " measures it on the last rows beside two simpler detectors, and saves it.",
      "Without --label-column, anomalies are put into copies of the last rows by rule to measure"
          + " it.",
      "Without --dataset and --data: an LSTM on the maximum temperature in Seattle.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{}",
      "{} --data sensors.csv --time-column time --columns temperature,humidity",
      "{} --data births.csv --time-column day --columns births --holidays US",
      "{} --data pump.csv --columns flow,pressure --label-column fault --window 60",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class TrainAnomaliesOptions
    implements Defaults.Provider, WithoutTeacher, ForOneSeries {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";
  static final double TEST = 0.2;

  @Mixin SeriesArguments series = new SeriesArguments();

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description = "Columns to look at, separated by commas.")
  List<String> columns;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description =
          "Column that is 1 at known anomalies and else 0: they are not learned from, and the"
              + " report is about them (default: none).")
  String labelColumn;

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "30",
      description = "Rows that the network gives back at once " + DEFAULT + ".")
  int window;

  @Option(
      names = "--code-size",
      paramLabel = "N",
      description =
          "Numbers that the network may keep of a window; with many it copies anomalies, too "
              + DEFAULT
              + ".")
  int codeSize;

  @Option(
      names = "--calendar-features",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = CalendarNames.class,
      description =
          "Calendar features, separated by commas: hour-of-day, day-of-week, day-of-month, month,"
              + " day-of-year, none (default: those whose cycle the training rows hold twice).")
  List<String> calendar;

  @Option(
      names = "--holidays",
      paramLabel = "COUNTRY",
      description =
          "Public holidays that the network knows: the code of a country or of a part of one, such"
              + " as US, FR or DE-by (default: none).")
  String holidays;

  @Option(
      names = "--centered",
      paramLabel = "true|false",
      arity = "1",
      description =
          "Whether each window is read less its own mean, for series whose level drifts (default:"
              + " detected).")
  Boolean centered;

  @Option(
      names = "--seasonality",
      paramLabel = "N",
      description =
          "Number of rows of a season, for the simpler detectors; 1 for none (default: by the time"
              + " step, such as 12 months, 7 days, 24 hours; seattle 365).")
  Integer season;

  @Option(
      names = "--threshold-quantile",
      paramLabel = "X",
      defaultValue = "0.99",
      description =
          "Fraction of the validation rows that is not marked; of normal steps, about as many are"
              + " not "
              + DEFAULT
              + ".")
  double quantile;

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin NetworkArguments network = new NetworkArguments();

  @Mixin TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** The options of a run without arguments. */
  public TrainAnomaliesOptions() {}

  @Override
  public Defaults defaults() {
    return Defaults.of(SequenceAutoencoder.recipe("normal-series", Recurrence.LSTM))
        .both("testSplit", TEST);
  }

  /** The columns to look at. */
  List<String> columns() {
    SampleSeries sample = series.sample();
    if (columns == null && sample == null) {
      throw new BadOptionException(
          "There is no column to look at. Name one or more with --columns, as the first row of the"
              + " file does.");
    }
    return columns == null ? sample.targets() : columns;
  }

  /** What to look at; refuses what cannot be, before anything is read. */
  AnomalyOptions what() {
    split.check(series.data, console);
    if (split.validationData != null || split.testData != null) {
      throw new BadOptionException(
          "--validation-data and --test-data have no meaning for anomalies: the last rows of --data"
              + " validate and test. Put all rows into one file, and say how many with"
              + " --validation-split and --test-split.");
    }
    TrainingChecks.range("--window", window, 2, 10_000);
    TrainingChecks.range("--code-size", codeSize, 1, 4096);
    SplitArguments.fraction("--threshold-quantile", quantile);
    if (season != null) {
      TrainingChecks.range("--seasonality", season, 1, 1_000_000);
    }
    SampleSeries sample = series.sample();
    try {
      return AnomalyOptions.builder()
          .columns(columns())
          .window(window)
          .calendarFeatures(calendar == null ? null : CalendarNames.features(calendar))
          .holidays(holidays == null ? null : HolidayCalendar.of(holidays))
          .centered(centered)
          .seasonality(season != null ? season : sample == null ? 0 : sample.seasonality())
          .thresholdQuantile(quantile)
          .build();
    } catch (IllegalArgumentException e) {
      throw new BadOptionException("The options contradict each other: " + e.getMessage() + ".", e);
    }
  }

  SequenceAutoencoder architecture() {
    return training.apply(network.apply(SequenceAutoencoder.builder().codeSize(codeSize))).build();
  }

  TrainingOptions trainingOptions() {
    return training.optionsWithoutTeacher(split.validationSplit);
  }
}
