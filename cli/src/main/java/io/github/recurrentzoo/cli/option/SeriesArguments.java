package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.StandardInput;
import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.series.Frequency;
import io.github.recurrentzoo.zoo.series.HolidayCalendar;
import io.github.recurrentzoo.zoo.series.Missing;
import io.github.recurrentzoo.zoo.series.NumberStyle;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeSeriesReader;
import io.github.recurrentzoo.zoo.series.TimeStep;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of the command line that say which series is read, and how. */
public final class SeriesArguments {

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "One of the zoo's own series: seattle (daily weather), co2 (monthly), births (daily) or"
              + " unemployment (monthly, of 14 industries).")
  public SampleSeries.Name dataset;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "CSV (.csv) or TSV (.tsv) file; its first row names the columns; - for CSV from standard"
              + " input.")
  public Path data;

  @Option(
      names = "--time-column",
      paramLabel = "NAME",
      description =
          "Column with the times (default: the one that the model was trained on, else time).")
  public String timeColumn;

  @Option(
      names = "--series-column",
      paramLabel = "NAME",
      description =
          "Column that tells several series in one file apart, such as store (default: the one that the"
              + " model was trained on, else none).")
  String seriesColumn;

  @Mixin public DelimiterArgument delimiter = new DelimiterArgument();

  @Option(
      names = "--decimal",
      paramLabel = "NAME",
      description = "Decimal separator: point or comma (default: detected per column).")
  NumberStyle.Decimal decimal;

  @Option(
      names = "--thousands",
      paramLabel = "NAME",
      description =
          "Thousands separator: none, point, comma, blank or apostrophe (default: detected per"
              + " column).")
  NumberStyle.Thousands thousands;

  @Option(
      names = "--time-format",
      paramLabel = "PATTERN",
      description = "Pattern of the times, such as dd.MM.yyyy (default: ISO 8601).")
  String timeFormat;

  @Option(
      names = "--time-zone",
      paramLabel = "NAME",
      converter = ZoneConverter.class,
      description =
          "Time zone of the times, such as Europe/Berlin (default: none, no daylight saving time).")
  ZoneId zone;

  @Option(
      names = "--missing",
      paramLabel = "NAME",
      description =
          "What to do about missing values (empty, NaN, NA, null) and missing rows: fail or"
              + " interpolate (default: fail; co2 interpolate).")
  Missing missing;

  @Option(
      names = "--frequency",
      paramLabel = "NAME",
      converter = FrequencyConverter.class,
      description =
          "Which times have a row: B (business days), BME (business month ends), week (the places of the"
              + " week that the file shows, such as opening hours) or regular (default: detected).")
  Frequency frequency;

  private TimeStep step;

  @Option(names = "--sort", description = "Sort the rows by time; without it they must be sorted.")
  boolean sort;

  /** The options of a run without arguments. */
  public SeriesArguments() {}

  /** The series of the data sets that is asked for, or null where a file is. */
  public SampleSeries sample() {
    if (data == null) {
      return SampleSeries.of(dataset == null ? SampleSeries.Name.SEATTLE : dataset);
    }
    if (dataset != null) {
      throw new BadOptionException("Give --dataset or --data, not both.");
    }
    return null;
  }

  /** Refuses to go on without a series. */
  public void requireSeries() {
    if (data == null && dataset == null) {
      throw new BadOptionException(
          "There is no training data. Give a CSV or TSV file with --data.");
    }
  }

  /** The same options for a command that asks a model. */
  public String arguments() {
    List<String> words = new ArrayList<>();
    if (data == null) {
      SampleSeries.Name name = dataset == null ? SampleSeries.Name.SEATTLE : dataset;
      add(words, "--dataset", name.name().toLowerCase(Locale.ROOT));
    }
    add(words, "--data", data);
    add(words, "--time-column", timeColumn);
    add(words, "--series-column", seriesColumn);
    add(words, "--delimiter", delimiter.character);
    add(words, "--quote", lower(delimiter.quote));
    add(words, "--encoding", delimiter.encoding);
    add(words, "--decimal", lower(decimal));
    add(words, "--thousands", lower(thousands));
    add(words, "--time-format", timeFormat);
    add(words, "--time-zone", zone);
    add(words, "--missing", lower(missing));
    add(words, "--frequency", FrequencyConverter.text(frequency));
    if (sort) {
      words.add("--sort");
    }
    return String.join(" ", words.stream().map(Wording::argument).toList());
  }

  private static String lower(Enum<?> value) {
    return value == null ? null : value.name().toLowerCase(Locale.ROOT);
  }

  private static void add(List<String> words, String option, Object value) {
    if (value != null) {
      words.add(option);
      words.add(value.equals('\t') ? "tab" : value.toString());
    }
  }

  /** Reads standard input where no series is named. */
  public void orStandardInput() {
    if (data == null && dataset == null) {
      data = StandardInput.NAME;
    }
  }

  /** What a model is named after: the file, if there is one. */
  public Path outputName() {
    return data != null && StandardInput.isMeant(data) ? Path.of("standard-input") : data;
  }

  /** What the series is called, for titles and folders. */
  public String name() {
    SampleSeries sample = sample();
    return sample == null ? outputName().getFileName().toString() : sample.file();
  }

  /** Says which inputs a forecaster could learn nothing of. */
  public static void warnOfIgnored(Forecaster forecaster, PrintStream out) {
    for (String input : forecaster.ignoredCovariates()) {
      out.printf(
          "Warning: the input \"%s\" is constant in the training data and is ignored.%n", input);
    }
    HolidayCalendar holidays = forecaster.options().holidays();
    if (holidays != null && holidays.names().isEmpty()) {
      out.printf(
          "Warning: no row of the training data is a holiday of %s; holidays are ignored.%n",
          holidays.country());
    }
  }

  /**
   * Says which targets never change, so that a forecast of them says nothing.
   *
   * @param name of the series; empty for one alone
   * @param known the rows that are known
   */
  public static void warnOfConstant(
      String name, TimeSeries known, List<String> targets, PrintStream out) {
    for (String target : targets) {
      double[] values = known.column(target);
      if (Arrays.stream(values).allMatch(value -> value == values[0])) {
        out.printf(
            "Warning: %s%s is %s in all %d rows; there is no change to forecast.%n",
            target, name.isEmpty() ? "" : " of " + name, Table.number(values[0]), values.length);
      }
    }
  }

  /** The name of the column with the times, which a model remembers; none without a file. */
  public Map<String, String> columns() {
    if (data == null) {
      return Map.of();
    }
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("time", timeColumn == null ? "time" : timeColumn);
    if (seriesColumn != null) {
      columns.put("series", seriesColumn);
    }
    return columns;
  }

  /** Takes the column that a model remembers where none is named, and the step that it knows. */
  public void remember(Forecaster forecaster) {
    remember(forecaster.provenance().columns(), forecaster.step());
  }

  /** As {@link #remember(Forecaster)}, for a model of another task that learns from series. */
  public void remember(Map<String, String> columns, TimeStep known) {
    if (timeColumn == null && data != null) {
      timeColumn = columns.get("time");
    }
    if (seriesColumn == null && data != null) {
      seriesColumn = columns.get("series");
    }
    expect(known);
  }

  /** Whether there are several series. */
  public boolean isPanel() {
    return seriesColumn != null || (data == null && sample().seriesColumn() != null);
  }

  /** Refuses one series for a model that has learned from many. */
  public void requirePanel(Forecaster forecaster) {
    if (!isPanel() && !forecaster.seriesNames().isEmpty()) {
      throw new BadOptionException(
          "The model has learned from many series, %s and others, but %s. Name the column of a file that tells its series apart with --series-column."
              .formatted(
                  forecaster.seriesNames().get(0),
                  data == null
                      ? name() + " holds one"
                      : "no column is named that tells those of "
                          + StandardInput.inWords(data)
                          + " apart"));
    }
  }

  /** Reads many series; prints what is read, and warnings. */
  public SeriesPanel readPanel(ForecastOptions what, PrintStream out) {
    SampleSeries sample = sample();
    if (sample != null && seriesColumn != null) {
      throw new BadOptionException("--series-column applies to a file only; name one with --data.");
    }
    TimeSeriesReader reader = reader(what);
    out.printf("Reading %s.%n", sample == null ? StandardInput.inWords(data) : sample.about());
    SeriesPanel panel =
        sample == null
            ? StandardInput.read(data, ".csv", reader::readPanel)
            : sample.readPanel(reader);
    warn(reader, out);
    return panel;
  }

  /** Reads series as those that a model has learned from, or that a former file holds. */
  public void expect(TimeStep step) {
    this.step = step;
  }

  /** Reads the columns that a forecast is made of; prints what is read, and warnings. */
  public TimeSeries read(ForecastOptions what, PrintStream out) {
    SampleSeries sample = sample();
    if (sample == null) {
      return read(data, what, out);
    }
    TimeSeriesReader reader = reader(what);
    out.println("Reading " + sample.about() + ".");
    TimeSeries series = sample.read(reader);
    for (String warning : reader.warnings()) {
      // A sample is read from a copy, whose folder means nothing to anyone.
      out.println("Warning: " + warning.substring(warning.indexOf(sample.file())));
    }
    return series;
  }

  /** The same of one file. */
  public TimeSeries read(Path file, ForecastOptions what, PrintStream out) {
    TimeSeriesReader reader = reader(what);
    out.println("Reading " + StandardInput.inWords(file) + ".");
    TimeSeries series = StandardInput.read(file, ".csv", reader::read);
    warn(reader, out);
    return series;
  }

  private static void warn(TimeSeriesReader reader, PrintStream out) {
    reader
        .warnings()
        .forEach(warning -> out.println("Warning: " + StandardInput.inMessage(warning)));
  }

  /** Reads the columns that a forecast is made of. */
  public TimeSeriesReader reader(ForecastOptions what) {
    SampleSeries sample = sample();
    boolean aboutFile =
        timeColumn != null
            || delimiter.given()
            || timeFormat != null
            || decimal != null
            || thousands != null
            || frequency != null;
    if (sample != null && aboutFile) {
      throw new BadOptionException(
          "--time-column, --time-format, --delimiter, --quote, --encoding, --decimal,"
              + " --thousands and --frequency apply to a file only; name one with --data.");
    }
    Set<String> columns = new LinkedHashSet<>(what.targets());
    columns.addAll(what.pastCovariates());
    columns.addAll(what.futureCovariates());
    TimeSeriesReader.Builder builder =
        TimeSeriesReader.builder()
            .timeColumn(
                sample != null ? sample.timeColumn() : timeColumn == null ? "time" : timeColumn)
            .columns(new ArrayList<>(columns))
            .knownAhead(what.futureCovariates())
            .seriesColumn(sample == null ? seriesColumn : sample.seriesColumn())
            .missing(missing != null ? missing : sample == null ? Missing.FAIL : sample.missing())
            .format(delimiter.format())
            .numbers(numbers())
            .sort(sort)
            .step(step)
            .frequency(frequency == null ? Frequency.FOUND : frequency);
    if (timeFormat != null) {
      builder.timePattern(timeFormat);
    }
    if (zone != null) {
      builder.zone(zone);
    }
    return builder.build();
  }

  private NumberStyle numbers() {
    try {
      return new NumberStyle(decimal, thousands);
    } catch (IllegalArgumentException e) {
      throw new BadOptionException(
          "--decimal and --thousands are both %s; expected different ones. Give one of them."
              .formatted(lower(decimal)));
    }
  }

  /** Takes the names of pandas where it has one. */
  static final class FrequencyConverter implements ITypeConverter<Frequency> {
    @Override
    public Frequency convert(String value) {
      for (Frequency frequency : Frequency.values()) {
        if (frequency != Frequency.FOUND && text(frequency).equalsIgnoreCase(value)) {
          return frequency;
        }
      }
      throw new TypeConversionException(
          "expected B, BME, week or regular, but was '" + value + "'");
    }

    static String text(Frequency frequency) {
      return frequency == null
          ? null
          : switch (frequency) {
            case FOUND -> "";
            case REGULAR -> "regular";
            case BUSINESS_DAYS -> "B";
            case BUSINESS_MONTH_ENDS -> "BME";
            case WEEK -> "week";
          };
    }
  }

  /** Takes the names of time zones. */
  static final class ZoneConverter implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String value) {
      try {
        return ZoneId.of(value);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "expected a time zone such as Europe/Berlin or UTC, but was '" + value + "'");
      }
    }
  }
}
