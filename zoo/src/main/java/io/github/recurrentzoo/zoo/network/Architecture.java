package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.PresetLibrary;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.text.TextUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.IntConsumer;

/**
 * The options of an entry by name, as a preset or a recipe tells of them. Each read is for one
 * option: a preset must have it, a recipe may leave it out.
 */
public final class Architecture {
  private static final String OUTPUT_ACTIVATION = "outputActivation";

  /** The options that tell which weights a network has and what it does with them. */
  private static final List<String> OF_NETWORK =
      List.of(
          "recurrence",
          "hiddenSize",
          "layers",
          "bidirectional",
          "activation",
          OUTPUT_ACTIVATION,
          "vocabularySize",
          "sourceVocabularySize",
          "targetVocabularySize",
          "embeddingSize",
          "attention",
          "classes",
          "pooling",
          "evidence",
          "naiveBayes",
          "inputSize",
          "horizon",
          "targets",
          "futureSize",
          "quantiles",
          "series",
          "seriesEmbeddingSize",
          "labels",
          "affixes",
          "affixSize",
          "affixBuckets",
          "vectorSize",
          "crf",
          "channels",
          "missing",
          "filters",
          "filterWidth",
          "stride",
          "placeSize",
          "codeSize");

  /** Options that presets of earlier versions do not have, and what they are. */
  private static final Map<String, String> BEFORE =
      Map.ofEntries(
          Map.entry("futureSize", "0"),
          Map.entry("series", "0"),
          Map.entry("seriesEmbeddingSize", "8"),
          Map.entry("unit", TextUnit.WORDS.name()),
          Map.entry("pooling", Pooling.FINAL.name()),
          Map.entry("evidence", "NONE"),
          Map.entry("naiveBayes", "false"),
          Map.entry("minCount", "1"),
          Map.entry("labelSmoothing", "0.0"),
          Map.entry("crf", "false"),
          Map.entry("attention", "false"));

  private final Map<String, Object> options;
  private final boolean complete;
  private final Set<String> read = new HashSet<>();

  private Architecture(Map<String, Object> options, boolean complete) {
    this.options = options;
    this.complete = complete;
  }

  static Architecture of(Preset preset) {
    return new Architecture(complete(preset.architecture()), true);
  }

  static Architecture of(Recipe recipe) {
    return new Architecture(recipe.network(), false);
  }

  /** With what went without saying in the first version: RRNN had one activation of the output. */
  private static Map<String, Object> complete(Map<String, Object> options) {
    boolean rrnn = String.valueOf(options.get("recurrence")).startsWith("RRNN");
    if (!rrnn || options.containsKey(OUTPUT_ACTIVATION)) {
      return options;
    }
    Map<String, Object> all = new LinkedHashMap<>(options);
    all.put(OUTPUT_ACTIVATION, "SIGMOID");
    return all;
  }

  /** Sets an option that is a text, or the name of a constant. */
  public void text(String name, Consumer<String> option) {
    read.add(name);
    Object value = options.getOrDefault(name, complete ? BEFORE.get(name) : null);
    if (value != null) {
      option.accept(value.toString());
    } else if (complete) {
      throw new IllegalStateException(
          "The preset's architecture has no %s; it has %s. Get the artifact %s of the same version."
              .formatted(name, options.keySet(), PresetLibrary.ARTIFACT));
    }
  }

  /** As {@link #text}, for an option that not all networks have, or did not in earlier versions. */
  public void further(String name, Consumer<String> option) {
    read.add(name);
    Object value = options.get(name);
    if (value != null) {
      option.accept(value.toString());
    }
  }

  /** Sets an option that is an integer. */
  public void integer(String name, IntConsumer option) {
    text(name, value -> option.accept(Integer.parseInt(value)));
  }

  /** Sets an option that is a real number. */
  public void number(String name, DoubleConsumer option) {
    text(name, value -> option.accept(Double.parseDouble(value)));
  }

  /** Refuses options that nothing read. */
  void refuseUnread(String recipe) {
    Set<String> unread = new TreeSet<>(options.keySet());
    unread.removeAll(read);
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException(
          "The recipe %s has options that this network does not have: %s; expected some of %s"
              .formatted(recipe, unread, new TreeSet<>(read)));
    }
  }

  /** Of all options those that make the network; two networks with the same can share weights. */
  static Map<String, String> ofNetwork(Map<String, Object> options) {
    Map<String, String> own = new TreeMap<>();
    complete(options)
        .forEach(
            (name, value) -> {
              if (OF_NETWORK.contains(name) && !String.valueOf(value).equals(BEFORE.get(name))) {
                own.put(name, String.valueOf(value));
              }
            });
    return own;
  }
}
