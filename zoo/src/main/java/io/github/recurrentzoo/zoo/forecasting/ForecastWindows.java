package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The windows of a series, by their origin, the last row that is known. A window is the T rows that
 * end with the origin; what is to be forecast are the h rows behind it.
 */
final class ForecastWindows {
  private static final int BATCH_SIZE = 256;

  private final ForecastEncoder encoder;
  private final ForecastOptions options;
  private final double[][] values;
  private final float[][] features;

  ForecastWindows(ForecastEncoder encoder, TimeSeries series) {
    this.encoder = encoder;
    this.options = encoder.options();
    this.values = options.columns().stream().map(series::column).toArray(double[][]::new);
    this.features = new float[series.size()][];
    for (int row = options.lag(); row < features.length; row++) {
      features[row] = encoder.features(values, row, series.time(row));
    }
  }

  /** The numbers of a target. */
  double[] target(int target) {
    return values[target];
  }

  /** What the network reads, [B, D, T], a view of time-major numbers. */
  INDArray inputs(int[] origins) {
    int window = options.window();
    int size = encoder.inputSize();
    float[] numbers = new float[window * origins.length * size];
    int place = 0;
    for (int t = 0; t < window; t++) {
      for (int origin : origins) {
        System.arraycopy(features[origin - window + 1 + t], 0, numbers, place, size);
        place += size;
      }
    }
    return Nd4j.create(numbers, new long[] {window, origins.length, size}, 'c').permute(1, 2, 0);
  }

  /** What it should answer, [B, targets * h]. */
  float[][] labels(int[] origins) {
    float[][] labels = new float[origins.length][options.targets().size() * options.horizon()];
    for (int b = 0; b < origins.length; b++) {
      int place = 0;
      for (int target = 0; target < options.targets().size(); target++) {
        for (int k = 1; k <= options.horizon(); k++) {
          labels[b][place++] = (float) encoder.encode(values[target], target, origins[b], k);
        }
      }
    }
    return labels;
  }

  /** What the network answers, [B][targets * h], scaled as it is. */
  double[][] answers(ComputationGraph network, int[] origins) {
    double[][] answers = new double[origins.length][];
    for (int from = 0; from < origins.length; from += BATCH_SIZE) {
      int to = Math.min(from + BATCH_SIZE, origins.length);
      INDArray input = inputs(Arrays.copyOfRange(origins, from, to));
      double[][] batch = network.output(input)[0].toDoubleMatrix();
      System.arraycopy(batch, 0, answers, from, batch.length);
    }
    return answers;
  }

  /**
   * Forecasts [B][target][step - 1] in the units of the series.
   *
   * @throws IllegalStateException if the network answers with NaN or infinity
   */
  double[][][] forecasts(ComputationGraph network, int[] origins) {
    double[][] answers = answers(network, origins);
    double[][][] forecasts =
        new double[origins.length][options.targets().size()][options.horizon()];
    for (int b = 0; b < origins.length; b++) {
      int place = 0;
      for (int target = 0; target < forecasts[b].length; target++) {
        for (int k = 1; k <= options.horizon(); k++) {
          double answer = answers[b][place++];
          if (!Double.isFinite(answer)) {
            throw new IllegalStateException(
                "The network answers "
                    + answer
                    + "; expected a finite number. Its weights are infinite or no numbers: train it"
                    + " again with a lower learning rate or with clipped gradients.");
          }
          forecasts[b][target][k - 1] =
              encoder.decode(answer, values[target], target, origins[b], k);
        }
      }
    }
    return forecasts;
  }
}
