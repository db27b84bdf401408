package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.zoo.preset.PresetLibrary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of an entry by name, as a preset tells of them.
 *
 * @param options as JSON gives them
 */
public record Architecture(Map<String, Object> options) {
  /** The options that tell which weights a network has and what it does with them. */
  private static final List<String> OF_NETWORK =
      List.of(
          "recurrence",
          "stateCarry",
          "hiddenSize",
          "layers",
          "bidirectional",
          "activation",
          "vocabularySize",
          "sourceVocabularySize",
          "targetVocabularySize",
          "embeddingSize",
          "classes",
          "inputSize",
          "horizon",
          "targets");

  public String text(String name) {
    Object value = options.get(name);
    if (value == null) {
      throw new IllegalStateException(
          "The preset's architecture has no %s; it has %s. Get the artifact %s of the same version."
              .formatted(name, options.keySet(), PresetLibrary.ARTIFACT));
    }
    return value.toString();
  }

  public int integer(String name) {
    return Integer.parseInt(text(name));
  }

  double number(String name) {
    return Double.parseDouble(text(name));
  }

  /** Of all options those that make the network; two networks with the same can share weights. */
  static Map<String, String> ofNetwork(Map<String, Object> options) {
    Map<String, String> own = new TreeMap<>();
    options.forEach(
        (name, value) -> {
          if (OF_NETWORK.contains(name)) {
            own.put(name, String.valueOf(value));
          }
        });
    return own;
  }
}
