package io.github.recurrentzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.sequences.LabeledSequence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlChartsTest {
  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElseThrow();
  }

  /** What the equations bound, each chart keeps to. */
  @Test
  void chartsAreAsTheEquationsSay() {
    List<LabeledSequence> charts = ControlCharts.of(100, 7);
    assertEquals(600, charts.size());
    for (LabeledSequence chart : charts) {
      assertEquals(1, chart.width());
      assertEquals(60, chart.length());
      double[] y = chart.channels()[0];
      double change = mean(y, 40, 60) - mean(y, 0, 20);
      double farthest =
          IntStream.range(0, 60).mapToDouble(t -> Math.abs(y[t] - 30)).max().orElseThrow();
      switch (chart.label()) {
        case "normal" -> assertTrue(farthest <= 6, "noise is 3 times 2 at most");
        case "cyclic" -> assertTrue(farthest > 6 && farthest <= 21, "" + farthest);
        case "rising" -> assertTrue(change > 4 && change < 24, "" + change);
        case "falling" -> assertTrue(change < -4 && change > -24, "" + change);
        case "shifted up" -> assertTrue(change > 4 && farthest <= 26, "" + change);
        default -> assertTrue(change < -4 && farthest <= 26, "" + change);
      }
    }
  }

  @Test
  void theSeedDrawsTheCharts() {
    assertEquals(ControlCharts.of(3, 1), ControlCharts.of(5, 1).subList(0, 18));
    assertNotEquals(ControlCharts.of(3, 1), ControlCharts.of(3, 2));
    assertEquals(
        ControlCharts.labels(),
        ControlCharts.of(1, 1).stream().map(LabeledSequence::label).toList());
  }
}
