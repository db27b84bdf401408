package io.github.recurrentzoo.zoo.training;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All of a network that training changes, but for the state of its recurrent layers.
 *
 * @param weights [N]
 * @param updaterState [M], or null for an updater without any
 * @param counts by which schedules and Adam's correction of its bias go
 */
record Snapshot(INDArray weights, INDArray updaterState, Counts counts) {
  private static final String WEIGHTS = "weights";
  private static final String UPDATER = "updater";

  /**
   * Deeplearning4j's counters.
   *
   * @param iterations steps of the optimiser
   * @param epochs passes over the rows
   */
  record Counts(int iterations, int epochs) {}

  static Snapshot of(ComputationGraph network) {
    INDArray state = network.getUpdater().getStateViewArray();
    return new Snapshot(
        network.params().dup(),
        state == null ? null : state.dup(),
        new Counts(network.getIterationCount(), network.getEpochCount()));
  }

  void restore(ComputationGraph network) {
    network.setParams(weights);
    if (updaterState != null) {
      network.getUpdater().getStateViewArray().assign(updaterState);
    }
    network.getConfiguration().setIterationCount(counts.iterations());
    network.getConfiguration().setEpochCount(counts.epochs());
  }

  /** Adds the arrays to those of a checkpoint. */
  void addTo(Map<String, INDArray> arrays, String prefix) {
    arrays.put(prefix + WEIGHTS, weights);
    if (updaterState != null) {
      arrays.put(prefix + UPDATER, updaterState);
    }
  }

  /** What was added to those of a checkpoint. */
  static Snapshot from(Map<String, INDArray> arrays, String prefix, Counts counts) {
    return new Snapshot(arrays.get(prefix + WEIGHTS), arrays.get(prefix + UPDATER), counts);
  }

  /** Whether the arrays are those of the network. */
  boolean fits(ComputationGraph network) {
    return same(weights, network.params())
        && same(updaterState, network.getUpdater().getStateViewArray());
  }

  /** Whether training can go on from it: no number is NaN or infinite. */
  boolean isFinite() {
    return isFinite(weights) && (updaterState == null || isFinite(updaterState));
  }

  private static boolean isFinite(INDArray array) {
    return Double.isFinite(array.norm1Number().doubleValue());
  }

  private static boolean same(INDArray array, INDArray expected) {
    return (array == null || expected == null)
        ? array == expected
        : array.length() == expected.length() && array.dataType() == expected.dataType();
  }
}
