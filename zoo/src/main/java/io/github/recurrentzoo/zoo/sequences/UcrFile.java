package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file of the UCR archive: a sequence per line, its label and then its values, parted by tabs (or
 * commas or blanks, in the archive's earlier form). NaN at the end of a line pads a shorter
 * sequence.
 */
final class UcrFile {
  private static final int FEWEST_FIELDS = 3;

  private UcrFile() {}

  /** Whether the first line holds values and no names of columns. */
  static boolean looksSo(Path file) {
    boolean[] found = {false};
    TextLines.read(
        file,
        (line, number) -> {
          String[] fields = fields(line);
          found[0] =
              fields.length >= FEWEST_FIELDS
                  && Arrays.stream(fields).skip(1).allMatch(UcrFile::isValue);
          return false;
        });
    return found[0];
  }

  private static boolean isValue(String field) {
    return NumberCells.isNumber(field) || NumberCells.isMissing(field);
  }

  static LabeledSequenceReader.Read read(Path file) {
    NumberCells numbers = new NumberCells(file, false);
    List<LabeledSequence> rows = new ArrayList<>();
    TextLines.read(
        file,
        (line, number) -> {
          String[] fields = fields(line);
          double[] values = new double[fields.length - 1];
          int length = 0;
          for (int t = 0; t < values.length; t++) {
            values[t] =
                numbers.read(
                    fields[t + 1],
                    number,
                    "value " + (t + 1),
                    "Correct it, or write NaN if the value is missing.");
            length = Double.isNaN(values[t]) ? length : t + 1;
          }
          if (length == 0 || fields[0].isBlank()) {
            throw new DataException(
                "%s, line %d: expected a label and at least one value behind it, parted by tabs, commas or blanks. Correct the line, or take it out."
                    .formatted(file, number));
          }
          rows.add(
              new LabeledSequence(
                  "line " + number,
                  new double[][] {Arrays.copyOf(values, length)},
                  label(fields[0]),
                  null));
          return true;
        });
    return new LabeledSequenceReader.Read(rows, List.of("1"));
  }

  /** Labels are whole numbers, in the archive's earlier form written as 1.0000000e+00. */
  private static String label(String field) {
    if (NumberCells.isNumber(field)) {
      double number = Double.parseDouble(field);
      if (number == Math.rint(number) && Math.abs(number) < 1e15) {
        return Long.toString((long) number);
      }
    }
    return field;
  }

  private static String[] fields(String line) {
    return line.strip().split(line.contains("\t") ? "\\s*\t\\s*" : "\\s*[,\\s]\\s*", -1);
  }
}
