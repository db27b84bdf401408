package io.github.recurrentzoo.zoo.pipeline;

import io.github.recurrentzoo.zoo.model.FormerNames;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the network of a pipeline was made and trained.
 *
 * @param architecture the options of its entry in the zoo by name, such as {@code hiddenSize}
 * @param training the options of the training; null for a network that was trained outside of the
 *     zoo ({@link Provenance#trainedOutside})
 * @param provenance which rows it was trained on, by which versions, and what came out
 */
public record ModelInfo(
    Map<String, Object> architecture, TrainingOptions training, Provenance provenance) {

  /** Keeps a copy of the options, with numbers as they come from a file. */
  public ModelInfo {
    architecture = Collections.unmodifiableMap(asRead(architecture)); // in their order
  }

  /** So that a model that was just trained equals itself after it was saved and loaded. */
  private static Map<String, Object> asRead(Map<?, ?> options) {
    Map<String, Object> read = new LinkedHashMap<>();
    options.forEach((name, value) -> read.put((String) name, asRead(value)));
    return read;
  }

  private static Object asRead(Object value) {
    if (value instanceof Map<?, ?> map) {
      return asRead(map);
    }
    if (value instanceof Long number && number.intValue() == number) {
      return number.intValue();
    }
    return value instanceof Float number ? (Object) number.doubleValue() : value;
  }

  /** The value of an option of the architecture; null if there is none of that name. */
  public Object option(String name) {
    return architecture.get(name);
  }

  /** A whole number of the architecture, which was checked when the model was made. */
  public int integer(String name) {
    return (Integer) architecture.get(name);
  }

  /** The entry {@code options.json} of a model file. */
  record Options(Map<String, Object> architecture, TrainingOptions training) {
    Options {
      architecture = architecture == null ? null : FormerNames.toToday(architecture);
    }
  }
}
