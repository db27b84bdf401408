package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/**
 * The parts of a {@link TextClassifier} that its file holds beside the network.
 *
 * @param words the vocabulary's words in the order of their ids, without the reserved ones
 * @param labels the labels in the order of the output units
 * @param options how the network was made and trained
 * @param provenance where it comes from
 */
record TextClassifierFile(
    List<String> words, List<String> labels, Options options, Provenance provenance) {
  private static final String TASK = "text-classification";

  /**
   * The entry {@code options.json}.
   *
   * @param architecture the options of {@link TextClassification} by name
   * @param training the options of the training
   */
  record Options(Map<String, Object> architecture, TrainingOptions training) {
    static final String MAX_LENGTH = "maxLength";
  }

  void write(Path file, ComputationGraph network) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("vocabulary", words);
    entries.put("labels", labels);
    entries.put("options", options);
    entries.put("provenance", provenance);
    ModelFile.write(file, network, TASK, entries);
  }

  static ModelFile open(Path file) {
    return ModelFile.read(file, TASK);
  }

  /** Reads the entries and checks that each is whole and that they belong to the network. */
  static TextClassifierFile read(Path file, ModelFile model) {
    TextClassifierFile entries =
        new TextClassifierFile(
            distinct(file, "vocabulary", model.entry("vocabulary", String[].class)),
            distinct(file, "labels", model.entry("labels", String[].class)),
            model.entry("options", Options.class),
            model.entry("provenance", Provenance.class));
    if (entries.options.architecture() == null
        || !(entries.options.architecture().get(Options.MAX_LENGTH) instanceof Integer length)
        || length < 1) {
      throw damaged(file, "options", "has no whole number architecture.maxLength above 0");
    }
    check(file, "vocabulary", entries.words.size() + 2, size(file, model, "embedding", true));
    int outputs = size(file, model, TextClassification.OUTPUT, false);
    check(file, "labels", entries.labels.size(), outputs == 1 ? 2 : outputs);
    return entries;
  }

  private static List<String> distinct(Path file, String entry, String[] values) {
    Set<String> seen = new HashSet<>();
    for (String value : values) {
      if (value == null) {
        throw damaged(file, entry, "holds null");
      }
      if (!seen.add(value)) {
        throw damaged(file, entry, "holds \"" + value + "\" twice");
      }
    }
    return List.of(values);
  }

  int maxLength() {
    return (Integer) options.architecture().get(Options.MAX_LENGTH);
  }

  private static int size(Path file, ModelFile model, String name, boolean input) {
    GraphVertex vertex = model.network().getVertex(name);
    if (vertex == null
        || !vertex.hasLayer()
        || !(vertex.getLayer().conf().getLayer() instanceof FeedForwardLayer layer)) {
      throw new ModelFileException(
          "The network of the model file %s has no layer \"%s\", so it is no text classifier's. Give a file that TextClassifier saved."
              .formatted(file, name));
    }
    return Math.toIntExact(input ? layer.getNIn() : layer.getNOut());
  }

  private static ModelFileException damaged(Path file, String entry, String what) {
    return new ModelFileException(
        "The entry %s.json of the model file %s %s. Copy the file again from where it came, or train and save the model again."
            .formatted(entry, file, what));
  }

  private static void check(Path file, String entry, int found, int expected) {
    if (found != expected) {
      throw new ModelFileException(
          "The entry %s.json of the model file %s has %d elements, but its network was made for %d. They do not belong together: save the model again."
              .formatted(entry, file, found, expected));
    }
  }
}
