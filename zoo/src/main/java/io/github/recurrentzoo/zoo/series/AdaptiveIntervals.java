package io.github.recurrentzoo.zoo.series;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Half widths that follow the errors as they become known, by adaptive conformal inference (Gibbs
 * and Candes 2021, arXiv:2106.00170), for each target and step by itself. The half width is the
 * quantile 1 - a of the last n absolute errors, which are those of the validation rows at first;
 * with each value that becomes known, its error takes the place of the oldest one, and
 *
 * <pre>
 * a := a + rate (1 - c - miss)      miss = 1 if the interval did not hold the value, else 0
 * </pre>
 *
 * <p>where c is the fraction that intervals are to hold. So intervals widen where they hold too
 * little, however the errors are distributed.
 */
public final class AdaptiveIntervals {
  static final double RATE = 0.05;

  private final double level;
  private final List<Deque<Double>> errors = new ArrayList<>();
  private final double[] misses;

  /**
   * Intervals before any value is known.
   *
   * @param residuals absolute errors of the validation rows, by target and step, oldest first
   * @param level c
   */
  public AdaptiveIntervals(List<List<Double>> residuals, double level) {
    this.level = level;
    residuals.forEach(each -> errors.add(new ArrayDeque<>(each)));
    this.misses = new double[errors.size()];
    Arrays.fill(misses, 1 - level);
  }

  /** The half width of a target and step. */
  double half(int i) {
    double[] sorted = errors.get(i).stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int rank = (int) Math.ceil((sorted.length + 1) * (1 - misses[i]) - 1e-9);
    return sorted[Math.max(1, Math.min(rank, sorted.length)) - 1];
  }

  /**
   * A value has become known.
   *
   * @param error |y - f|
   * @param half the half width that its interval had
   */
  void learn(int i, double error, double half) {
    misses[i] += RATE * (1 - level - (error > half ? 1 : 0));
    errors.get(i).removeFirst();
    errors.get(i).addLast(error);
  }

  /** The errors of some forecasts as they become known: NaN where there is no real value. */
  @FunctionalInterface
  public interface Errors {
    /** |y - f| of a window, for a target and step. */
    double at(int window, int i);
  }

  /**
   * The half widths of forecasts one after the other, each from what was known at its origin.
   *
   * @param origins in ascending order
   * @param horizon of each forecast
   * @return [window][target and step]
   */
  public double[][] follow(int[] origins, int horizon, Errors known) {
    double[][] halves = new double[origins.length][errors.size()];
    int[] next = new int[errors.size()];
    for (int b = 0; b < origins.length; b++) {
      for (int i = 0; i < errors.size(); i++) {
        int step = i % horizon + 1;
        for (; origins[next[i]] + step <= origins[b]; next[i]++) {
          double error = known.at(next[i], i);
          if (!Double.isNaN(error)) {
            learn(i, error, halves[next[i]][i]);
          }
        }
        halves[b][i] = half(i);
      }
    }
    return halves;
  }
}
