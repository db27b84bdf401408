package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * A series, cut in the rows to learn from and those for the report. Files for validation and test
 * go on where the one before ends.
 *
 * @param series all rows, those of which only some columns are known ahead included
 * @param split to learn from, those for validation included, and for the report
 * @param validationSplit the fraction of those to learn from that validates, at their end
 */
record SeriesParts(TimeSeries series, TimeSeries.Split split, double validationSplit) {

  static final double FRACTION = 0.2;

  /**
   * Reads all files.
   *
   * @param horizon of the forecaster
   * @throws DataException if a file does not go on where the one before ends, or too few rows are
   *     left for the report
   */
  static SeriesParts read(
      SeriesArguments source,
      SplitArguments split,
      ForecastOptions what,
      int horizon,
      PrintStream out) {
    TimeSeries past = source.read(what, out);
    source.expect(past.step());
    double validation = split.validationSplit;
    if (split.validationData != null) {
      TimeSeries own = source.read(split.validationData, what, out);
      past = append(past, own, split.validationData);
      validation = (double) own.size() / past.size();
    }
    if (split.testData == null && split.validationData != null) {
      throw new DataException(
          "With --validation-data the test set is a file, too, since its rows come after those of validation. Name it with --test-data.");
    }
    TimeSeries all =
        split.testData == null
            ? past
            : append(past, source.read(split.testData, what, out), split.testData);
    TimeSeries known = what.known(all);
    TimeSeries.Split cut =
        split.testData == null
            ? known.split(split.testSplit)
            : new TimeSeries.Split(past, known.rows(past.size(), known.size()));
    if (split.testData != null && cut.test().size() < horizon) {
      throw new DataException(
          "%s has %d rows; expected at least the horizon of %d. Give more rows."
              .formatted(split.testData, cut.test().size(), horizon));
    }
    if (cut.test().size() < horizon) {
      throw new DataException(
          "The series has %d rows, of which --test-split holds out %d for the test; expected at least the horizon of %d. Give more rows, or a larger --test-split."
              .formatted(known.size(), cut.test().size(), horizon));
    }
    return new SeriesParts(all, cut, validation);
  }

  private static TimeSeries append(TimeSeries before, TimeSeries next, Path file) {
    try {
      return before.append(next);
    } catch (DataException e) {
      throw new DataException(
          "%s must go on where the rows before it end, at %s: %s"
              .formatted(file, before.label(before.size() - 1), e.getMessage()),
          e);
    }
  }
}
