package io.github.recurrentzoo.spark;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.anomalies.AnomalyOptions;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.detection.Detection;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.PanelForecaster;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
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
      "a struct of start (a date or timestamp), an array of numbers for each column that the model"
          + " reads and, for a model of many series, series (a string); or an array of numbers, for"
          + " a model of one column without calendar features";

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

  static final StructType SCORES =
      RowTask.struct(
          RowTask.field(
              "steps",
              DataTypes.createArrayType(
                  RowTask.struct(
                      RowTask.field("time", StringType),
                      RowTask.field("score", DoubleType),
                      RowTask.field("marked", BooleanType)),
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

  /**
   * What a model reads of a series.
   *
   * @param columns those that are known up to now
   * @param ahead those that may be known for longer
   * @param timed whether it reads the time
   */
  private record Reads(List<String> columns, List<String> ahead, boolean timed, TimeStep step) {

    static Reads of(Forecaster model) {
      ForecastOptions options = model.options();
      List<String> columns = new ArrayList<>(options.targets());
      columns.addAll(options.pastCovariates());
      return new Reads(
          columns.stream().distinct().toList(),
          options.futureCovariates(),
          !options.calendarFeatures().isEmpty() || options.holidays() != null,
          model.step());
    }

    static Reads of(AnomalyDetector model) {
      AnomalyOptions options = model.options();
      return new Reads(
          options.columns(),
          List.of(),
          !options.calendarFeatures().isEmpty() || options.holidays() != null,
          model.step());
    }

    String inWords() {
      List<String> all = new ArrayList<>(columns);
      all.addAll(ahead);
      return String.join(", ", all) + (timed ? " and the calendar" : "");
    }
  }

  /** The steps that follow the series of a cell. */
  static Row forecast(Forecaster model, Object cell, ZoneId zone) {
    TimeSeries series = series(Reads.of(model), cell, zone);
    if (!(cell instanceof Row row) || row.schema().getFieldIndex(SERIES).isEmpty()) {
      return row(model.forecast(series), cell instanceof Row);
    }
    int known = model.options().known(series).size();
    return row(PanelForecaster.of(model).forecast(row.getAs(SERIES), series, known), true);
  }

  /** The steps of the series of a cell, each with its score. */
  static Row detect(AnomalyDetector model, Object cell, ZoneId zone) {
    TimeSeries series = series(Reads.of(model), cell, zone);
    Detection found = model.detect(series);
    List<Row> steps = new ArrayList<>();
    for (int row = 0; row < found.size(); row++) {
      double score = found.score(row);
      steps.add(
          RowFactory.create(
              cell instanceof Row ? series.label(row) : null,
              Double.isNaN(score) ? null : (Object) score,
              found.isMarked(row)));
    }
    return RowFactory.create((Object) steps.toArray(Row[]::new));
  }

  private static TimeSeries series(Reads reads, Object cell, ZoneId zone) {
    return cell instanceof Row row ? timed(reads, row, zone) : untimed(reads, cell);
  }

  private static TimeSeries untimed(Reads reads, Object cell) {
    if (reads.columns().size() != 1 || !reads.ahead().isEmpty() || reads.timed()) {
      throw new IllegalArgumentException(
          "The model reads %s; expected a struct of start (a date or timestamp) and an array of numbers for each of these columns"
              .formatted(reads.inWords()));
    }
    return TimeSeries.of(
        ANY_START, reads.step(), Map.of(reads.columns().get(0), Cells.numbers(cell)));
  }

  private static TimeSeries timed(Reads reads, Row row, ZoneId zone) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String name : reads.columns()) {
      columns.put(name, numbers(reads, row, name));
    }
    int known = columns.get(reads.columns().get(0)).length;
    Map<String, double[]> ahead = new LinkedHashMap<>();
    for (String name : reads.ahead()) {
      double[] numbers = numbers(reads, row, name);
      columns.put(name, Arrays.copyOf(numbers, Math.min(known, numbers.length)));
      if (numbers.length > known) {
        ahead.put(name, Arrays.copyOfRange(numbers, known, numbers.length));
      }
    }
    TimeSeries past = past(reads.step(), row.getAs(START), zone, columns);
    return ahead.isEmpty() ? past : past.ahead(ahead);
  }

  private static double[] numbers(Reads reads, Row row, String name) {
    if (row.schema().getFieldIndex(name).isEmpty() || row.getAs(name) == null) {
      throw new DataException(
          "There is no array \"%s\"; the model reads %s.".formatted(name, reads.inWords()));
    }
    return Cells.numbers(row.getAs(name));
  }

  private static TimeSeries past(
      TimeStep step, Object start, ZoneId zone, Map<String, double[]> columns) {
    if (start == null) {
      throw new DataException("The start is null; expected the time of the first number.");
    }
    LocalDate date =
        start instanceof Date day ? day.toLocalDate() : start instanceof LocalDate day ? day : null;
    if (date != null) {
      return TimeSeries.of(date, step, columns);
    }
    Instant instant = start instanceof Timestamp time ? time.toInstant() : (Instant) start;
    return TimeSeries.of(instant.atZone(zone), step, columns);
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
