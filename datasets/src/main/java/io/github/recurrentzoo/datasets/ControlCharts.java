package io.github.recurrentzoo.datasets;

import io.github.recurrentzoo.zoo.sequences.LabeledSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Control charts: 60 measurements of a process, in six classes that tell what became of it. They
 * are drawn by the equations of the Synthetic Control Chart data set (Alcock and Manolopoulos,
 * Time-series similarity queries employing a feature-based approach, 1999), so that there are as
 * many as one likes, and nobody holds rights in them:
 *
 * <pre>
 * normal        y(t) = m + r(t) s                          m = 30, s = 2, r(t) in [-3, 3]
 * cyclic        y(t) = m + r(t) s + a sin(2 pi t / T)      a and T in [10, 15]
 * rising        y(t) = m + r(t) s + g t                    g in [0.2, 0.5]
 * falling       y(t) = m + r(t) s - g t
 * shifted up    y(t) = m + r(t) s + k(t) x                 x in [7.5, 20], k(t) = 1 from t_3 on, else 0,
 * shifted down  y(t) = m + r(t) s - k(t) x                 t_3 in [n/3, 2n/3]
 * </pre>
 *
 * with t from 1 to n = 60, and all that is in an interval drawn uniformly from it, r(t) for each t
 * anew.
 */
public final class ControlCharts {
  /** The number of steps, n. */
  public static final int STEPS = 60;

  private static final double MEAN = 30;
  private static final double NOISE = 2;

  private static final List<String> LABELS =
      List.of("normal", "cyclic", "rising", "falling", "shifted up", "shifted down");

  private ControlCharts() {}

  /** The six classes, in the order in which charts are drawn. */
  public static List<String> labels() {
    return LABELS;
  }

  /**
   * Draws charts.
   *
   * @param perClass how many of each class
   * @param seed of the draw; the same seed gives the same charts, of which more are the same ones
   *     first
   * @return the charts, one of each class in turn, each with one channel and its class as label
   */
  public static List<LabeledSequence> of(int perClass, long seed) {
    Random random = new Random(seed);
    List<LabeledSequence> charts = new ArrayList<>();
    for (int i = 1; i <= perClass; i++) {
      for (String label : LABELS) {
        charts.add(
            new LabeledSequence(
                label + " " + i, new double[][] {chart(label, random)}, label, null));
      }
    }
    return charts;
  }

  private static double[] chart(String label, Random random) {
    double amplitude = between(10, 15, random);
    double period = between(10, 15, random);
    double slope = between(0.2, 0.5, random);
    double shift = between(7.5, 20, random);
    double begin = between(STEPS / 3.0, 2 * STEPS / 3.0, random);
    double[] chart = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      int t = i + 1;
      double pattern =
          switch (label) {
            case "cyclic" -> amplitude * Math.sin(2 * Math.PI * t / period);
            case "rising" -> slope * t;
            case "falling" -> -slope * t;
            case "shifted up" -> t >= begin ? shift : 0;
            case "shifted down" -> t >= begin ? -shift : 0;
            default -> 0;
          };
      chart[i] = MEAN + between(-3, 3, random) * NOISE + pattern;
    }
    return chart;
  }

  private static double between(double low, double high, Random random) {
    return low + (high - low) * random.nextDouble();
  }
}
