package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.network.Updaters;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The learning rate of a training, which falls where the validation loss does not (Keras's {@code
 * ReduceLROnPlateau}). It depends on the epochs before alone, so that a training that goes on from
 * a checkpoint has the same.
 */
final class PlateauRate {
  private final TrainingOptions options;
  private final IdentityHashMap<IUpdater, Double> rates = new IdentityHashMap<>(); // at first

  /**
   * Looks at the updaters of a network.
   *
   * @throws IllegalArgumentException if the rate is to fall, but an updater has a schedule or no
   *     rate
   */
  PlateauRate(ComputationGraph network, TrainingOptions options) {
    this.options = options;
    if (options.plateauPatience() == 0) {
      return;
    }
    for (IUpdater updater : updaters(network)) {
      double rate = updater.hasLearningRate() ? updater.getLearningRate(0, 0) : Double.NaN;
      if (!(rate > 0) || updater.getLearningRate(100_000, 1_000) != rate) {
        throw new IllegalArgumentException(
            "The learning rate is to fall on a plateau, for which it must be constant otherwise, but the updater is %s; set plateauPatience to 0, or give an updater with a constant rate"
                .formatted(updater));
      }
      rates.put(updater, rate);
    }
  }

  private static List<IUpdater> updaters(ComputationGraph network) {
    List<IUpdater> updaters = new ArrayList<>();
    for (GraphVertex vertex : network.getVertices()) {
      TrainingConfig configuration = vertex.getConfig();
      for (String name : vertex.paramTable(true).keySet()) {
        IUpdater updater = configuration == null ? null : configuration.getUpdaterByParam(name);
        if (updater != null && !Updaters.leaves(updater)) {
          updaters.add(updater);
        }
      }
    }
    return updaters;
  }

  /**
   * Sets the rate for the epoch that follows these.
   *
   * @param other the validation losses of another training, whose plateaus count instead; or null
   */
  void after(List<TrainingProgress.EpochEvent> history, List<Double> other) {
    List<Double> losses =
        other == null
            ? history.stream().map(TrainingProgress.EpochEvent::loss).toList()
            : other.subList(0, Math.min(history.size(), other.size()));
    double factor = Math.pow(options.plateauFactor(), plateaus(losses));
    rates.forEach((updater, rate) -> updater.setLrAndSchedule(rate * factor, null));
  }

  /** Sets the rate as it was. */
  void reset() {
    rates.forEach((updater, rate) -> updater.setLrAndSchedule(rate, null));
  }

  private int plateaus(List<Double> losses) {
    int plateaus = 0;
    int waited = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (double loss : losses) {
      waited = loss < lowest ? 0 : waited + 1;
      lowest = Math.min(lowest, loss);
      if (waited == options.plateauPatience()) {
        plateaus++;
        waited = 0;
      }
    }
    return plateaus;
  }
}
