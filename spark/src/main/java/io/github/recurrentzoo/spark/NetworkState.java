package io.github.recurrentzoo.spark;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** All of a network that training changes, as it goes from the driver to executors and back. */
final class NetworkState implements Serializable {
  private static final long serialVersionUID = 1;

  private final float[] weights;
  private final float[] updater; // empty for one without state
  private final int iterations;
  private final int epochs;

  private NetworkState(float[] weights, float[] updater, int iterations, int epochs) {
    this.weights = weights;
    this.updater = updater;
    this.iterations = iterations;
    this.epochs = epochs;
  }

  static NetworkState of(ComputationGraph network) {
    if (network.params().dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "dataType must be FLOAT for a training on Spark, but is " + network.params().dataType());
    }
    INDArray state = network.getUpdater().getStateViewArray();
    return new NetworkState(
        numbers(network.params()),
        state == null ? new float[0] : numbers(state),
        network.getIterationCount(),
        network.getEpochCount());
  }

  private static float[] numbers(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  /** Gives it to a network of the same configuration. */
  void restore(ComputationGraph network) {
    try (INDArray array = array(weights)) {
      network.setParams(array);
    }
    if (updater.length > 0) {
      try (INDArray array = array(updater)) {
        network.getUpdater().getStateViewArray().assign(array);
      }
    }
    network.getConfiguration().setIterationCount(iterations);
    network.getConfiguration().setEpochCount(epochs);
  }

  private static INDArray array(float[] numbers) {
    return Nd4j.create(numbers, new long[] {1, numbers.length}, 'c');
  }

  /**
   * The mean of weights and of the updater's state, weighted by the rows that each was trained on;
   * the steps of the one that made most.
   */
  static NetworkState mean(List<PieceResult> results) {
    NetworkState first = results.get(0).state();
    double rows = results.stream().mapToDouble(PieceResult::rows).sum();
    double[] weights = new double[first.weights.length];
    double[] updater = new double[first.updater.length];
    for (PieceResult result : results) { // in the order of the pieces, so that sums are the same
      double part = result.rows() / rows;
      add(weights, result.state().weights, part);
      add(updater, result.state().updater, part);
    }
    return new NetworkState(
        floats(weights),
        floats(updater),
        results.stream().mapToInt(result -> result.state().iterations).max().getAsInt(),
        first.epochs);
  }

  private static void add(double[] sum, float[] numbers, double part) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part * numbers[i];
    }
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
