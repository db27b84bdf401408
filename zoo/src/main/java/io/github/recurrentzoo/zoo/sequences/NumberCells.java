package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.DataException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Numbers as they stand in a file: with a decimal point, or, where no comma stands between fields,
 * with a decimal comma; not with both in one file.
 */
final class NumberCells {
  private static final Set<String> MISSING =
      Set.of("", "?", "nan", "na", "n/a", "#n/a", "#na", "<na>", "null", "none");
  private static final Pattern POINT =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");

  private final Path file;
  private final boolean commas; // whether a comma may stand before decimals
  private long point; // the line of the first number with a decimal point; 0 if there was none
  private long comma; // the same with a comma

  NumberCells(Path file, boolean commas) {
    this.file = file;
    this.commas = commas;
  }

  /** Whether a cell stands for a value that is missing. */
  static boolean isMissing(String text) {
    return MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  static boolean isNumber(String text) {
    return POINT.matcher(text).matches();
  }

  /**
   * The number, NaN if it is missing.
   *
   * @param where such as {@code column "x"}, for messages
   * @param remedy what to do about what is no number
   * @throws DataException if it is no number, or infinite
   */
  double read(String field, long line, String where, String remedy) {
    String text = field.strip();
    if (isMissing(text)) {
      return Double.NaN;
    }
    boolean withComma = commas && COMMA.matcher(text).matches();
    if (!withComma && !POINT.matcher(text).matches()) {
      throw new DataException(
          "%s, line %d, %s: \"%s\" is no number. %s".formatted(file, line, where, text, remedy));
    }
    if (withComma) {
      comma = comma == 0 ? line : comma;
    } else if (text.indexOf('.') >= 0) {
      point = point == 0 ? line : point;
    }
    if (point > 0 && comma > 0) {
      throw new DataException(
          "%s has numbers with a decimal point (line %d) and with a decimal comma (line %d); expected one way of writing. Correct one of them."
              .formatted(file, point, comma));
    }
    double number = Double.parseDouble(withComma ? text.replace(',', '.') : text);
    if (Double.isInfinite(number)) {
      throw new DataException(
          "%s, line %d, %s: \"%s\" is too large; expected a number below 1e308. Correct it, or leave the cell empty if the value is missing."
              .formatted(file, line, where, text));
    }
    return number;
  }
}
