package io.github.recurrentzoo.spark;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A time series within one cell: a struct with the time of the first row, {@value #START}, an array
 * of numbers for each column that the model reads, longer ones for columns that are known ahead,
 * and {@value #SERIES}, the name of the series, for a model of many series. Where the model reads
 * one column and no time, that column's array alone will do.
 */
final class SeriesCell {
  static final String EXPECTED =
      "a struct of start (a date or timestamp), an array of numbers for each column that the model reads and, for a model of many series, series (a string); or an array of numbers, for a model of one column without calendar features";

  private static final String START = "start";
  private static final String SERIES = "series";

  static final StructType ANSWER =
      RowTask.struct(
          RowTask.field(
              "steps",
              DataTypes.createArrayType(
                  RowTask.struct(
                      RowTask.field("target", StringType),
                      RowTask.field("time", StringType),
                      RowTask.field("value", DoubleType),
                      RowTask.field("lower", DoubleType),
                      RowTask.field("upper", DoubleType)),
                  false)));

  /** A Monday and the last day of a month, as a series of any step may begin. */
  private static final LocalDate ANY_START = LocalDate.of(2000, 1, 31);

  private SeriesCell() {}

  /** Whether cells of that type hold a series with its time. */
  static boolean isSeries(DataType type) {
    return type instanceof StructType struct
        && Stream.of(struct.fields())
            .anyMatch(
                field ->
                    field.name().equals(START)
                        && (field.dataType() instanceof DateType
                            || field.dataType() instanceof TimestampType))
        && Stream.of(struct.fields()).allMatch(SeriesCell::isPart);
  }

  private static boolean isPart(StructField field) {
    return switch (field.name()) {
      case START -> true;
      case SERIES -> Cells.isText(field.dataType());
      default -> Cells.isNumbers(field.dataType());
    };
  }

  /** The steps that follow the series of a cell. */
  static Row forecast(Forecaster model, Object cell) {
    if (!(cell instanceof Row row)) {
      return row(model.forecast(untimed(model, cell)), false);
    }
    TimeSeries series = series(model, row);
    if (row.schema().getFieldIndex(SERIES).isEmpty()) {
      return row(model.forecast(series), true);
    }
    int known = model.options().known(series).size();
    return row(model.forecast(row.getAs(SERIES), series, known), true);
  }

  private static TimeSeries untimed(Forecaster model, Object cell) {
    ForecastOptions options = model.options();
    List<String> columns = columns(options);
    if (columns.size() != 1
        || !options.calendarFeatures().isEmpty()
        || options.holidays() != null) {
      throw new IllegalArgumentException(
          "The model reads %s%s; expected a struct of start (a date or timestamp) and an array of numbers for each of these columns"
              .formatted(
                  String.join(", ", columns),
                  options.calendarFeatures().isEmpty() ? "" : " and the calendar"));
    }
    return TimeSeries.of(ANY_START, model.step(), Map.of(columns.get(0), Cells.numbers(cell)));
  }

  private static TimeSeries series(Forecaster model, Row row) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String name : columns(model.options())) {
      if (row.schema().getFieldIndex(name).isEmpty() || row.getAs(name) == null) {
        throw new DataException(
            "There is no array \"%s\"; the model reads %s."
                .formatted(name, String.join(", ", columns(model.options()))));
      }
      columns.put(name, Cells.numbers(row.getAs(name)));
    }
    int known = columns.get(model.options().targets().get(0)).length;
    Map<String, double[]> ahead = new LinkedHashMap<>();
    for (String name : model.options().futureCovariates()) {
      double[] numbers = columns.get(name);
      if (numbers.length > known) {
        columns.put(name, Arrays.copyOf(numbers, known));
        ahead.put(name, Arrays.copyOfRange(numbers, known, numbers.length));
      }
    }
    TimeSeries past = past(model, row.getAs(START), columns);
    return ahead.isEmpty() ? past : past.ahead(ahead);
  }

  private static TimeSeries past(Forecaster model, Object start, Map<String, double[]> columns) {
    if (start == null) {
      throw new DataException("The start is null; expected the time of the first number.");
    }
    LocalDate date =
        start instanceof Date day ? day.toLocalDate() : start instanceof LocalDate day ? day : null;
    if (date != null) {
      return TimeSeries.of(date, model.step(), columns);
    }
    Instant instant = start instanceof Timestamp time ? time.toInstant() : (Instant) start;
    ZoneId zone = ZoneId.of(SQLConf.get().sessionLocalTimeZone());
    return TimeSeries.of(instant.atZone(zone), model.step(), columns);
  }

  private static List<String> columns(ForecastOptions options) {
    List<String> columns = new ArrayList<>(options.targets());
    columns.addAll(options.pastCovariates());
    columns.addAll(options.futureCovariates());
    return columns.stream().distinct().toList();
  }

  private static Row row(Forecast forecast, boolean timed) {
    List<Row> steps = new ArrayList<>();
    for (Forecast.Target target : forecast.targets()) {
      for (int k = 0; k < forecast.labels().size(); k++) {
        steps.add(
            RowFactory.create(
                target.name(),
                timed ? forecast.labels().get(k) : null,
                target.values().get(k),
                target.lower().get(k),
                target.upper().get(k)));
      }
    }
    return RowFactory.create((Object) steps.toArray(Row[]::new));
  }
}
