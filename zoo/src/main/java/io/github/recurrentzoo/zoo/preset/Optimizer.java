package io.github.recurrentzoo.zoo.preset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How gradients become steps, as data: what recipes and model files hold in place of an object of
 * ND4J. {@code NetworkOptions.optimizer} makes an updater of it.
 *
 * @param name the simple name of one of ND4J's updaters, such as {@code Adam}; of another updater,
 *     in a model file, the whole name of its class
 * @param learningRate in the first epoch; null for an updater that has none, such as {@code
 *     AdaDelta}
 * @param learningRateDecay what the learning rate is multiplied by after each epoch; 1 leaves it
 * @param settings further parameters by ND4J's names, such as {@code beta1}; those left out have
 *     ND4J's defaults. A schedule that no decay by epoch can express is the map {@code
 *     learningRateSchedule}: ND4J's name of it, and its parameters
 */
public record Optimizer(
    String name, Double learningRate, double learningRateDecay, Map<String, Object> settings) {

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if the name is missing, or the decay not in (0, 1]
   */
  public Optimizer {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("An optimizer needs a name, such as Adam");
    }
    if (!(learningRateDecay > 0 && learningRateDecay <= 1)) {
      throw new IllegalArgumentException(
          "learningRateDecay must be in (0, 1], but is " + learningRateDecay);
    }
    settings =
        settings == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(settings)); // in their order
  }

  /** Adam with ND4J's defaults for all but the learning rate. */
  public static Optimizer adam(double learningRate, double learningRateDecay) {
    return new Optimizer("Adam", learningRate, learningRateDecay, Map.of());
  }
}
