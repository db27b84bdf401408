package io.github.recurrentzoo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.benchmarks.Entry.Library;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the forks' medians to a row of the table. */
final class MarkdownTableTest {

  private static final Case LSTM = new Case(Cell.LSTM, Shape.SMALL);

  @Test
  void medianOfTheForksAtTheBestNumberOfThreads() {
    Results results = new Results();
    add(results, Library.OURS, 1, 9_000);
    add(results, Library.OURS, 2, 7_000, 99_000, 8_000);
    add(results, Library.STOCK, 1, 200_000);
    add(results, Library.STOCK, 2, 500_000);
    add(results, Library.PYTORCH, 1, 10_000, 12_000);

    String table = new MarkdownTable(results, List.of(1, 2)).of(List.of(LSTM));

    assertTrue(
        table.contains(
            "| LSTM | training step | 8.00 ms (2) | 200 ms (1) | 11.0 ms (1) | 0.04 | 0.73 |"),
        table);
  }

  @Test
  void whatWasNotMeasuredIsADash() {
    String table = new MarkdownTable(new Results(), List.of(1)).of(List.of(LSTM));

    assertTrue(table.contains("| LSTM | training step | - | - | - | - | - |"), table);
  }

  @Test
  void numbersHaveThreeDigits() {
    assertEquals("1234", MarkdownTable.threeDigits(1234));
    assertEquals("12.3", MarkdownTable.threeDigits(12.34));
    assertEquals("1.23", MarkdownTable.threeDigits(1.234));
    assertEquals("0.0123", MarkdownTable.threeDigits(0.01234));
  }

  private static void add(Results results, Library library, int threads, double... micros) {
    for (double median : micros) {
      results.add(LSTM, Work.TRAINING_STEP, new Entry(library, threads), median);
    }
  }
}
