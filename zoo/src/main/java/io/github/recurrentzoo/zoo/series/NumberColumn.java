package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A column of numbers of a file, in the order of the file; NaN stands for what is missing. */
final class NumberColumn {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+");
  private static final Pattern INFINITE =
      Pattern.compile("[+-]?inf(inity)?|[+-]?\u221e", Pattern.CASE_INSENSITIVE);

  private final String source;
  private final String name;
  private final Missing missing;
  private final List<Long> missingLines = new ArrayList<>();
  private double[] numbers = new double[64];
  private int size;

  NumberColumn(String source, String name, Missing missing) {
    this.source = source;
    this.name = name;
    this.missing = missing;
  }

  void add(long line, String field) {
    String text = field.strip();
    double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (!Double.isFinite(number)) {
      if (missing == Missing.FAIL) {
        throw new DataException(
            "%s, line %d, column \"%s\": %s; expected a number%s. Write one there, take the column out, or have missing numbers interpolated."
                .formatted(
                    source,
                    line,
                    name,
                    what(text),
                    DECIMAL_COMMA.matcher(text).matches() ? " with a decimal point" : ""));
      }
      number = Double.NaN;
      missingLines.add(line);
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  private static String what(String text) {
    if (text.isEmpty()) {
      return "the cell is empty";
    }
    if (text.equalsIgnoreCase("nan")) {
      return "the cell holds NaN";
    }
    if (INFINITE.matcher(text).matches() || NUMBER.matcher(text).matches()) {
      return "\"%s\" is infinite".formatted(text);
    }
    return "\"%s\" is no number".formatted(text);
  }

  String name() {
    return name;
  }

  /** The lines in which no number stands. */
  List<Long> missingLines() {
    return missingLines;
  }

  /** The number of a row in the order of the file, NaN if it is missing. */
  double number(int row) {
    return numbers[row];
  }

  /**
   * Puts numbers on the straight line between their neighbours wherever there is NaN.
   *
   * @param values changed in place
   * @throws DataException if the first or the last one is NaN
   */
  void interpolate(double[] values) {
    if (Double.isNaN(values[0]) || Double.isNaN(values[values.length - 1])) {
      throw new DataException(
          "%s, column \"%s\": the series %s with a missing number, so that there is none to interpolate from. Take the rows without a number out there."
              .formatted(source, name, Double.isNaN(values[0]) ? "begins" : "ends"));
    }
    int known = 0;
    for (int i = 1; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        for (int j = known + 1; j < i; j++) {
          double share = (double) (j - known) / (i - known);
          values[j] = (1 - share) * values[known] + share * values[i];
        }
        known = i;
      }
    }
  }
}
