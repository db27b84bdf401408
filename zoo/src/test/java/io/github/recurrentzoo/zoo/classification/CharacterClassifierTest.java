package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reads characters does all that what reads words does. */
class CharacterClassifierTest {
  private static final TrainingOptions SHORT =
      TrainingOptions.builder().epochs(2).batchSize(8).build();

  @TempDir Path folder;

  /** Letters or digits tell the label, and no word comes twice. */
  private static List<LabeledText> rows() {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(new LabeledText("x" + Integer.toString(10_000 + 37 * i), "code"));
      rows.add(
          new LabeledText(
              "x" + Integer.toString(99_999 + 377 * i, 36).replaceAll("\\d", "q"), "name"));
    }
    return rows;
  }

  @Test
  void readsCharactersOfAllKinds() {
    assertEquals(
        List.of("a", "\uD83D\uDE00", " ", "B"), TextUnit.CHARACTERS.cut("a\uD83D\uDE00 B"));
    String text = "a\uD83D\uDE00 B";
    assertEquals(
        List.of("a", "\uD83D\uDE00", " ", "B"),
        TextUnit.CHARACTERS.spans(text).stream()
            .map(span -> text.substring(span.start(), span.end()))
            .toList());
    assertEquals(List.of("b", "c"), TextUnit.WORDS.cut("B, c!"));
  }

  @Test
  void trainsSavesExplainsAndIsFineTuned() {
    TextClassifier classifier =
        TextClassifier.train(
            rows(),
            TextClassification.builder()
                .unit(TextUnit.CHARACTERS)
                .hiddenSize(8)
                .embeddingSize(8)
                .maxLength(5)
                .build(),
            SHORT);
    assertEquals(TextUnit.CHARACTERS, classifier.unit());
    assertTrue(classifier.vocabulary().words().containsAll(List.of("x", "1", "q")));
    Prediction prediction = classifier.predict("x12\u00DF5q!");
    assertEquals(5, prediction.words());
    assertEquals(1, prediction.unknownWords());
    assertEquals(2, prediction.unreadWords());
    Explanation explanation = classifier.explain("x12\u00DF5q!");
    assertEquals(
        "x12\u00DF5",
        explanation.words().stream()
            .map(word -> explanation.text().substring(word.start(), word.end()))
            .collect(Collectors.joining()));
    assertEquals(0, classifier.predict("").words());
    ClassificationReport report = classifier.evaluate(rows());
    assertEquals(1, report.baseline().orElseThrow().accuracy());
    assertTrue(
        report.toString().contains("naive Bayes on sequences of one to three characters"),
        report.toString());
    assertTrue(classifier.count(rows()).toString().contains("characters unknown"));

    Path file = folder.resolve("model.zip");
    classifier.save(file);
    TextClassifier loaded = TextClassifier.load(file);
    assertEquals(TextUnit.CHARACTERS, loaded.unit());
    assertEquals(prediction, loaded.predict("x12\u00DF5q!"));
    assertTrue(loaded.evaluate(rows()).baseline().isEmpty());
    TextClassifier tuned =
        loaded.fineTune(
            List.of(
                new LabeledText("\u00DF1", "code"),
                new LabeledText("\u00DF2", "code"),
                new LabeledText("\u00E4a", "new"),
                new LabeledText("\u00E4b", "new")),
            FineTuneOptions.builder().training(SHORT).build());
    assertEquals(0, tuned.predict("x\u00DF\u00E4").unknownWords());
    assertEquals(TextUnit.CHARACTERS, tuned.unit());
  }

  @Test
  void charactersHaveNoWordVectors() {
    TextClassification.Builder builder =
        TextClassification.builder()
            .unit(TextUnit.CHARACTERS)
            .embeddings(EmbeddingSource.english());
    assertThrows(IllegalArgumentException.class, builder::build);
  }
}
