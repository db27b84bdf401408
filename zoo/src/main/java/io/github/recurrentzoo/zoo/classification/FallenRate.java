package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.network.Updaters;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.MapSchedule;

/**
 * The learning rate of a network whose schedule has come to its end, near 0: who trains it further
 * wants it to learn something, but not to forget.
 */
final class FallenRate {
  /** Of the highest rate of the schedule. */
  private static final double SHARE = 0.1;

  private FallenRate() {}

  /**
   * Gives each Adam of a network that follows {@link TextDefaults}' schedule a constant rate, a
   * tenth of the schedule's highest one. Other updaters stay as they are.
   *
   * @return the options of the network's entry, with what is other now
   */
  static Map<String, Object> lift(ComputationGraph network, Map<String, Object> architecture) {
    Map<String, Object> description = new LinkedHashMap<>(architecture);
    for (Layer layer : network.getLayers()) {
      for (String name : layer.paramTable().keySet()) {
        IUpdater updater = layer.getConfig().getUpdaterByParam(name);
        if (updater instanceof Adam adam
            && adam.getLearningRateSchedule() instanceof MapSchedule schedule) {
          adam.setLrAndSchedule(SHARE * Collections.max(schedule.getValues().values()), null);
          description.put("updater", adam.toString());
          description.put(Updaters.OPTIMIZER, Updaters.describeAsMap(adam));
        }
      }
    }
    return description;
  }
}
