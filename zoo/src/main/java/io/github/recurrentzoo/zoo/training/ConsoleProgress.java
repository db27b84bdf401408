package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.internal.Terminal;
import io.github.recurrentzoo.zoo.model.Metric;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Shows how a training goes on: one line per epoch, and within an epoch a live bar on a terminal,
 * or a line every half minute where the output is a file or a pipe.
 *
 * <p>The bar needs nothing but the return to the line's start, and never more columns than the
 * terminal has.
 */
public final class ConsoleProgress implements TrainingProgress {

  private static final long LIVE_INTERVAL = Duration.ofMillis(100).toNanos();
  private static final long PLAIN_INTERVAL = Duration.ofSeconds(30).toNanos();
  private static final long WIDTH_INTERVAL = Duration.ofSeconds(2).toNanos();
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 5;

  private final PrintStream out;
  private final boolean live;
  private final IntSupplier columns;
  private final LongSupplier nanoTime;

  private int width;
  private int shown;
  private long next;
  private long nextWidth;

  /**
   * Shows progress on a stream.
   *
   * @param live whether the stream is a terminal
   * @param columns asked now and then for the width of the terminal, which the user may change
   * @param nanoTime the clock
   */
  ConsoleProgress(PrintStream out, boolean live, IntSupplier columns, LongSupplier nanoTime) {
    this.out = out;
    this.live = live;
    this.columns = columns;
    this.nanoTime = nanoTime;
    this.next = nanoTime.getAsLong() + (live ? 0 : PLAIN_INTERVAL);
  }

  public static ConsoleProgress on(PrintStream out) {
    return new ConsoleProgress(out, Terminal.isInteractive(), Terminal::width, System::nanoTime);
  }

  @Override
  public void onBatch(BatchEvent event) {
    long now = nanoTime.getAsLong();
    boolean first = event.step() == 1;
    boolean last = event.step() == event.steps();
    if (live && (first || now - nextWidth >= 0)) {
      width = columns.getAsInt();
      nextWidth = now + WIDTH_INTERVAL;
    }
    if (now - next < 0 && !(live && (first || last))) {
      return;
    }
    next = now + (live ? LIVE_INTERVAL : PLAIN_INTERVAL);
    if (live) {
      redraw(liveLine(event, width - 1));
    } else {
      out.println(
          epoch(event.epoch(), event.epochs()) + "  " + steps(event) + "  " + measures(event));
    }
  }

  @Override
  public void onEpoch(EpochEvent event) {
    redraw("");
    out.println(
        "%s  loss %.4f  %s  validation loss %.4f  %s  after %s%s"
            .formatted(
                epoch(event.epoch(), event.epochs()),
                event.trainingLoss(),
                metric(event.trainingMetric()),
                event.validationLoss(),
                metric(event.validationMetric()),
                words(event.elapsed()),
                event.best() ? "  best" : ""));
  }

  /** Leaves the terminal with an empty line, should the training end in the middle of an epoch. */
  public void close() {
    redraw("");
  }

  private void redraw(String line) {
    if (live && (shown > 0 || !line.isEmpty())) {
      // Blanks cover what a longer line before has left.
      out.print(
          "\r"
              + line
              + " ".repeat(Math.max(0, shown - line.length()))
              + (line.isEmpty() ? "\r" : ""));
      out.flush();
      shown = line.length();
    }
  }

  /**
   * Epoch, bar and measures; where there is no room for all, the bar goes first, then the end of
   * the line.
   */
  static String liveLine(BatchEvent event, int width) {
    String head = epoch(event.epoch(), event.epochs());
    String tail = measures(event);
    int room = width - head.length() - tail.length() - "  []  ".length();
    int length = Math.min(room, LONGEST_BAR);
    if (length >= SHORTEST_BAR) {
      int done = (int) ((long) length * event.step() / event.steps());
      return head + "  [" + "#".repeat(done) + "-".repeat(length - done) + "]  " + tail;
    }
    String line = head + "  " + 100L * event.step() / event.steps() + "%  " + tail;
    return line.substring(0, Math.max(0, Math.min(line.length(), width)));
  }

  private static String epoch(int epoch, int epochs) {
    String all = Integer.toString(epochs);
    return "Epoch %s/%s"
        .formatted(" ".repeat(all.length() - Integer.toString(epoch).length()) + epoch, all);
  }

  private static String steps(BatchEvent event) {
    return "step %d/%d".formatted(event.step(), event.steps());
  }

  private static String measures(BatchEvent event) {
    return "loss %.4f  %s  %s left"
        .formatted(event.loss(), metric(event.metric()), words(event.remaining()));
  }

  private static String metric(Metric metric) {
    return "%s %.3f".formatted(metric.name(), metric.value());
  }

  /** A duration for people: 45 s, 2 min 05 s, 1 h 03 min. */
  public static String words(Duration duration) {
    long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }
}
