package io.github.recurrentzoo.zoo.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestNeighborTest {
  private static double[][] line(double... values) {
    double[][] steps = new double[values.length][];
    for (int t = 0; t < steps.length; t++) {
      steps[t] = new double[] {values[t]};
    }
    return steps;
  }

  private static double distance(double[][] a, double[][] b) {
    return WarpedDistance.of(a, b, Double.POSITIVE_INFINITY);
  }

  /** By hand. */
  @Test
  void warpedDistances() {
    assertEquals(0, distance(line(1, 2, 3), line(1, 2, 3)));
    assertEquals(0, distance(line(1, 1, 2, 3), line(1, 2, 3, 3)), "one step of the band");
    assertEquals(1, distance(line(0, 0, 1), line(0, 0, 2)));
    assertEquals(3, distance(line(1, 2, 3), line(1, 3, 4, 4)), "2 meets 3, and 3 meets 4 twice");
    assertEquals(25, distance(line(0), line(5)));
    assertEquals(0, distance(line(7), line(7, 7, 7, 7)));
    assertEquals(0, distance(line(1, Double.NaN, 3), line(1, 9, 3)), "missing values add nothing");
  }

  /** Against the recursion as it stands in the books, for all shapes. */
  @Test
  void agreesWithThePlainRecursion() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      int m = 1 + random.nextInt(12);
      int n = 1 + random.nextInt(12);
      double[][] a = random.doubles(m).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
      double[][] b = random.doubles(n).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
      double expected = plain(a, b);
      assertEquals(expected, distance(a, b), 1e-12, m + " and " + n);
      assertTrue(Double.isFinite(expected), "there is a way through the band");
      assertTrue(WarpedDistance.of(a, b, expected / 2) >= expected / 2, "gives up");
    }
  }

  private static double plain(double[][] a, double[][] b) {
    int m = a.length;
    int n = b.length;
    double slope = (double) n / m;
    double radius = Math.max(1, Math.max(Math.ceil(0.1 * Math.max(m, n)), Math.ceil(slope)));
    double[][] d = new double[m + 1][n + 1];
    for (int i = 0; i <= m; i++) {
      for (int j = 0; j <= n; j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i == j ? 0 : Double.POSITIVE_INFINITY;
        } else if (Math.abs(i * slope - j) > radius) {
          d[i][j] = Double.POSITIVE_INFINITY;
        } else {
          double difference = a[i - 1][0] - b[j - 1][0];
          d[i][j] =
              difference * difference
                  + Math.min(d[i - 1][j - 1], Math.min(d[i - 1][j], d[i][j - 1]));
        }
      }
    }
    return d[m][n];
  }

  @Test
  void theNearestRowGivesItsLabel() {
    List<LabeledSequence> rows = SequenceData.waves(100, 1);
    NearestNeighbor neighbor = NearestNeighbor.train(rows);
    assertEquals("1-nearest neighbor (DTW, band 10 %)", neighbor.name());
    assertEquals(rows.stream().map(LabeledSequence::label).toList(), neighbor.predict(rows));
    List<LabeledSequence> others = SequenceData.withGaps(SequenceData.waves(100, 2), 1);
    List<String> answers = neighbor.predict(others);
    int right = 0;
    for (int i = 0; i < answers.size(); i++) {
      right += answers.get(i).equals(others.get(i).label()) ? 1 : 0;
    }
    assertTrue(right > 80, right + " of 100");
  }

  @Test
  void manyRowsAreComparedWithoutWarping() {
    List<LabeledSequence> rows = new ArrayList<>(SequenceData.waves(1_001, 1));
    NearestNeighbor neighbor = NearestNeighbor.train(rows);
    assertEquals("1-nearest neighbor (Euclidean)", neighbor.name());
    assertEquals(
        rows.subList(0, 20).stream().map(LabeledSequence::label).toList(),
        neighbor.predict(rows.subList(0, 20)));
  }
}
