package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.zoo.network.OffHeap;
import io.github.recurrentzoo.zoo.network.TimeMajor;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The windows of a series, by their origin, the last row that is known. A window is the T rows that
 * end with the origin; what is to be forecast are the h rows behind it.
 *
 * <p>Numbers that were interpolated are no true values ({@link #isReal}). Nor are they known where
 * the number after them is not: at an origin o, rows behind the last real one of a column hold that
 * one, since the straight line through them ends behind o.
 */
final class ForecastWindows {
  private static final int BATCH_SIZE = 256;

  private final ForecastEncoder encoder;
  private final ForecastOptions options;
  private final List<TimeSeries> series;
  private final List<Integer> ids;
  private final int[] offsets;
  private final double[][] values;
  private final boolean[][] real;
  private final int[][] lastReal;
  private final float[][] features;
  private final float[][] ahead;

  ForecastWindows(ForecastEncoder encoder, TimeSeries series) {
    this(encoder, List.of(series), List.of());
  }

  /**
   * The windows of several series, one behind the other, with a horizon of room behind each. Rows
   * are counted over all of them; of one series, they are its rows.
   *
   * @param ids of each series its place in the network's embedding; empty without one
   */
  ForecastWindows(ForecastEncoder encoder, List<TimeSeries> series, List<Integer> ids) {
    this.encoder = encoder;
    this.options = encoder.options();
    this.series = List.copyOf(series);
    this.ids = List.copyOf(ids);
    this.offsets = new int[series.size() + 1];
    for (int s = 0; s < series.size(); s++) {
      offsets[s + 1] = offsets[s] + series.get(s).size() + options.horizon();
    }
    int rows = offsets[series.size()];
    List<String> columns = options.columns();
    this.values = new double[columns.size()][rows];
    this.real = new boolean[columns.size()][rows];
    this.lastReal = new int[columns.size()][rows];
    this.features = new float[rows][];
    this.ahead = new float[options.futureSize() == 0 ? 0 : rows][];
    for (int s = 0; s < series.size(); s++) {
      add(s, columns);
    }
  }

  private void add(int s, List<String> columns) {
    TimeSeries one = series.get(s);
    int offset = offsets[s];
    for (int c = 0; c < columns.size(); c++) {
      System.arraycopy(one.column(columns.get(c)), 0, values[c], offset, one.size());
      System.arraycopy(one.isReal(columns.get(c)), 0, real[c], offset, one.size());
      findLastReal(real[c], lastReal[c], offset, offset + one.size());
    }
    IntToDoubleFunction[] known = known(offset + one.size() - 1);
    for (int row = options.lag(); row < one.size(); row++) {
      features[offset + row] = encoder.features(known, offset + row, one.time(row));
    }
    // The calendar goes on behind the last row; columns that are known ahead end with it.
    for (int row = 0; ahead.length > 0 && row < one.size() + options.horizon(); row++) {
      ahead[offset + row] = encoder.ahead(values, offset + row, one.time(row));
    }
  }

  /** Whether the network reads which series a window is of. */
  boolean hasNames() {
    return !ids.isEmpty();
  }

  /** The first row of a series. */
  int offset(int s) {
    return offsets[s];
  }

  /** The first row of the series that a row belongs to. */
  int firstRow(int row) {
    return offsets[seriesOf(row)];
  }

  private int seriesOf(int row) {
    int found = Arrays.binarySearch(offsets, row);
    return found >= 0 ? found : -found - 2;
  }

  /** Of each row the last real one up to it; before the first real one, the row itself. */
  private static void findLastReal(boolean[] real, int[] last, int from, int to) {
    for (int row = from; row < to; row++) {
      boolean hold = !real[row] && row > from && real[last[row - 1]];
      last[row] = hold ? last[row - 1] : row;
    }
  }

  /** |y - f| of a forecast's step, from 1; NaN if the value is not real. */
  double error(int target, int step, int origin, double[][] forecast) {
    int row = origin + step;
    return real[target][row]
        ? Math.abs(values[target][row] - forecast[target][step - 1])
        : Double.NaN;
  }

  /** The numbers of a target. */
  double[] target(int target) {
    return values[target];
  }

  /** Whether the number of a target's row is real. */
  boolean isReal(int target, int row) {
    return real[target][row];
  }

  /** A column, by row, as it is known at an origin; rows behind that are not to be asked for. */
  IntToDoubleFunction known(int column, int origin) {
    int last = lastReal[column][origin];
    return row -> values[column][Math.min(row, last)];
  }

  private IntToDoubleFunction[] known(int origin) {
    IntToDoubleFunction[] known = new IntToDoubleFunction[values.length];
    Arrays.setAll(known, column -> known(column, origin));
    return known;
  }

  private float[] features(int row, int origin) {
    for (int[] last : lastReal) {
      if (row > last[origin]) {
        int s = seriesOf(row);
        return encoder.features(known(origin), row, series.get(s).time(row - offsets[s]));
      }
    }
    return features[row];
  }

  /** The origins behind which at least one value of a target is real, in their order. */
  int[] withTruth(int[] origins) {
    return Arrays.stream(origins).filter(this::hasTruth).toArray();
  }

  private boolean hasTruth(int origin) {
    for (int target = 0; target < options.targets().size(); target++) {
      for (int k = 1; k <= options.horizon(); k++) {
        if (real[target][origin + k]) {
          return true;
        }
      }
    }
    return false;
  }

  /** What the network reads: the windows, what is known of the rows to come, and the series. */
  INDArray[] inputs(int[] origins) {
    return inputs(origins, b -> false);
  }

  /**
   * The same, where some series are not named, so that the network learns what to answer then.
   *
   * @param unknown whether the series of the window at that place is not named
   */
  INDArray[] inputs(int[] origins, IntPredicate unknown) {
    List<INDArray> inputs = new ArrayList<>(List.of(windows(origins)));
    if (options.futureSize() > 0) {
      inputs.add(ahead(origins));
    }
    if (!ids.isEmpty()) {
      float[][] names = new float[origins.length][1];
      for (int b = 0; b < origins.length; b++) {
        names[b][0] = unknown.test(b) ? 0 : ids.get(seriesOf(origins[b]));
      }
      inputs.add(Nd4j.createFromArray(names));
    }
    return inputs.toArray(INDArray[]::new);
  }

  /** What is known of the rows to come, [B, F, h], a view of time-major numbers. */
  private INDArray ahead(int[] origins) {
    int size = options.futureSize();
    float[] numbers = new float[options.horizon() * origins.length * size];
    int place = 0;
    for (int k = 1; k <= options.horizon(); k++) {
      for (int origin : origins) {
        System.arraycopy(ahead[origin + k], 0, numbers, place, size);
        place += size;
      }
    }
    return TimeMajor.array(numbers, options.horizon(), origins.length, size);
  }

  /** What is known of the past, [B, D, T], a view of time-major numbers. */
  private INDArray windows(int[] origins) {
    int window = options.lookback();
    int size = encoder.inputSize();
    float[][] levels = levels(origins);
    float[] numbers = new float[window * origins.length * size];
    int place = 0;
    for (int t = 0; t < window; t++) {
      for (int b = 0; b < origins.length; b++) {
        int origin = origins[b];
        float[] line = line(origin - window + 1 + t, origin, levels[b]);
        System.arraycopy(line, 0, numbers, place, size);
        place += size;
      }
    }
    return TimeMajor.array(numbers, window, origins.length, size);
  }

  /** What the network reads of a row in the window of an origin. */
  private float[] line(int row, int origin, float[] levels) {
    float[] features = features(row, origin);
    if (levels.length == 0) {
      return features;
    }
    float[] line = features.clone();
    for (int target = 0; target < levels.length; target++) {
      line[target] -= levels[target];
    }
    return line;
  }

  /** The level of each window and target; nothing if levels stay. */
  private float[][] levels(int[] origins) {
    int targets = options.takesLevel() ? options.targets().size() : 0;
    float[][] levels = new float[origins.length][targets];
    for (int b = 0; b < origins.length; b++) {
      for (int target = 0; target < targets; target++) {
        levels[b][target] = encoder.level(known(target, origins[b]), target, origins[b]);
      }
    }
    return levels;
  }

  /** Numbers [B][targets * answers * h] in the shape of the network's output. */
  INDArray asOutput(float[][] numbers) {
    INDArray array = Nd4j.createFromArray(numbers);
    return options.futureSize() == 0 ? array : array.reshape(numbers.length, -1, options.horizon());
  }

  /** Numbers in the shape of the network's output as [B][targets * answers * h]. */
  static double[][] ofOutput(INDArray output) {
    return output.reshape(output.size(0), -1).toDoubleMatrix();
  }

  private int outputs() {
    return options.targets().size() * options.answers() * options.horizon();
  }

  /** Repeats the numbers of a target for each of its answers; returns the place behind them. */
  private int repeat(float[] numbers, int end) {
    int horizon = options.horizon();
    for (int answer = 1; answer < options.answers(); answer++) {
      System.arraycopy(numbers, end - horizon, numbers, end + (answer - 1) * horizon, horizon);
    }
    return end + (options.answers() - 1) * horizon;
  }

  /** What it should answer, [B, targets * answers * h], the same for all answers of a target. */
  float[][] labels(int[] origins) {
    float[][] labels = new float[origins.length][outputs()];
    for (int b = 0; b < origins.length; b++) {
      int place = 0;
      for (int target = 0; target < options.targets().size(); target++) {
        for (int k = 1; k <= options.horizon(); k++) {
          double truth = values[target][origins[b] + k];
          labels[b][place++] =
              (float) encoder.encode(truth, known(target, origins[b]), target, origins[b], k);
        }
        place = repeat(labels[b], place);
      }
    }
    return labels;
  }

  /** 1 for each label that is real and 0 for the others, or null if all are real. */
  float[][] mask(int[] origins) {
    float[][] mask = new float[origins.length][outputs()];
    boolean all = true;
    for (int b = 0; b < origins.length; b++) {
      int place = 0;
      for (int target = 0; target < options.targets().size(); target++) {
        for (int k = 1; k <= options.horizon(); k++) {
          boolean truth = real[target][origins[b] + k];
          mask[b][place++] = truth ? 1 : 0;
          all &= truth;
        }
        place = repeat(mask[b], place);
      }
    }
    return all ? null : mask;
  }

  /** What the network answers, [B][targets * answers * h], scaled as it is. */
  double[][] answers(ComputationGraph network, int[] origins) {
    double[][] answers = new double[origins.length][];
    for (int from = 0; from < origins.length; from += BATCH_SIZE) {
      int to = Math.min(from + BATCH_SIZE, origins.length);
      INDArray[] inputs = inputs(Arrays.copyOfRange(origins, from, to));
      INDArray answer = network.output(inputs)[0];
      double[][] batch = ofOutput(answer);
      OffHeap.close(answer);
      OffHeap.close(inputs);
      System.arraycopy(batch, 0, answers, from, batch.length);
    }
    return answers;
  }

  /**
   * Forecasts [B][target][step - 1] in the units of the series. Behind the h steps are those of
   * each quantile, sorted so that none lies above one of a higher level: {@code [i * h + step -
   * 1]}, where i is its place among the levels, from 1.
   *
   * @throws IllegalStateException if the network answers with NaN or infinity
   */
  double[][][] forecasts(ComputationGraph network, int[] origins) {
    return forecasts(answers(network, origins), origins);
  }

  /** As {@link #forecasts(ComputationGraph, int[])}, by a network on the Java heap. */
  double[][][] forecasts(Inference network, int[] origins) {
    return forecasts(answers(network, origins), origins);
  }

  private double[][] answers(Inference network, int[] origins) {
    double[][] answers = new double[origins.length][];
    int window = options.lookback();
    for (int from = 0; from < origins.length; from += BATCH_SIZE) {
      int rows = Math.min(BATCH_SIZE, origins.length - from);
      float[][] lines = new float[window * rows][];
      float[][] levels = levels(Arrays.copyOfRange(origins, from, from + rows));
      for (int i = 0; i < lines.length; i++) {
        int origin = origins[from + i % rows];
        lines[i] = line(origin - window + 1 + i / rows, origin, levels[i % rows]);
      }
      int[] lengths = new int[rows];
      Arrays.fill(lengths, window);
      float[][] found = network.begin(lengths).numbers(0, lines).run().output(0);
      for (int b = 0; b < rows; b++) {
        float[] answer = found[b];
        answers[from + b] = IntStream.range(0, answer.length).mapToDouble(i -> answer[i]).toArray();
      }
    }
    return answers;
  }

  private double[][][] forecasts(double[][] answers, int[] origins) {
    double[][][] forecasts = new double[origins.length][options.targets().size()][];
    int horizon = options.horizon();
    for (int b = 0; b < origins.length; b++) {
      int place = 0;
      for (int target = 0; target < forecasts[b].length; target++) {
        double[] numbers = new double[options.answers() * horizon];
        for (int i = 0; i < numbers.length; i++) {
          double answer = answers[b][place++];
          if (!Double.isFinite(answer)) {
            throw new IllegalStateException(
                "The network answers "
                    + answer
                    + "; expected a finite number. Its weights are infinite or no numbers: train it"
                    + " again with a lower learning rate or with clipped gradients.");
          }
          int step = i % horizon + 1;
          numbers[i] = encoder.decode(answer, known(target, origins[b]), target, origins[b], step);
        }
        forecasts[b][target] = sortedQuantiles(numbers, horizon);
      }
    }
    return forecasts;
  }

  /**
   * Forecasts of h steps, with the quantiles behind them in ascending order at each step. Sorting
   * brings crossed quantiles nearer to the true ones (Chernozhukov et al. 2010).
   */
  static double[] sortedQuantiles(double[] numbers, int horizon) {
    double[] levels = new double[numbers.length / horizon - 1];
    for (int k = 0; k < horizon && levels.length > 1; k++) {
      for (int i = 0; i < levels.length; i++) {
        levels[i] = numbers[(i + 1) * horizon + k];
      }
      Arrays.sort(levels);
      for (int i = 0; i < levels.length; i++) {
        numbers[(i + 1) * horizon + k] = levels[i];
      }
    }
    return numbers;
  }
}
