package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The parts of a {@link TextGenerator} that its file holds beside the network.
 *
 * @param vocabulary the characters by id
 * @param options how the network was made and trained
 * @param provenance where it comes from
 */
record TextGeneratorFile(CharacterVocabulary vocabulary, Options options, Provenance provenance) {
  private static final String TASK = TextGeneration.TASK.id();
  private static final String VOCABULARY = "vocabulary";

  /**
   * The entry {@code options.json}.
   *
   * @param architecture the options of {@link TextGeneration} by name
   * @param training the options of the training
   */
  record Options(Map<String, Object> architecture, TrainingOptions training) {
    private static final String SEGMENT_LENGTH = "segmentLength";
    private static final String RESTART_EVERY = "restartEvery";

    int segmentLength() {
      return (Integer) architecture.get(SEGMENT_LENGTH);
    }

    int restartEvery() {
      return (Integer) architecture.get(RESTART_EVERY);
    }

    private void check(ModelEntries entries) {
      check(entries, SEGMENT_LENGTH, 1);
      check(entries, RESTART_EVERY, 0);
    }

    private void check(ModelEntries entries, String name, int least) {
      if (architecture == null
          || !(architecture.get(name) instanceof Integer number)
          || number < least) {
        throw entries.damaged(
            "options", "has no whole number architecture.%s of %d or more".formatted(name, least));
      }
    }
  }

  void write(Path file, ComputationGraph network) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put(VOCABULARY, vocabulary.characters());
    entries.put("options", options);
    entries.put("provenance", provenance);
    ModelFile.write(file, network, TASK, entries);
  }

  static ModelFile open(Path file) {
    return ModelFile.read(file, TASK);
  }

  /** Reads the entries and checks that each is whole and that they belong to the network. */
  static TextGeneratorFile read(Path file, ModelFile model) {
    ModelEntries entries = new ModelEntries(file, model, "TextGenerator");
    CharacterVocabulary vocabulary;
    try {
      vocabulary = CharacterVocabulary.ofCharacters(entries.distinct(VOCABULARY));
    } catch (IllegalArgumentException e) {
      throw entries.damaged(
          VOCABULARY, "is empty, or holds more or less than one character in an element");
    }
    TextGeneratorFile read =
        new TextGeneratorFile(
            vocabulary, entries.read("options", Options.class), entries.provenance());
    read.options.check(entries);
    entries.training(read.options.training());
    int size = entries.inputSize(TextGeneration.EMBEDDING) - 1;
    entries.checkSize(VOCABULARY, vocabulary.size() - 1, size);
    entries.checkSize(
        VOCABULARY, vocabulary.size() - 1, entries.outputSize(TextGeneration.NEXT) - 1);
    return read;
  }
}
