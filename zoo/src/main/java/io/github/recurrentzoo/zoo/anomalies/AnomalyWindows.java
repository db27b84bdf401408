package io.github.recurrentzoo.zoo.anomalies;

import io.github.recurrentzoo.zoo.network.OffHeap;
import io.github.recurrentzoo.zoo.network.TimeMajor;
import io.github.recurrentzoo.zoo.series.Scaler;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The windows of a series, by their first row. Values that were missing are read as they were
 * interpolated, and neither learned nor judged.
 */
final class AnomalyWindows {
  private static final int BATCH_SIZE = 256;

  private final AnomalyOptions options;
  private final int rows;
  private final float[][] values; // [channel][row], scaled
  private final boolean[][] real;
  private final float[][] calendar; // [row]
  private boolean complete = true;

  AnomalyWindows(AnomalyEncoder encoder, TimeSeries series) {
    this.options = encoder.options();
    this.rows = series.size();
    List<String> columns = options.columns();
    this.values = new float[columns.size()][rows];
    this.real = new boolean[columns.size()][];
    this.calendar = new float[rows][];
    for (int c = 0; c < values.length; c++) {
      double[] column = series.column(columns.get(c));
      Scaler scaler = encoder.scalers().get(c);
      real[c] = series.isReal(columns.get(c));
      for (int row = 0; row < rows; row++) {
        values[c][row] = (float) scaler.scale(column[row]);
        complete &= real[c][row];
      }
    }
    for (int row = 0; row < rows; row++) {
      calendar[row] = encoder.calendar(series.time(row));
    }
  }

  /** The number of rows. */
  int rows() {
    return rows;
  }

  /** Whether some value of a window is real. */
  boolean hasTruth(int start) {
    for (boolean[] channel : real) {
      for (int row = start; !complete && row < start + options.window(); row++) {
        if (channel[row]) {
          return true;
        }
      }
    }
    return complete;
  }

  /** What is taken away from the values of each window and channel. */
  private float[][] levels(int[] starts) {
    float[][] levels = new float[starts.length][values.length];
    for (int b = 0; options.centered() && b < starts.length; b++) {
      for (int c = 0; c < values.length; c++) {
        double sum = 0;
        for (int row = starts[b]; row < starts[b] + options.window(); row++) {
          sum += values[c][row];
        }
        levels[b][c] = (float) (sum / options.window());
      }
    }
    return levels;
  }

  /** Both inputs of the network. */
  INDArray[] inputs(int[] starts) {
    int steps = options.window();
    int channels = values.length;
    int places = options.placeSize();
    float[][] levels = levels(starts);
    float[] read = new float[steps * starts.length * (channels + places)];
    float[] known = new float[steps * starts.length * places];
    int at = 0;
    int knownAt = 0;
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < starts.length; b++) {
        int row = starts[b] + t;
        for (int c = 0; c < channels; c++) {
          read[at++] = values[c][row] - levels[b][c];
        }
        known[knownAt] = 2f * t / (steps - 1) - 1;
        System.arraycopy(calendar[row], 0, known, knownAt + 1, places - 1);
        System.arraycopy(known, knownAt, read, at, places);
        at += places;
        knownAt += places;
      }
    }
    return new INDArray[] {
      TimeMajor.array(read, steps, starts.length, channels + places),
      TimeMajor.array(known, steps, starts.length, places)
    };
  }

  /** What it should give back, time-major [T][B][D]. */
  float[] labels(int[] starts) {
    float[][] levels = levels(starts);
    float[] labels = new float[options.window() * starts.length * values.length];
    int at = 0;
    for (int t = 0; t < options.window(); t++) {
      for (int b = 0; b < starts.length; b++) {
        for (int c = 0; c < values.length; c++) {
          labels[at++] = values[c][starts[b] + t] - levels[b][c];
        }
      }
    }
    return labels;
  }

  /** 1 for each label that is real and 0 for the others, or null if all are. */
  float[] mask(int[] starts) {
    if (complete) {
      return null;
    }
    float[] mask = new float[options.window() * starts.length * values.length];
    int at = 0;
    for (int t = 0; t < options.window(); t++) {
      for (int start : starts) {
        for (boolean[] channel : real) {
          mask[at++] = channel[start + t] ? 1 : 0;
        }
      }
    }
    return mask;
  }

  /** Numbers [T][B][D] as the network has them, [B, D, T]. */
  INDArray array(float[] numbers, int batch) {
    return TimeMajor.array(numbers, options.window(), batch, values.length);
  }

  /** Hears what the network gives back of some windows. */
  @FunctionalInterface
  interface Answers {
    /** Labels and answers time-major, [T][B][D]. */
    void take(int[] starts, float[] labels, float[] answers);
  }

  /** Asks the network for windows. */
  void ask(ComputationGraph network, int[] starts, Answers answers) {
    for (int from = 0; from < starts.length; from += BATCH_SIZE) {
      int[] batch = Arrays.copyOfRange(starts, from, Math.min(from + BATCH_SIZE, starts.length));
      INDArray[] inputs = inputs(batch);
      INDArray output = network.output(inputs)[0];
      float[] numbers = TimeMajor.numbers(output);
      OffHeap.close(output);
      OffHeap.close(inputs);
      answers.take(batch, labels(batch), numbers);
    }
  }

  /** The first rows of all windows. */
  int[] starts() {
    return IntStream.rangeClosed(0, rows - options.window()).toArray();
  }

  /** The errors over all windows. */
  double[][] errors(ComputationGraph network) {
    return errors(network, starts());
  }

  /**
   * The error of each channel and row: the mean of |x - y|, in standard deviations, over those of
   * the windows that hold the row. NaN where the value is not real, or none of them holds it.
   *
   * @param starts the first rows of the windows
   * @throws IllegalStateException if the network answers with NaN or infinity
   */
  double[][] errors(ComputationGraph network, int[] starts) {
    int steps = options.window();
    int channels = values.length;
    double[][] sums = new double[channels][rows];
    int[] counts = new int[rows];
    ask(
        network,
        starts,
        (batch, labels, answers) -> {
          int at = 0;
          for (int t = 0; t < steps; t++) {
            for (int start : batch) {
              for (int c = 0; c < channels; c++, at++) {
                sums[c][start + t] += Math.abs(labels[at] - answers[at]);
              }
              counts[start + t]++;
            }
          }
        });
    for (int c = 0; c < channels; c++) {
      for (int row = 0; row < rows; row++) {
        double error = sums[c][row] / counts[row];
        if (counts[row] > 0 && !Double.isFinite(error)) {
          throw new IllegalStateException(
              "The network answers NaN or infinity; expected finite numbers. Its weights are"
                  + " infinite or no numbers: train it again with a lower learning rate or with"
                  + " clipped gradients.");
        }
        sums[c][row] = real[c][row] ? error : Double.NaN;
      }
    }
    return sums;
  }
}
