package io.github.recurrentzoo.zoo.series;

import java.util.regex.Pattern;

/** One way to read numbers: with a decimal point, or with a decimal comma. */
final class NumberReading {
  private final char decimal;
  private final String groups;
  private final Pattern plain;
  private final Pattern grouped;

  /**
   * A reading.
   *
   * @param groups the characters that may stand between thousands, one of them in a number
   */
  NumberReading(NumberStyle.Decimal decimal, String groups) {
    this.decimal = decimal == NumberStyle.Decimal.POINT ? '.' : ',';
    this.groups = groups;
    String mark = Pattern.quote(String.valueOf(this.decimal));
    plain = Pattern.compile("[+-]?(\\d+(%1$s\\d*)?|%1$s\\d+)([eE][+-]?\\d+)?".formatted(mark));
    grouped =
        Pattern.compile(
            groups.isEmpty()
                ? "(?!)"
                : "[+-]?[1-9]\\d{0,2}([%s])\\d{3}(\\1\\d{3})*(%s\\d+)?".formatted(groups, mark));
  }

  /** The number, which may be infinite; NaN if it is none. */
  double number(String text) {
    if (plain.matcher(text).matches()) {
      return Double.parseDouble(text.replace(decimal, '.'));
    }
    if (!grouped.matcher(text).matches()) {
      return Double.NaN;
    }
    StringBuilder digits = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (groups.indexOf(c) < 0) {
        digits.append(c == decimal ? '.' : c);
      }
    }
    return Double.parseDouble(digits.toString());
  }
}
