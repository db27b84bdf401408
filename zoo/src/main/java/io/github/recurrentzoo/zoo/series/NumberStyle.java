package io.github.recurrentzoo.zoo.series;

/**
 * How numbers are written in a file.
 *
 * <p>What is null is found by itself, column by column: {@code 1.000,75} has thousands points and a
 * decimal comma, {@code 116,2} has a decimal comma, {@code 0.5} a decimal point. {@code 1.010} can
 * be either. It is read as the other numbers of the column tell; where none does, it has a decimal
 * point if the file's delimiter is a comma, and is refused otherwise. It is also refused if the
 * column has both whole numbers without a point and decimals that end with a zero, as {@code 990}
 * and {@code 1.010}, which look like thousands.
 *
 * @param decimal what stands before the decimals, or null to find it
 * @param thousands what stands between groups of three digits, or null to find it
 */
public record NumberStyle(Decimal decimal, Thousands thousands) {

  /** Both are found. */
  public static final NumberStyle FOUND = new NumberStyle(null, null);

  /** What stands before the decimals. */
  public enum Decimal {
    /** 1.5 */
    POINT,
    /** 1,5 */
    COMMA
  }

  /** What stands between groups of three digits. */
  public enum Thousands {
    /** 1000000 */
    NONE,
    /** 1.000.000 */
    POINT,
    /** 1,000,000 */
    COMMA,
    /** 1 000 000, the blank of any kind and width */
    BLANK,
    /** 1'000'000, the apostrophe of either kind */
    APOSTROPHE
  }

  /**
   * Checks the style.
   *
   * @throws IllegalArgumentException if decimals and thousands are to be told by the same character
   */
  public NumberStyle {
    if (decimal != null && thousands != null && decimal.name().equals(thousands.name())) {
      throw new IllegalArgumentException(
          "decimal and thousands are both %s; expected different ones. Set one of them."
              .formatted(decimal));
    }
  }

  /** Whether numbers may have a decimal point, or a decimal comma. */
  boolean allows(Decimal mark) {
    return decimal == null
        ? thousands == null || !thousands.name().equals(mark.name())
        : decimal == mark;
  }

  /** The characters that may stand between thousands in numbers with that decimal mark. */
  String groups(Decimal mark) {
    String blanks = " \u00a0\u202f";
    String apostrophes = "'\u2019";
    String other = mark == Decimal.POINT ? "," : ".";
    return thousands == null
        ? other + blanks + apostrophes
        : switch (thousands) {
          case NONE -> "";
          case POINT -> ".";
          case COMMA -> ",";
          case BLANK -> blanks;
          case APOSTROPHE -> apostrophes;
        };
  }
}
