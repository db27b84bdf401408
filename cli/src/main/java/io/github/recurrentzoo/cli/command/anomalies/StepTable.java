package io.github.recurrentzoo.cli.command.anomalies;

import io.github.recurrentzoo.zoo.detection.Detection;
import io.github.recurrentzoo.zoo.model.AtomicFile;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** All steps of a series with their scores, as a CSV file. */
final class StepTable {

  private StepTable() {}

  /** Writes the whole file or nothing. */
  static void write(Detection marks, Path file) {
    List<double[]> columns = marks.channels().stream().map(marks.series()::column).toList();
    List<boolean[]> real = marks.channels().stream().map(marks.series()::isReal).toList();
    AtomicFile.write(
        file,
        stream -> {
          BufferedWriter out =
              new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
          StringBuilder head = new StringBuilder("time");
          marks.channels().forEach(name -> head.append(',').append(quoted(name)));
          out.write(head.append(",score,marked,channel\n").toString());
          for (int row = 0; row < marks.size(); row++) {
            StringBuilder line = new StringBuilder(quoted(marks.series().label(row)));
            for (int c = 0; c < columns.size(); c++) {
              line.append(',').append(real.get(c)[row] ? columns.get(c)[row] : "");
            }
            double score = marks.score(row);
            line.append(',').append(Double.isNaN(score) ? "" : score);
            line.append(',').append(marks.isMarked(row) ? 1 : 0);
            out.write(line.append(',').append(quoted(marks.channel(row))).append('\n').toString());
          }
          out.flush();
        });
  }

  /** In quotes where they are needed, as RFC 4180 has them. */
  private static String quoted(String field) {
    return field.matches("(?s).*[,\"\r\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }
}
