package io.github.recurrentzoo.zoo.series;

import io.github.recurrentzoo.zoo.data.DataException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A column of numbers of a file, in the order of the file; NaN stands for what is missing. */
final class NumberColumn {

  /** What stands for a number that is missing, in any case; see {@link Missing}. */
  private static final Set<String> MISSING =
      Set.of("", "nan", "na", "n/a", "#n/a", "#na", "<na>", "null", "none");

  private static final Pattern INFINITE =
      Pattern.compile("[+-]?inf(inity)?|[+-]?\u221e", Pattern.CASE_INSENSITIVE);
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
  private static final NumberReading POINT = new NumberReading(NumberStyle.Decimal.POINT, "");

  private final String source;
  private final String name;
  private final Missing missing;
  private final NumberStyle style;
  private final NumberReading point;
  private final NumberReading comma;
  private final List<Long> lines = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<Long> missingLines = new ArrayList<>();
  private boolean endsEarly;
  private String notice;
  private double[] numbers;

  NumberColumn(String source, String name, Missing missing, NumberStyle style) {
    this.source = source;
    this.name = name;
    this.missing = missing;
    this.style = style;
    this.point = reading(NumberStyle.Decimal.POINT);
    this.comma = reading(NumberStyle.Decimal.COMMA);
  }

  private NumberReading reading(NumberStyle.Decimal decimal) {
    return style.allows(decimal) ? new NumberReading(decimal, style.groups(decimal)) : null;
  }

  /**
   * Takes missing numbers for now: the column may end before others do. {@link #requireNumbers}
   * refuses those that are not at the end.
   */
  void mayEndEarly() {
    endsEarly = true;
  }

  /**
   * Refuses missing numbers.
   *
   * @param rows in the order of the file
   * @throws DataException if one is missing there and must not be
   */
  void requireNumbers(IntStream rows) {
    if (endsEarly && missing == Missing.FAIL) {
      rows.filter(row -> Double.isNaN(numbers[row]))
          .findFirst()
          .ifPresent(
              row -> {
                throw isMissing(row);
              });
    }
  }

  void add(long line, String field) {
    lines.add(line);
    texts.add(field.strip());
  }

  /** What the cells tell of how numbers are written: in which row first, or -1. */
  private static final class Evidence {
    int point = -1;
    int comma = -1;
    int either = -1;
    int whole = -1;
    int endsWithZero = -1;

    private static int first(int before, int row, boolean found) {
      return before < 0 && found ? row : before;
    }

    void add(int row, String text, double asPoint, double asComma) {
      boolean isPoint = !Double.isNaN(asPoint);
      boolean isComma = !Double.isNaN(asComma);
      boolean differ = isPoint && isComma && asPoint != asComma;
      point = first(point, row, isPoint && !isComma);
      comma = first(comma, row, isComma && !isPoint);
      either = first(either, row, differ);
      whole = first(whole, row, WHOLE.matcher(text).matches());
      endsWithZero = first(endsWithZero, row, differ && text.endsWith("0"));
    }
  }

  /**
   * Reads the numbers.
   *
   * @param delimiter of the file
   * @throws DataException if a cell holds text or infinity, a number is missing and must not be, or
   *     nothing tells how numbers are written
   */
  void read(char delimiter) {
    int size = texts.size();
    double[] points = new double[size];
    double[] commas = new double[size];
    Evidence evidence = new Evidence();
    for (int row = 0; row < size; row++) {
      String text = texts.get(row);
      points[row] = commas[row] = Double.NaN;
      if (MISSING.contains(text.toLowerCase(Locale.ROOT))) {
        addMissing(row);
        continue;
      }
      points[row] = point == null ? Double.NaN : point.number(text);
      commas[row] = comma == null ? Double.NaN : comma.number(text);
      if (Double.isInfinite(points[row]) || Double.isInfinite(commas[row])) {
        throw noNumber(row, "\"%s\" is infinite".formatted(text));
      }
      if (Double.isNaN(points[row]) && Double.isNaN(commas[row])) {
        throw noNumber(
            row,
            "\"%s\" is %s"
                .formatted(text, INFINITE.matcher(text).matches() ? "infinite" : "no number"));
      }
      evidence.add(row, text, points[row], commas[row]);
    }
    numbers = isComma(evidence, delimiter, points, commas) ? commas : points;
    notice = notice();
  }

  private boolean isComma(Evidence found, char delimiter, double[] points, double[] commas) {
    if (point == null || comma == null) {
      return point == null;
    }
    if (found.point >= 0 && found.comma >= 0) {
      boolean later = found.comma > found.point;
      int row = later ? found.comma : found.point;
      int before = later ? found.point : found.comma;
      throw new DataException(
          "%s \"%s\" can only be read with a decimal %s, but \"%s\" in line %d only with a decimal %s; expected one way of writing in all rows. Correct one of them."
              .formatted(
                  at(row),
                  texts.get(row),
                  later ? "comma" : "point",
                  texts.get(before),
                  lines.get(before),
                  later ? "point" : "comma"));
    }
    if (found.either >= 0 && found.point < 0 && found.comma < 0) {
      boolean thousands = found.whole >= 0 && found.endsWithZero >= 0;
      String text = texts.get(found.either);
      if (delimiter != ',' || thousands || text.indexOf(',') >= 0) {
        throw new DataException(
            "%s \"%s\" can be %s or %s, and no other number of the column tells which. Say what stands before the decimals, a point or a comma."
                .formatted(
                    at(found.either),
                    text,
                    plain(points[found.either]),
                    plain(commas[found.either])));
      }
    }
    return found.comma >= 0;
  }

  private void addMissing(int row) {
    if (missing == Missing.FAIL && !endsEarly) {
      throw isMissing(row);
    }
    missingLines.add(lines.get(row));
  }

  private DataException isMissing(int row) {
    String text = texts.get(row);
    return new DataException(
        "%s the cell %s; expected a number. Write one there, take the column out, or have missing numbers interpolated."
            .formatted(at(row), text.isEmpty() ? "is empty" : "holds " + text));
  }

  private DataException noNumber(int row, String what) {
    String text = texts.get(row);
    boolean otherMark =
        style.decimal() != null && WHOLE.matcher(text.replaceFirst("[.,]", "")).matches();
    return new DataException(
        "%s %s; expected a number%s. Correct it, or leave the cell empty if the number is missing."
            .formatted(
                at(row),
                what,
                otherMark
                    ? " with a decimal " + style.decimal().name().toLowerCase(Locale.ROOT)
                    : ""));
  }

  private String at(int row) {
    return "%s, line %d, column \"%s\":".formatted(source, lines.get(row), name);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** How a number is read that has no decimal point alone, if that was found by itself, or null. */
  private String notice() {
    if (style.decimal() != null) {
      return null;
    }
    for (int row = 0; row < numbers.length; row++) {
      if (!Double.isNaN(numbers[row]) && POINT.number(texts.get(row)) != numbers[row]) {
        return "%s, column \"%s\": \"%s\" (line %d) is read as %s, and the other numbers in the same way."
            .formatted(source, name, texts.get(row), lines.get(row), plain(numbers[row]));
      }
    }
    return null;
  }

  /** Some rows of a column that was read, in their order. */
  NumberColumn part(int[] rows) {
    NumberColumn part = new NumberColumn(source, name, missing, style);
    part.endsEarly = endsEarly;
    part.numbers = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      part.add(lines.get(rows[i]), texts.get(rows[i]));
      part.numbers[i] = numbers[rows[i]];
      if (Double.isNaN(numbers[rows[i]])) {
        part.missingLines.add(lines.get(rows[i]));
      }
    }
    return part;
  }

  String name() {
    return name;
  }

  /** How numbers are read, in a sentence, or null if there is nothing to say. */
  String found() {
    return notice;
  }

  /** The lines in which no number stands. */
  List<Long> missingLines() {
    return missingLines;
  }

  /** The number of a row in the order of the file, NaN if it is missing. */
  double number(int row) {
    return numbers[row];
  }

  /** Lets the last numbers be the one before them. */
  static void hold(double[] values, int from) {
    Arrays.fill(values, from, values.length, values[from - 1]);
  }

  /**
   * Puts numbers on the straight line between their neighbours wherever there is NaN.
   *
   * @param values changed in place
   * @param size how many of them
   * @throws DataException if the first or the last one is NaN
   */
  void interpolate(double[] values, int size) {
    if (Double.isNaN(values[0]) || Double.isNaN(values[size - 1])) {
      throw new DataException(
          "%s, column \"%s\": the series %s with a missing number, so that there is none to interpolate from. Take the rows without a number out there."
              .formatted(source, name, Double.isNaN(values[0]) ? "begins" : "ends"));
    }
    int known = 0;
    for (int i = 1; i < size; i++) {
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
