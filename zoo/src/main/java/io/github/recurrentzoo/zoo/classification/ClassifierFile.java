package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.text.BlendedEvidence;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.text.NaiveBayesEvidence;
import io.github.recurrentzoo.zoo.text.RegressionEvidence;
import io.github.recurrentzoo.zoo.text.TextEvidence;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.text.WordMean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a model file of a {@link TextClassifier} holds besides the network. */
final class ClassifierFile {
  private static final String VOCABULARY = "vocabulary";
  private static final String LABELS = "labels";
  private static final String MAX_LENGTH = "maxLength";
  private static final String EVIDENCE = "evidence";
  private static final String CALIBRATION = "calibration";

  private ClassifierFile() {}

  static Map<String, Object> entries(
      TextEncoder encoder, List<String> labels, Calibration calibration) {
    Map<String, Object> entries = new HashMap<>();
    entries.put(VOCABULARY, encoder.vocabulary().words());
    entries.put(LABELS, labels);
    if (!calibration.equals(Calibration.NONE)) {
      entries.put(CALIBRATION, calibration.toMap());
    }
    if (encoder.evidence() != null) {
      entries.put(EVIDENCE, encoder.evidence().entry());
    }
    return entries;
  }

  static TextClassifier read(ModelEntries entries, ModelInfo info) {
    List<String> words = entries.distinct(VOCABULARY);
    List<String> labels = entries.distinct(LABELS);
    entries.checkInteger(info, MAX_LENGTH, 1, Integer.MAX_VALUE);
    entries.checkSize(VOCABULARY, words.size() + 2, entries.inputSize("embedding"));
    int outputs = entries.outputSize(TextClassification.OUTPUT);
    entries.checkSize(LABELS, labels.size(), outputs == 1 ? 2 : outputs);
    return new TextClassifier(
        entries.network(),
        new TextEncoder(
            entries.unit(info, TextUnit.WORDS),
            Vocabulary.ofWords(words),
            info.integer(MAX_LENGTH),
            evidence(entries, info, Vocabulary.ofWords(words), labels.size())),
        labels,
        calibration(entries),
        null,
        info);
  }

  private static Calibration calibration(ModelEntries entries) {
    if (!entries.has(CALIBRATION)) { // of a model that was saved before, or with few rows
      return Calibration.NONE;
    }
    Calibration read = entries.read(CALIBRATION, Calibration.class);
    if (!(read.temperature() >= 0.1 && read.temperature() <= 10)) {
      throw entries.damaged(CALIBRATION, "has the temperature " + read.temperature());
    }
    return read;
  }

  private static TextEvidence evidence(
      ModelEntries entries, ModelInfo info, Vocabulary words, int labels) {
    TextUnit unit = entries.unit(info, TextUnit.WORDS);
    Supplier<WordMean> means = () -> TextVectors.means(entries.network(), words);
    try {
      TextEvidence evidence =
          switch (evidenceOf(info)) {
            case NONE -> null;
            case NAIVE_BAYES ->
                NaiveBayesEvidence.of(entries.read(EVIDENCE, NaiveBayesEvidence.Entry.class), unit);
            case REGRESSION ->
                RegressionEvidence.of(
                    entries.read(EVIDENCE, RegressionEvidence.Entry.class), unit, means);
            case BOTH ->
                BlendedEvidence.of(
                    entries.read(EVIDENCE, BlendedEvidence.Entry.class), unit, means);
          };
      if (evidence != null && evidence.classes() != labels) {
        throw entries.damaged(
            EVIDENCE, "is of %d classes, not of %d labels".formatted(evidence.classes(), labels));
      }
      return evidence;
    } catch (IllegalArgumentException e) {
      throw entries.damaged(EVIDENCE, "does not fit together: " + e.getMessage());
    }
  }

  /** The first version had an option naiveBayes. */
  static Evidence evidenceOf(ModelInfo info) {
    if (Boolean.TRUE.equals(info.option("naiveBayes"))) {
      return Evidence.NAIVE_BAYES;
    }
    Object name = info.option(EVIDENCE);
    return Stream.of(Evidence.values())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElse(Evidence.NONE);
  }
}
