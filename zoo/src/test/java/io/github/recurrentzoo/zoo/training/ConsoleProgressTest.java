package io.github.recurrentzoo.zoo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.training.TrainingProgress.BatchEvent;
import io.github.recurrentzoo.zoo.training.TrainingProgress.EpochEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicInteger columns = new AtomicInteger(80);
  // Near the end of its range, where comparing instead of subtracting would fail.
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - SECOND);

  private ConsoleProgress progress(boolean live) {
    return new ConsoleProgress(out, live, columns::get, clock::get);
  }

  private static BatchEvent step(int step) {
    return step(step, Double.NaN, Duration.ofSeconds(125));
  }

  /** A step of 32 rows. */
  private static BatchEvent step(int step, double learningRate, Duration longest) {
    return new BatchEvent(
        2,
        10,
        step,
        100,
        0.4321,
        new Metric("accuracy", 0.8765),
        learningRate,
        32L * step,
        Duration.ofSeconds(125),
        longest);
  }

  private static EpochEvent end() {
    return new EpochEvent(
        2,
        10,
        0.4,
        new Metric("accuracy", 0.9),
        0.5,
        new Metric("accuracy", 0.84),
        true,
        false,
        Duration.ofSeconds(61),
        0.001,
        500);
  }

  @Test
  void withoutValidationRowsThereIsNoValidationLoss() {
    progress(false)
        .onEpoch(
            new EpochEvent(
                2,
                2,
                0.4,
                new Metric("accuracy", 0.9),
                Double.NaN,
                new Metric("accuracy", Double.NaN),
                true,
                true,
                Duration.ofSeconds(61),
                0.001,
                500));
    assertEquals("Epoch 2/2  loss 0.4000  accuracy 0.900  after 1 min 01 s  kept\n", printed());
  }

  /** As with cross-validation. */
  @Test
  void anotherTrainingBeginsWithItsFirstEpoch() {
    ConsoleProgress progress = progress(false);
    for (int training = 0; training < 2; training++) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        progress.onEpoch(
            new EpochEvent(
                epoch,
                2,
                0.4,
                new Metric("accuracy", 0.9),
                Double.NaN,
                new Metric("accuracy", Double.NaN),
                epoch == 2,
                epoch == 2,
                Duration.ofSeconds(61),
                0.001,
                500));
      }
    }
    String printed = printed();
    assertEquals(2, printed.split("kept", -1).length - 1, printed);
    assertFalse(printed.contains("Warning"), printed);
  }

  private String printed() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text.replace(System.lineSeparator(), "\n");
  }

  @Test
  void aPipeGetsWholeLinesHalfAMinuteApart() {
    ConsoleProgress progress = progress(false);
    for (int step = 1; step <= 100; step++) {
      progress.onBatch(step(step));
      clock.addAndGet(SECOND);
    }
    progress.onEpoch(end());
    progress.close();
    assertEquals(
        """
        Epoch  2/10  step 31/100  loss 0.4321  accuracy 0.877  32 rows/s  2 min 05 s left
        Epoch  2/10  step 61/100  loss 0.4321  accuracy 0.877  32 rows/s  2 min 05 s left
        Epoch  2/10  step 91/100  loss 0.4321  accuracy 0.877  32 rows/s  2 min 05 s left
        Epoch  2/10  loss 0.4000  accuracy 0.900  validation loss 0.5000  accuracy 0.840  after 1 min 01 s  best
        """,
        printed());
  }

  @Test
  void aTerminalGetsABarThatIsDrawnOver() {
    ConsoleProgress progress = progress(true);
    progress.onBatch(step(1));
    progress.onBatch(step(2));
    assertEquals(
        "\\rEpoch  2/10  [------------------]  loss 0.4321  accuracy 0.877  2 min 05 s left"
            .replace("\\r", "\r"),
        printed());
    clock.addAndGet(SECOND);
    progress.onBatch(step(50));
    assertEquals(
        "\rEpoch  2/10  [#########---------]  loss 0.4321  accuracy 0.877  2 min 05 s left",
        printed());
    progress.onEpoch(end());
    String end = printed();
    assertTrue(end.startsWith("\r" + " ".repeat(79) + "\rEpoch  2/10  loss 0.4000"), end);
    assertTrue(end.endsWith("\n"), end);
  }

  @Test
  void aWideTerminalGetsAll() {
    columns.set(140);
    ConsoleProgress progress = progress(true);
    progress.onBatch(step(49, 0.00384, Duration.ofHours(16)));
    assertEquals(
        "\rEpoch  2/10  [##############----------------]  loss 0.4321  accuracy 0.877  rate 0.0038  at least 2 min 05 s left",
        printed());
    clock.addAndGet(SECOND / 4);
    progress.onBatch(step(99, 0.00384, Duration.ofHours(16)));
    assertEquals(
        "\rEpoch  2/10  [#############################-]  loss 0.4321  accuracy 0.877  rate 0.0038  6,400 rows/s  at least 2 min 05 s left",
        printed());
  }

  /** What the first steps took, such as compiling, is no part of the next epoch's pace. */
  @Test
  void eachEpochHasItsOwnPace() {
    columns.set(140);
    ConsoleProgress progress = progress(true);
    progress.onBatch(step(1));
    clock.addAndGet(100 * SECOND);
    progress.onBatch(step(100));
    printed();
    progress.onEpoch(end());
    clock.addAndGet(100 * SECOND);
    BatchEvent next =
        new BatchEvent(
            3, 10, 1, 100, 0.4, new Metric("accuracy", 0.9), 1, 32, Duration.ZERO, Duration.ZERO);
    progress.onBatch(next);
    assertTrue(!printed().contains("rows/s"));
    clock.addAndGet(SECOND);
    progress.onBatch(
        new BatchEvent(
            3, 10, 2, 100, 0.4, new Metric("accuracy", 0.9), 1, 64, Duration.ZERO, Duration.ZERO));
    String second = printed();
    assertTrue(second.contains("  rate 1  32 rows/s  0 s left"), second);
  }

  @Test
  void nothingIsDrawnMoreOftenThanTenTimesASecond() {
    ConsoleProgress progress = progress(true);
    for (int step = 1; step <= 99; step++) {
      progress.onBatch(step(step));
      clock.addAndGet(SECOND / 100);
    }
    assertEquals(10, printed().chars().filter(c -> c == '\r').count());
  }

  @Test
  void noLineIsAsWideAsTheTerminal() {
    for (int width = 0; width <= 200; width++) {
      for (int step : new int[] {1, 50, 100}) {
        BatchEvent event = step(step, 0.01, Duration.ofSeconds(125));
        String line = ConsoleProgress.liveLine(event, 1234.5, width);
        assertTrue(line.length() <= width, line);
        assertEquals(width >= 66, line.contains("["), line);
        assertEquals(width >= 77, line.contains("rate 0.01"), line);
        assertEquals(width >= 91, line.contains("1,235 rows/s"), line);
      }
    }
  }

  @Test
  void aTerminalThatGetsNarrowerIsNoticed() {
    ConsoleProgress progress = progress(true);
    progress.onBatch(step(1));
    printed();
    columns.set(40);
    clock.addAndGet(3 * SECOND);
    progress.onBatch(step(30));
    assertEquals("\rEpoch  2/10  30%  loss 0.4321  accuracy", printed().stripTrailing());
  }

  @Test
  void closeClearsTheLine() {
    ConsoleProgress progress = progress(true);
    progress.close();
    assertEquals("", printed());
    progress.onBatch(step(1));
    printed();
    progress.close();
    assertEquals("", printed().strip());
  }

  @Test
  void durationsForPeople() {
    assertEquals("0 s", ConsoleProgress.words(Duration.ofMillis(-5)));
    assertEquals("59 s", ConsoleProgress.words(Duration.ofMillis(59_400)));
    assertEquals("1 min 00 s", ConsoleProgress.words(Duration.ofMillis(59_600)));
    assertEquals("59 min 59 s", ConsoleProgress.words(Duration.ofSeconds(3_599)));
    assertEquals("2 h 05 min", ConsoleProgress.words(Duration.ofMinutes(125)));
  }
}
