package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.CsvFormat;
import java.time.ZoneId;
import java.util.List;

/** What a {@link TimeSeriesReader} reads, and how: the options of its builder, checked. */
record ReaderSettings(
    String timeColumn,
    List<String> columns,
    List<String> knownAhead,
    String seriesColumn,
    CsvFormat format,
    TimeParser parser,
    ZoneId zone,
    Missing missing,
    NumberStyle style,
    boolean sort,
    Frequency frequency,
    TimeStep step) {

  /** Whether more than what is known ahead is in a column. */
  boolean isOwn(NumberColumn column) {
    return !knownAhead.contains(column.name());
  }
}
