package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;

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

  /** Reads the entries and checks that they belong to the network. */
  static TextClassifierFile read(Path file, ModelFile model) {
    TextClassifierFile entries =
        new TextClassifierFile(
            List.of(model.entry("vocabulary", String[].class)),
            List.of(model.entry("labels", String[].class)),
            model.entry("options", Options.class),
            model.entry("provenance", Provenance.class));
    check(file, "vocabulary", entries.words.size() + 2, size(model, "embedding", true));
    int outputs = size(model, TextClassification.OUTPUT, false);
    check(file, "labels", entries.labels.size(), outputs == 1 ? 2 : outputs);
    return entries;
  }

  int maxLength() {
    return (Integer) options.architecture().get(Options.MAX_LENGTH);
  }

  private static int size(ModelFile model, String layer, boolean input) {
    FeedForwardLayer conf = (FeedForwardLayer) model.network().getLayer(layer).conf().getLayer();
    return (int) (input ? conf.getNIn() : conf.getNOut());
  }

  private static void check(Path file, String entry, int found, int expected) {
    if (found != expected) {
      throw new ModelFileException(
          "The entry %s.json of the model file %s has %d elements, but its network was made for %d. They do not belong together: save the model again."
              .formatted(entry, file, found, expected));
    }
  }
}
