package io.github.recurrentzoo.zoo.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceReportTest {
  private static final List<LabeledSequence> ROWS =
      List.of(row("p", "a"), row("q", "a"), row("", "b"), row("s", "b"), row("t", "b"));

  private static LabeledSequence row(String id, String label) {
    return new LabeledSequence(id, new double[][] {{1, 2}}, label, null);
  }

  private static SequenceReport report() {
    return SequenceReport.of(
        List.of("a", "b", "c"),
        ROWS,
        List.of(0, 0, 1, 1, 1),
        new double[][] {
          {0.8, 0.1, 0.1}, {0.4, 0.6, 0}, {0.9, 0.1, 0}, {0.1, 0.7, 0.2}, {0.2, 0.5, 0.3}
        });
  }

  @Test
  void counts() {
    SequenceReport report = report();
    assertEquals(List.of(List.of(1, 1, 0), List.of(1, 2, 0), List.of(0, 0, 0)), report.confusion());
    assertEquals(0.6, report.accuracy(), 1e-12);
    assertEquals(5, report.rows());
    assertEquals(0.5, report.scores().get(0).precision());
    assertEquals(2.0 / 3, report.scores().get(1).recall(), 1e-12);
    assertEquals((0.5 + 2.0 / 3) / 2, report.macroF1(), 1e-12, "c neither occurs nor is answered");
    assertEquals("b", report.mostFrequentLabel());
    assertEquals(0.6, report.majorityAccuracy(), 1e-12);
    assertEquals(
        List.of(
            new SequenceReport.Mistake("3", "b", "a", 0.9),
            new SequenceReport.Mistake("q", "a", "b", 0.6)),
        report.mistakes(),
        "the surest first; a row without a name by its number");
  }

  @Test
  void theBaselineStandsBesideIt() {
    SequenceReport report = report();
    assertFalse(report.isWorseThanBaseline());
    assertEquals(null, report.toMap().get("baseline"));
    SequenceReport beside = report.beside("some baseline", List.of("a", "a", "b", "b", "c"), ROWS);
    assertEquals(0.8, beside.baseline().orElseThrow().accuracy(), 1e-12);
    assertTrue(beside.isWorseThanBaseline());
    String text = beside.toString();
    assertTrue(text.contains("some baseline"), text);
    assertTrue(text.contains("worse than the baseline, by 20.0 points"), text);
    assertTrue(text.contains("5 sequences are too few"), text);
    assertTrue(text.lines().allMatch(line -> line.length() <= 200), text);
    assertEquals(report.confusion(), beside.confusion());
  }
}
