package io.github.recurrentzoo.zoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrossValidationTest {

  private static CrossValidation.Fold fold(int rows, int right) {
    return new CrossValidation.Fold(rows, right, Map.of("accuracy", (double) right / rows));
  }

  @Test
  void meanDeviationAndPooledInterval() {
    CrossValidation result = new CrossValidation(List.of(fold(10, 5), fold(10, 7), fold(20, 18)));
    assertEquals(0.7, result.mean("accuracy"), 1e-12);
    assertEquals(0.2, result.deviation("accuracy"), 1e-12);
    assertEquals(40, result.rows());
    assertEquals(30, result.right());
    assertEquals(Interval.wilson(0.75, 40), result.interval());
    String text = result.toString();
    assertTrue(text.contains("accuracy  0.7000     0.2000  0.5000   0.9000"), text);
    assertTrue(text.contains("30 of 40 rows right, 0.7500"), text);
    assertEquals(30, result.toMap().get("right"));
  }
}
