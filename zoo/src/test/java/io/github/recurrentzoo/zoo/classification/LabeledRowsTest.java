package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.report.CrossValidation;
import io.github.recurrentzoo.zoo.report.TrainingHistory;
import io.github.recurrentzoo.zoo.report.TrainingReport;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows to learn from with validation rows of one's own, with none, and dealt into folds. */
class LabeledRowsTest {
  private static final TextClassification NETWORK =
      TextClassification.builder().embeddingSize(4).hiddenSize(4).build();

  @TempDir Path folder;

  private static List<LabeledText> rows(String word, int count) {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new LabeledText(word + " sun", "day"));
      rows.add(new LabeledText(word + " moon", "night"));
    }
    return rows;
  }

  private static TrainingOptions training(int epochs) {
    return TrainingOptions.builder().epochs(epochs).patience(1).build();
  }

  @Test
  void validationRowsOfOnesOwnAreNotLearnedFrom() {
    LabeledRows rows = LabeledRows.of(rows("one", 10)).validatedBy(rows("other", 5));
    TextClassifier classifier =
        TextClassifier.train(rows, NETWORK, training(2), TrainingRun.SILENT);
    assertTrue(classifier.vocabulary().words().contains("one"));
    assertFalse(classifier.vocabulary().words().contains("other"));
    assertEquals(30, classifier.provenance().rows());
  }

  @Test
  void withoutValidationAllEpochsAreTrainedOnAllRows() {
    List<LabeledText> all = new ArrayList<>(rows("one", 10));
    all.add(new LabeledText("rare sun", "day"));
    TrainingHistory history = new TrainingHistory();
    TextClassifier classifier =
        TextClassifier.train(
            LabeledRows.of(all).withoutValidation(), NETWORK, training(7), TrainingRun.of(history));
    assertTrue(history.epochs().stream().allMatch(e -> Double.isNaN(e.validationLoss())));
    assertTrue(history.epochs().stream().allMatch(e -> e.loss() == e.trainingLoss()));
    assertFalse(
        TrainingReport.builder(history, new ClassificationPart(classifier.evaluate(all), List.of()))
            .build()
            .html()
            .contains("validation loss"));
    assertEquals(7, classifier.provenance().epochs());
    assertEquals(7, classifier.provenance().bestEpoch());
    assertTrue(classifier.vocabulary().words().contains("rare"), "no row is kept out");
    assertTrue(Double.isFinite(classifier.provenance().validationLoss()));
    TextClassifier tuned =
        classifier.fineTune(
            LabeledRows.of(all).withoutValidation(),
            FineTuneOptions.builder().training(training(9)).build().withEpochs(3),
            TrainingRun.SILENT);
    assertEquals(3, tuned.provenance().bestEpoch());
  }

  @Test
  void aValidationLabelThatNoRowHasIsRefused() {
    LabeledRows rows =
        LabeledRows.of(rows("one", 5)).validatedBy(List.of(new LabeledText("red", "dusk")));
    String message =
        assertThrows(
                DataException.class,
                () -> TextClassifier.train(rows, NETWORK, training(1), TrainingRun.SILENT))
            .getMessage();
    assertTrue(message.contains("\"dusk\""), message);
  }

  @Test
  void aModelRemembersTheNamesOfItsColumns() {
    TrainingRun run =
        TrainingRun.builder().columns(Map.of("text", "review", "label", "stars")).build();
    TextClassifier classifier = TextClassifier.train(rows("one", 5), NETWORK, training(1), run);
    Path file = folder.resolve("model.zip");
    classifier.save(file);
    assertEquals(
        Map.of("text", "review", "label", "stars"),
        TextClassifier.load(file).provenance().columns());
    assertEquals(
        Map.of(),
        TextClassifier.train(rows("one", 5), NETWORK, training(1)).provenance().columns());
  }

  @Test
  void eachRowIsTestedOnceAndEachFoldHasEachLabel() {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      rows.add(new LabeledText("row " + i, i % 4 == 0 ? "rare" : "often"));
    }
    List<LabeledText> tested = new ArrayList<>();
    for (StratifiedSplit fold : StratifiedSplit.folds(rows, 3, 1)) {
      assertEquals(23, fold.training().size() + fold.test().size());
      assertEquals(2, fold.test().stream().filter(row -> row.label().equals("rare")).count());
      assertTrue(fold.test().size() >= 7 && fold.test().size() <= 8);
      assertTrue(fold.training().stream().noneMatch(fold.test()::contains));
      tested.addAll(fold.test());
    }
    assertEquals(23, tested.stream().distinct().count());
    assertThrows(
        DataException.class,
        () -> StratifiedSplit.folds(List.of(rows.get(0), rows.get(1), rows.get(2)), 2, 1),
        "a label of a single row");
    assertThrows(IllegalArgumentException.class, () -> StratifiedSplit.folds(rows, 1, 1));
  }

  @Test
  void crossValidationMeasuresEachRowOnce() {
    CrossValidation result =
        TextClassifier.crossValidate(
            LabeledRows.of(rows("one", 10)), 4, NETWORK, training(1), TrainingRun.SILENT);
    assertEquals(4, result.folds().size());
    assertEquals(20, result.rows());
    assertEquals(
        result.right(), Math.round(result.mean("accuracy") * 20), "folds of the same size");
  }
}
