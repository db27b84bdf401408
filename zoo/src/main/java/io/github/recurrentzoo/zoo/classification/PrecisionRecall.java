package io.github.recurrentzoo.zoo.classification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is found of one label, if all rows count as found whose probability of it is not below a
 * threshold: for two labels.
 *
 * @param label the label that is looked for, the rarer one
 * @param averagePrecision sum_n (R_n - R_{n-1}) P_n over all thresholds, as scikit-learn's {@code
 *     average_precision_score}; for random answers it is the label's share of the rows
 * @param share the label's share of the rows
 * @param points of the curve, from the highest threshold to the lowest
 */
public record PrecisionRecall(
    String label, double averagePrecision, double share, List<Point> points) {

  /**
   * One threshold.
   *
   * @param threshold the lowest probability that counts as found
   * @param precision of the rows that are found, the fraction that has the label
   * @param recall of the rows that have the label, the fraction that is found
   */
  public record Point(double threshold, double precision, double recall) {}

  /** Keeps a copy of the points. */
  public PrecisionRecall {
    points = List.copyOf(points);
  }

  /**
   * Of a label that some rows have and some have not.
   *
   * @param probabilities of the label, of each row
   * @param has whether each row has it
   */
  static PrecisionRecall of(String label, double[] probabilities, boolean[] has) {
    List<Integer> order =
        IntStream.range(0, has.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
            .toList();
    long all = IntStream.range(0, has.length).filter(i -> has[i]).count();
    List<Point> points = new ArrayList<>();
    double average = 0;
    double recall = 0;
    int right = 0;
    for (int n = 0; n < order.size(); n++) {
      double threshold = probabilities[order.get(n)];
      right += has[order.get(n)] ? 1 : 0;
      boolean last = n + 1 == order.size() || probabilities[order.get(n + 1)] < threshold;
      if (last) {
        double precision = (double) right / (n + 1);
        double next = (double) right / all;
        average += (next - recall) * precision;
        recall = next;
        points.add(new Point(threshold, precision, recall));
      }
    }
    return new PrecisionRecall(label, average, (double) all / has.length, points);
  }
}
