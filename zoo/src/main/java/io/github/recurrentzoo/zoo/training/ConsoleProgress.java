package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.internal.Terminal;
import io.github.recurrentzoo.zoo.model.Metric;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Shows on the console how a training goes on: one line per epoch, and within an epoch a live bar
 * on a terminal, or a line every half minute where the output is a file or a pipe.
 *
 * <pre>
 * Epoch  2/10  [#########---------]  loss 0.4321  accuracy 0.877  rate 0.004  1,250 rows/s  at least 2 min 05 s left
 * Epoch  2/10  loss 0.4000  accuracy 0.900  validation loss 0.5000  accuracy 0.840  after 1 min 01 s  best
 * </pre>
 *
 * <p>Loss and metric are means over the epoch so far, {@code rate} is the learning rate, rows per
 * second are those of this epoch. The time left is "at least" what early stopping would leave if no
 * later epoch were better than the best one so far; it grows when one is.
 *
 * <p>The bar needs nothing but the return to the line's start, and never more columns than the
 * terminal has; where there is no room for all, rows per second and learning rate go first. One
 * object shows one training at a time.
 *
 * <pre>{@code
 * TextClassifier.train(rows, network.build(), training, TrainingRun.of(ConsoleProgress.on(System.out)));
 * }</pre>
 */
public final class ConsoleProgress implements TrainingProgress, AutoCloseable {
  private static final long LIVE_INTERVAL = Duration.ofMillis(100).toNanos();
  private static final long PLAIN_INTERVAL = Duration.ofSeconds(30).toNanos();
  private static final long WIDTH_INTERVAL = Duration.ofSeconds(2).toNanos();
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 5;
  private static final MathContext TWO_DIGITS = new MathContext(2);

  private final PrintStream out;
  private final boolean live;
  private final IntSupplier columns;
  private final LongSupplier nanoTime;
  private int width;
  private int shown;
  private long next;
  private long nextWidth;
  private int paceEpoch;
  private long paceRows;
  private long paceStart;
  private boolean bestBefore;

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

  /**
   * Shows progress on a stream: with a live bar if Java's standard output is a terminal.
   *
   * @param out where to print to, such as {@code System.out}
   */
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
    if (event.epoch() != paceEpoch || event.rows() < paceRows) {
      paceEpoch = event.epoch();
      paceRows = event.rows();
      paceStart = now;
    }
    if (now - next < 0 && !(live && (first || last))) {
      return;
    }
    next = now + (live ? LIVE_INTERVAL : PLAIN_INTERVAL);
    double rowsPerSecond = (event.rows() - paceRows) * 1e9 / (now - paceStart);
    if (live) {
      redraw(liveLine(event, rowsPerSecond, width - 1));
    } else {
      out.println(
          epoch(event.epoch(), event.epochs())
              + "  "
              + steps(event)
              + measures(event)
              + rate(event)
              + pace(rowsPerSecond)
              + left(event));
    }
  }

  @Override
  public void onEpoch(EpochEvent event) {
    redraw("");
    bestBefore &= event.epoch() > 1; // another training begins
    out.println(
        String.format(
            Locale.ROOT,
            "%s  loss %.4f  %s%s  after %s%s",
            epoch(event.epoch(), event.epochs()),
            event.trainingLoss(),
            metric(event.trainingMetric()),
            validation(event),
            words(event.elapsed()),
            kept(event)));
    // Where the last epoch is kept anyway, none before it was called the best.
    if (bestBefore && event.best() && event.epoch() == event.epochs()) {
      out.println("Warning: the last epoch was the best, so more epochs may give a better model.");
    }
    bestBefore |= event.best();
  }

  private String kept(EpochEvent event) {
    if (!event.best()) {
      return "";
    }
    return bestBefore || event.epoch() < event.epochs() ? "  best" : "  kept";
  }

  private static String validation(EpochEvent event) {
    return Double.isNaN(event.validationLoss())
        ? ""
        : String.format(
            Locale.ROOT,
            "  validation loss %.4f  %s",
            event.validationLoss(),
            metric(event.validationMetric()));
  }

  @Override
  public void onCheckpointMissed(String message) {
    redraw("");
    out.println("Warning: " + message);
  }

  /** Leaves the terminal with an empty line, should the training end in the middle of an epoch. */
  @Override
  public void close() {
    redraw("");
  }

  private void redraw(String line) {
    if (live && (shown > 0 || !line.isEmpty())) {
      // Blanks cover what a longer line before has left.
      // As a byte: streams that clean text do not let a return pass.
      out.write('\r');
      out.print(line + " ".repeat(Math.max(0, shown - line.length())));
      if (line.isEmpty()) {
        out.write('\r');
      }
      out.flush();
      shown = line.length();
    }
  }

  /**
   * Epoch, bar and measures; where there is no room for all, rows per second go first, then the
   * learning rate, the bar, and the end of the line.
   */
  static String liveLine(BatchEvent event, double rowsPerSecond, int width) {
    String head = epoch(event.epoch(), event.epochs());
    String measures = measures(event);
    String left = left(event);
    List<String> tails =
        List.of(
            measures + rate(event) + pace(rowsPerSecond) + left,
            measures + rate(event) + left,
            measures + left);
    for (String tail : tails) {
      int room = width - head.length() - tail.length() - "  []".length();
      int length = Math.min(room, LONGEST_BAR);
      if (length >= SHORTEST_BAR) {
        int done = (int) ((long) length * event.step() / event.steps());
        return head + "  [" + "#".repeat(done) + "-".repeat(length - done) + "]" + tail;
      }
    }
    String line = head + "  " + 100L * event.step() / event.steps() + "%" + measures + left;
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
    return String.format(Locale.ROOT, "  loss %.4f  %s", event.loss(), metric(event.metric()));
  }

  private static String metric(Metric metric) {
    return String.format(Locale.ROOT, "%s %.3f", metric.name(), metric.value());
  }

  private static String rate(BatchEvent event) {
    return Double.isNaN(event.learningRate())
        ? ""
        : "  rate "
            + BigDecimal.valueOf(event.learningRate()).round(TWO_DIGITS).stripTrailingZeros();
  }

  /** Nothing before two steps of the epoch have been seen. */
  private static String pace(double rowsPerSecond) {
    return rowsPerSecond > 0 && rowsPerSecond < Double.POSITIVE_INFINITY
        ? String.format(Locale.ROOT, "  %,.0f rows/s", rowsPerSecond)
        : "";
  }

  private static String left(BatchEvent event) {
    return (event.remaining().equals(event.longest()) ? "  " : "  at least ")
        + words(event.remaining())
        + " left";
  }

  /**
   * A duration for people: 45 s, 2 min 05 s, 1 h 03 min.
   *
   * @param duration rounded to seconds; a negative one counts as none
   */
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
