package io.github.recurrentzoo.zoo.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where numbers lie on an axis, and which ones are written beside it.
 *
 * @param low the smallest number, of the logarithm where it is logarithmic
 * @param high the largest one
 * @param logarithmic to base 10
 * @param ticks what is written
 */
record Axis(double low, double high, boolean logarithmic, List<Tick> ticks) {

  /** A number and how it is written. */
  public record Tick(double value, String label) {}

  /** Holds all numbers, with round ticks. */
  static Axis linear(double low, double high, int count) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    boolean differ = high - low > 1e-9 * size; // what differs by rounding is drawn as one
    double range = differ ? high - low : Math.max(size, 1) * 0.2;
    double middle = (low + high) / 2;
    double from = differ ? low : middle - range / 2;
    double to = differ ? high : middle + range / 2;
    double step = round(range / count);
    List<Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.floor(from / step); i <= Math.ceil(to / step); i++) {
      double value = i * step;
      ticks.add(new Tick(value, plain(value, step)));
    }
    return new Axis(ticks.get(0).value(), ticks.get(ticks.size() - 1).value(), false, ticks);
  }

  /** Whole numbers from the first to the last, not more ticks than asked for. */
  static Axis whole(double low, double high, int count) {
    double last = Math.max(high, low + 1);
    long step = Math.max(1, Math.round(Math.ceil(round((last - low) / count))));
    List<Tick> ticks = new ArrayList<>();
    for (long value = (long) Math.ceil(low / step) * step; value <= last; value += step) {
      ticks.add(new Tick(value, String.format(Locale.ROOT, "%,d", value)));
    }
    return new Axis(low, last, false, ticks);
  }

  /** Powers of ten around all numbers, which are positive. */
  static Axis logarithmic(double low, double high) {
    int from = (int) Math.floor(Math.log10(low));
    int to = Math.max(from + 1, (int) Math.ceil(Math.log10(high)));
    int step = (to - from + 6) / 7;
    List<Tick> ticks = new ArrayList<>();
    for (int power = from; power <= to; power += step) {
      ticks.add(
          new Tick(
              Math.pow(10, power),
              power < -4 || power > 4
                  ? "1e" + power
                  : plain(Math.pow(10, power), Math.pow(10, power))));
    }
    return new Axis(from, to, true, ticks);
  }

  /** From 0 to 1; outside of it beyond the ends. */
  double place(double value) {
    double number = logarithmic ? Math.log10(value) : value;
    return (number - low) / (high - low);
  }

  /** 1, 2 or 5 times a power of ten, not below the step. */
  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    return (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10) * power;
  }

  private static String plain(double value, double step) {
    if (Math.abs(value) >= 1e6 || step < 1e-6) {
      return String.format(Locale.ROOT, "%.2e", value).replaceFirst("e\\+?(-?)0?", "e$1");
    }
    int digits = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
    String text = String.format(Locale.ROOT, "%,." + digits + "f", value);
    return new BigDecimal(text.replace(",", "")).signum() == 0 ? "0" : text;
  }
}
