package io.github.recurrentzoo.zoo.series;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;

/** The simplex method of Nelder and Mead (1965), for functions of a few numbers. */
final class NelderMead {
  private static final int MOST_STEPS = 120;
  private static final double SPREAD = 1;
  private static final double TOLERANCE = 1e-9;

  private static final class Corner {
    private final double[] point;
    private final double value;

    Corner(double[] point, double value) {
      this.point = point;
      this.value = value;
    }
  }

  private NelderMead() {}

  /**
   * The lowest point found.
   *
   * @param start where to begin
   * @param moved the numbers that change; the others stay
   */
  static double[] minimize(ToDoubleFunction<double[]> function, double[] start, int[] moved) {
    int n = moved.length;
    Corner[] corners = new Corner[n + 1];
    for (int i = 0; i <= n; i++) {
      double[] point = start.clone();
      if (i > 0) {
        point[moved[i - 1]] += SPREAD;
      }
      corners[i] = new Corner(point, function.applyAsDouble(point));
    }
    for (int step = 0; step < MOST_STEPS; step++) {
      Arrays.sort(corners, Comparator.comparingDouble(corner -> corner.value));
      Corner worst = corners[n];
      if (worst.value - corners[0].value <= TOLERANCE * Math.abs(corners[0].value)) {
        break;
      }
      double[] middle = start.clone();
      for (int axis : moved) {
        middle[axis] = Arrays.stream(corners, 0, n).mapToDouble(c -> c.point[axis]).sum() / n;
      }
      Corner found = better(function, corners, middle);
      if (found != null) {
        corners[n] = found;
        continue;
      }
      for (int i = 1; i <= n; i++) {
        double[] point = along(corners[0].point, corners[i].point, 0.5);
        corners[i] = new Corner(point, function.applyAsDouble(point));
      }
    }
    return Arrays.stream(corners)
        .min(Comparator.comparingDouble(corner -> corner.value))
        .orElseThrow()
        .point;
  }

  /** What takes the place of the worst corner; null to shrink towards the best one. */
  private static Corner better(
      ToDoubleFunction<double[]> function, Corner[] corners, double[] middle) {
    int n = corners.length - 1;
    Corner worst = corners[n];
    Corner reflected = corner(function, along(middle, worst.point, -1));
    if (reflected.value < corners[0].value) {
      Corner expanded = corner(function, along(middle, worst.point, -2));
      return expanded.value < reflected.value ? expanded : reflected;
    }
    if (reflected.value < corners[n - 1].value) {
      return reflected;
    }
    Corner contracted =
        corner(function, along(middle, worst.point, reflected.value < worst.value ? -0.5 : 0.5));
    return contracted.value < Math.min(reflected.value, worst.value) ? contracted : null;
  }

  private static Corner corner(ToDoubleFunction<double[]> function, double[] point) {
    return new Corner(point, function.applyAsDouble(point));
  }

  /** from + part (to - from). */
  private static double[] along(double[] from, double[] to, double part) {
    double[] point = new double[from.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = from[i] + part * (to[i] - from[i]);
    }
    return point;
  }
}
