package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.layers.FusedKernels;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The networks that the tasks of a JVM train, with kernels; as many as tasks run at a time. To make
 * one for each round would take longer than many a round.
 */
final class KeptNetworks {
  private static final List<ComputationGraph> IDLE = new ArrayList<>();
  private static String configurationOfIdle = "";

  private KeptNetworks() {}

  /** A network that nobody else has, with any weights. */
  static ComputationGraph take(String configuration) {
    synchronized (IDLE) {
      if (configuration.equals(configurationOfIdle) && !IDLE.isEmpty()) {
        return IDLE.remove(IDLE.size() - 1);
      }
    }
    ComputationGraph network =
        new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
    network.init();
    FusedKernels.attach(network);
    return network;
  }

  /** Keeps a network for who needs one next. */
  static void giveBack(String configuration, ComputationGraph network) {
    synchronized (IDLE) {
      if (!configuration.equals(configurationOfIdle)) {
        IDLE.clear(); // of another training, or of before the learning rate fell
        configurationOfIdle = configuration;
      }
      IDLE.add(network);
    }
  }
}
