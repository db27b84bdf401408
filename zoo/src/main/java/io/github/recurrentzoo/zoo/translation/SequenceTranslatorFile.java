package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The parts of a {@link SequenceTranslator} that its file holds beside the network.
 *
 * @param sourceSymbols in the order of their ids, without the reserved ones
 * @param targetSymbols in the order of their ids, without the reserved ones
 * @param options how the network was made and trained
 * @param provenance where it comes from
 */
record SequenceTranslatorFile(
    List<String> sourceSymbols,
    List<String> targetSymbols,
    Options options,
    Provenance provenance) {
  private static final String TASK = SequenceToSequence.TASK.id();
  private static final String SOURCE_SYMBOLS = "source-symbols";
  private static final String TARGET_SYMBOLS = "target-symbols";

  /**
   * The entry {@code options.json}.
   *
   * @param architecture the options of {@link SequenceToSequence} by name
   * @param training the options of the training
   */
  record Options(Map<String, Object> architecture, TrainingOptions training) {}

  void write(Path file, ComputationGraph network) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put(SOURCE_SYMBOLS, sourceSymbols);
    entries.put(TARGET_SYMBOLS, targetSymbols);
    entries.put("options", options);
    entries.put("provenance", provenance);
    ModelFile.write(file, network, TASK, entries);
  }

  static ModelFile open(Path file) {
    return ModelFile.read(file, TASK);
  }

  /** Reads the entries and checks that each is whole and that they belong to the network. */
  static SequenceTranslatorFile read(Path file, ModelFile model) {
    ModelEntries entries = new ModelEntries(file, model, "SequenceTranslator");
    SequenceTranslatorFile read =
        new SequenceTranslatorFile(
            entries.distinct(SOURCE_SYMBOLS),
            entries.distinct(TARGET_SYMBOLS),
            entries.read("options", Options.class),
            entries.provenance());
    read.checkOptions(entries);
    entries.training(read.options.training());
    read.checkSymbols(entries, SOURCE_SYMBOLS, read.sourceSymbols, "sourceUnit");
    read.checkSymbols(entries, TARGET_SYMBOLS, read.targetSymbols, "targetUnit");
    entries.checkSize(
        SOURCE_SYMBOLS,
        read.sourceSymbols.size() + SymbolVocabulary.RESERVED,
        entries.inputSize(SequenceToSequence.SOURCE_EMBEDDING));
    entries.checkSize(
        TARGET_SYMBOLS,
        read.targetSymbols.size() + SymbolVocabulary.RESERVED,
        entries.inputSize(SequenceToSequence.TARGET_EMBEDDING));
    entries.checkSize(
        TARGET_SYMBOLS,
        read.targetSymbols.size() + SymbolVocabulary.RESERVED,
        entries.outputSize(SequenceToSequence.SYMBOLS));
    return read;
  }

  private void checkOptions(ModelEntries entries) {
    for (String name : List.of("maxInputLength", "maxOutputLength")) {
      if (!(option(name) instanceof Integer length)
          || length < 1
          || length > SequenceToSequence.LONGEST) {
        throw entries.damaged(
            "options",
            "has no whole number architecture."
                + name
                + " from 1 to "
                + SequenceToSequence.LONGEST);
      }
    }
    for (String name : List.of("sourceUnit", "targetUnit")) {
      if (Arrays.stream(SymbolUnit.values()).noneMatch(unit -> unit.name().equals(option(name)))) {
        throw entries.damaged("options", "has no architecture." + name + " that is known");
      }
    }
  }

  private void checkSymbols(ModelEntries entries, String entry, List<String> symbols, String unit) {
    try {
      SymbolVocabulary.ofSymbols(symbols, SymbolUnit.valueOf((String) option(unit)));
    } catch (IllegalArgumentException e) {
      throw entries.damaged(entry, "holds what is no symbol of its unit");
    }
  }

  private Object option(String name) {
    return options.architecture() == null ? null : options.architecture().get(name);
  }

  PairEncoder encoder() {
    return new PairEncoder(
        SymbolVocabulary.ofSymbols(
            sourceSymbols, SymbolUnit.valueOf((String) option("sourceUnit"))),
        SymbolVocabulary.ofSymbols(
            targetSymbols, SymbolUnit.valueOf((String) option("targetUnit"))),
        (Integer) option("maxInputLength"),
        (Integer) option("maxOutputLength"));
  }
}
