package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.network.Updaters;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.IUpdater;

/** The learning rate that a network is trained with. */
final class LearningRate {

  private LearningRate() {}

  /**
   * That of the first layer whose updater has one; NaN if none has.
   *
   * @param epoch from 1
   */
  static double of(ComputationGraph network, int epoch) {
    for (Layer layer : network.getLayers()) {
      for (String name : layer.paramTable().keySet()) {
        IUpdater updater = layer.getConfig().getUpdaterByParam(name);
        if (updater != null && updater.hasLearningRate() && !Updaters.leaves(updater)) {
          return updater.getLearningRate(network.getIterationCount(), epoch - 1);
        }
      }
    }
    return Double.NaN;
  }
}
