package io.github.recurrentzoo.zoo.generation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GenerationReportTest {

  @Test
  void saysWhenNGramsAreBetter() {
    String worse = new GenerationReport(100, 0, 2.6, 5, 2.3).toString();
    assertTrue(worse.contains("5-grams predict this text better than the network."), worse);
    for (GenerationReport report :
        new GenerationReport[] {
          new GenerationReport(100, 0, 2.2, 5, 2.3),
          new GenerationReport(100, 0, 2.6, 0, Double.NaN)
        }) {
      assertFalse(report.toString().contains("better"), report.toString());
      assertFalse(report.isWorseThanBaseline());
    }
  }
}
