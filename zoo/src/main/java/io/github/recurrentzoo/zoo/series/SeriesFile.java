package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.CsvTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The columns of a file that a {@link TimeSeriesReader} asks for, found by their names and read,
 * before they are put on a step.
 *
 * @param source the file, for messages
 * @param times of all rows, in the order of the file
 * @param numbers the columns in the order of the settings
 * @param names of the series that each row is of; empty without a series column
 */
record SeriesFile(String source, TimeColumn times, List<NumberColumn> numbers, List<String> names) {

  /** Reads a file. */
  static SeriesFile read(Path file, ReaderSettings settings) {
    try (CsvTable csv = CsvTable.open(file, settings.format())) {
      String source = file.toString();
      int timeIndex = csv.column(settings.timeColumn(), "time");
      int nameIndex =
          settings.seriesColumn() == null ? -1 : csv.column(settings.seriesColumn(), "series");
      int[] indices =
          settings.columns().stream().mapToInt(name -> csv.column(name, "number")).toArray();
      TimeColumn times =
          new TimeColumn(
              source, settings.timeColumn(), settings.parser(), settings.zone(), settings.sort());
      List<String> names = new ArrayList<>();
      List<NumberColumn> numbers =
          settings.columns().stream()
              .map(name -> new NumberColumn(source, name, settings.missing(), settings.style()))
              .toList();
      for (CsvTable.Row row = csv.next(); row != null; row = csv.next()) {
        times.add(row.line(), row.fields().get(timeIndex));
        if (nameIndex >= 0) {
          names.add(row.fields().get(nameIndex));
        }
        for (int c = 0; c < indices.length; c++) {
          numbers.get(c).add(row.line(), row.fields().get(indices[c]));
        }
      }
      times.read();
      if (!settings.knownAhead().isEmpty()) {
        numbers.stream().filter(settings::isOwn).forEach(NumberColumn::mayEndEarly);
      }
      numbers.forEach(column -> column.read(csv.delimiter()));
      return new SeriesFile(source, times, numbers, names);
    }
  }

  /** What was found out about how numbers are written. */
  List<String> notes() {
    return numbers.stream().map(NumberColumn::found).filter(Objects::nonNull).toList();
  }
}
