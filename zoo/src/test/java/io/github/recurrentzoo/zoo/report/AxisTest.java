package io.github.recurrentzoo.zoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @ParameterizedTest
  @CsvSource({
    "0.4, 2.1, '0.0|0.5|1.0|1.5|2.0|2.5'",
    "-3, 12, '-5|0|5|10|15'",
    "0.81, 0.83, '0.810|0.815|0.820|0.825|0.830'",
    "0, 4000, '0|1,000|2,000|3,000|4,000'",
  })
  void roundTicks(double low, double high, String expected) {
    List<String> labels = Axis.linear(low, high, 5).ticks().stream().map(Axis.Tick::label).toList();
    assertEquals(expected.replaceFirst("^0\\.0\\|", "0|"), String.join("|", labels));
  }

  /** Equal numbers, large and small ones: all of them lie on the axis, and ticks are few. */
  @ParameterizedTest
  @CsvSource({"1, 1", "0, 0", "-7, -7", "1e-9, 3e-9", "1e12, 5e12", "-1e-3, 1e3"})
  void allNumbersLieOnIt(double low, double high) {
    Axis axis = Axis.linear(low, high, 5);
    assertTrue(axis.place(low) >= -1e-9 && axis.place(high) <= 1 + 1e-9, axis.toString());
    assertTrue(axis.ticks().size() >= 2 && axis.ticks().size() <= 8, axis.toString());
  }

  @Test
  void powersOfTen() {
    Axis axis = Axis.logarithmic(2e-6, 30);
    assertEquals(0, axis.place(1e-6), 1e-12);
    assertEquals(1, axis.place(100), 1e-12);
    assertEquals("1e-6", axis.ticks().get(0).label());
    assertFalse(axis.ticks().size() > 8);
    assertEquals(0.5, Axis.logarithmic(1, 100).place(10), 1e-12);
  }

  @Test
  void wholeNumbers() {
    assertEquals(
        List.of("1", "2", "3"),
        Axis.whole(1, 3, 6).ticks().stream().map(Axis.Tick::label).toList());
    assertTrue(Axis.whole(1, 5000, 6).ticks().size() <= 7);
    assertEquals(2, Axis.whole(1, 1, 6).ticks().size());
  }
}
