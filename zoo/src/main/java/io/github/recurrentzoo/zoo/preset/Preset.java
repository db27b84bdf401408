package io.github.recurrentzoo.zoo.preset;

import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.model.Task;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pretrained model, as the list {@code presets.json} beside the weights describes it.
 *
 * @param name what it is asked for by, such as {@code wordnet-lstm}
 * @param task what it does
 * @param about what it answers, in one line
 * @param data what it learned from
 * @param licence of that data
 * @param recipe trains it again: the name of a recipe for its task, taken for the recurrence of its
 *     architecture
 * @param seed of the training, by which the held-out part is drawn as well
 * @param heldOut what was measured on: how much of the data it has never seen
 * @param metric the measure on the held-out part, with the weights of this file
 * @param higherIsBetter whether a larger metric is a better one
 * @param tolerance by how much the metric of another training may be worse, on another machine or
 *     with another number of threads; on the same ones it is the same
 * @param furtherMetrics other measures on the same part
 * @param architecture the options of its network by name
 * @param parameters the number of weights
 * @param trainingSeconds how long the training took on 2 cores
 * @param file the resource with the weights, beside the list
 * @param bytes its size
 * @param sha256 its SHA-256 in hexadecimal; a file with another one is refused
 */
public record Preset(
    String name,
    Task task,
    String about,
    String data,
    String licence,
    String recipe,
    long seed,
    String heldOut,
    Metric metric,
    boolean higherIsBetter,
    double tolerance,
    List<Metric> furtherMetrics,
    Map<String, Object> architecture,
    long parameters,
    int trainingSeconds,
    String file,
    long bytes,
    String sha256) {

  /** Keeps copies of lists and options. */
  public Preset {
    furtherMetrics = furtherMetrics == null ? null : List.copyOf(furtherMetrics);
    architecture =
        architecture == null
            ? null
            : Collections.unmodifiableMap(new LinkedHashMap<>(architecture)); // in their order
  }
}
