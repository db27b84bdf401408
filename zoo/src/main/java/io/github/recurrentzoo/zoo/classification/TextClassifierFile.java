package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final String TASK = TextClassification.TASK.id();

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
    ModelEntries entries = new ModelEntries(file, model, "TextClassifier");
    TextClassifierFile read =
        new TextClassifierFile(
            entries.distinct("vocabulary"),
            entries.distinct("labels"),
            entries.read("options", Options.class),
            entries.provenance());
    if (read.options.architecture() == null
        || !(read.options.architecture().get(Options.MAX_LENGTH) instanceof Integer length)
        || length < 1) {
      throw entries.damaged("options", "has no whole number architecture.maxLength above 0");
    }
    entries.training(read.options.training());
    entries.checkSize("vocabulary", read.words.size() + 2, entries.inputSize("embedding"));
    int outputs = entries.outputSize(TextClassification.OUTPUT);
    entries.checkSize("labels", read.labels.size(), outputs == 1 ? 2 : outputs);
    return read;
  }

  int maxLength() {
    return (Integer) options.architecture().get(Options.MAX_LENGTH);
  }
}
