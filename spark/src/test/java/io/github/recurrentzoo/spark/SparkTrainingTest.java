package io.github.recurrentzoo.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.training.CheckpointException;
import io.github.recurrentzoo.zoo.training.Checkpoints;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TrainingStoppedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

class SparkTrainingTest {
  private static final SparkTraining SPARK =
      SparkTraining.builder().workers(2).stepsPerRound(4).build();

  private static TextClassification.Builder network() {
    return TextClassification.builder()
        .hiddenSize(16)
        .embeddingSize(8)
        .seed(Texts.seed())
        .updater(new Adam(0.01));
  }

  private static TrainingOptions.Builder options() {
    return TrainingOptions.builder().epochs(4).batchSize(16).seed(Texts.seed());
  }

  private static TextClassifier train(Dataset<Row> rows, TrainingRun run) {
    return SPARK.textClassifier(rows, "text", "label", network().build(), options().build(), run);
  }

  private static TextClassifier train(Dataset<Row> rows) {
    return train(rows, TrainingRun.SILENT);
  }

  private static INDArray weights(TextClassifier classifier) {
    return classifier.network().params();
  }

  @Test
  @Tag("learning")
  void itLearns(@TempDir Path folder) {
    List<LabeledText> rows = Texts.draw(1_200, 1);
    TextClassifier classifier =
        SPARK.textClassifier(
            Texts.dataset(rows, 5),
            "text",
            "label",
            network().build(),
            options().epochs(8).patience(8).build(),
            TrainingRun.SILENT);
    double accuracy = classifier.evaluate(Texts.draw(500, 2)).accuracy();
    assertTrue(accuracy > 0.95, () -> "accuracy " + accuracy + "; 1 is usual, and 0.33 is chance");
    assertEquals(List.of("bird", "fish", "tool"), classifier.labels());
    assertEquals(1_200, classifier.provenance().rows());
    TreeSet<String> words = new TreeSet<>();
    rows.forEach(row -> words.addAll(List.of(row.text().split(" "))));
    assertEquals(words, new TreeSet<>(classifier.vocabulary().words()));
    classifier.save(folder.resolve("model.zip"));
    String text = rows.get(0).text();
    assertEquals(
        classifier.predict(text), TextClassifier.load(folder.resolve("model.zip")).predict(text));
  }

  @Test
  void theOrderOfTheRowsAndTheirPartitionsDoNotMatter() {
    List<LabeledText> rows = Texts.draw(300, 3);
    List<LabeledText> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(5));
    TextClassifier once = train(Texts.dataset(rows, 1));
    TextClassifier again = train(Texts.dataset(shuffled, 7));
    assertEquals(weights(once), weights(again));
    assertEquals(once.provenance().rowsSha256(), again.provenance().rowsSha256());
    TextClassifier others = train(Texts.dataset(Texts.draw(300, 4), 1));
    assertNotEquals(once.provenance().rowsSha256(), others.provenance().rowsSha256());
    assertNotEquals(weights(once), weights(others));
  }

  @Test
  void aTrainingThatGoesOnComesToTheSameModel(@TempDir Path folder) {
    Dataset<Row> rows = Texts.dataset(Texts.draw(300, 6), 3);
    TextClassifier uninterrupted = train(rows);
    Checkpoints checkpoints = Checkpoints.builder(folder).every(Duration.ZERO).resume(true).build();
    AtomicInteger rounds = new AtomicInteger();
    TrainingRun stopping =
        TrainingRun.builder()
            .checkpoints(checkpoints)
            .stop(() -> rounds.incrementAndGet() > 2)
            .build();
    assertThrows(TrainingStoppedException.class, () -> train(rows, stopping));
    AtomicInteger resumed = new AtomicInteger();
    TrainingRun goingOn =
        TrainingRun.builder()
            .checkpoints(checkpoints)
            .progress(
                new TrainingProgress() {
                  @Override
                  public void onResume(ResumeEvent event) {
                    resumed.incrementAndGet();
                  }
                })
            .build();
    TextClassifier other = train(rows, goingOn);
    assertEquals(1, resumed.get());
    assertEquals(weights(uninterrupted), weights(other));
    SparkTraining threeWorkers = SparkTraining.builder().workers(3).stepsPerRound(4).build();
    String refused =
        assertThrows(
                CheckpointException.class,
                () ->
                    threeWorkers.textClassifier(
                        rows, "text", "label", network().build(), options().build(), goingOn))
            .getMessage();
    assertTrue(refused.contains("workers is 3, but was 2"), refused);
  }

  @Test
  void theLearningRateOfTheDriverIsThatOfTheWorkers() {
    Dataset<Row> noise = Texts.dataset(Texts.noise(200, 7), 2);
    INDArray after8 = weights(trainOnNoise(noise, 8, 1e-9));
    assertTrue(distance(after8, weights(trainOnNoise(noise, 9, 1e-9))) < 1e-6);
    INDArray at8 = weights(trainOnNoise(noise, 8, 0.99));
    assertFalse(distance(at8, weights(trainOnNoise(noise, 9, 0.99))) < 1e-3);
  }

  private static double distance(INDArray a, INDArray b) {
    return a.sub(b).norm2Number().doubleValue();
  }

  private static TextClassifier trainOnNoise(Dataset<Row> noise, int epochs, double factor) {
    return SPARK.textClassifier(
        noise,
        "text",
        "label",
        network().updater(new Adam(0.03)).build(),
        options().epochs(epochs).keepLast(true).reduceOnPlateau(1, factor).build(),
        TrainingRun.SILENT);
  }

  @Test
  void equalRowsDoNotValidateWhatTheyTeach() {
    List<LabeledText> rows = Texts.draw(100, 8);
    List<LabeledText> thrice = new ArrayList<>(rows);
    thrice.addAll(rows);
    thrice.addAll(rows);
    try (SparkRows<LabeledText> read =
        new SparkRows<>(Texts.dataset(thrice, 4), new TextColumns(), SPARK, 0.2, 42)) {
      assertEquals(300, read.size());
      assertEquals(300, read.training() + read.validation().size());
      assertTrue(read.validation().size() > 20, "" + read.validation().size());
      read.validation()
          .forEach(
              row ->
                  assertEquals(
                      Collections.frequency(thrice, row),
                      Collections.frequency(read.validation(), row)));
    }
  }

  @Test
  void validationRowsAreBoundedAndRareLabelsAreLearned() {
    List<LabeledText> rows = new ArrayList<>(Texts.draw(400, 9));
    rows.add(new LabeledText("a screw", "rare"));
    SparkTraining few = SparkTraining.builder().workers(2).mostValidationRows(10).build();
    try (SparkRows<LabeledText> read =
        new SparkRows<>(Texts.dataset(rows, 4), new TextColumns(), few, 0.5, 42)) {
      int size = read.validation().size();
      assertTrue(size > 0 && size <= 30, "" + size);
      assertTrue(read.validation().stream().noneMatch(row -> row.label().equals("rare")));
      assertEquals(1L, read.counts(row -> List.of(row.label()), 10).get("rare"));
    }
  }

  @Test
  void countsAreRanked() {
    List<LabeledText> rows =
        List.of(
            new LabeledText("b a c", "x"),
            new LabeledText("a b", "y"),
            new LabeledText("a d", "y"));
    try (SparkRows<LabeledText> read =
        new SparkRows<>(Texts.dataset(rows, 2), new TextColumns(), SPARK, 0.1, 1)) {
      assertEquals(3, read.training()); // labels of few rows do not validate
      assertEquals(
          "{a=3, b=2, c=1}", read.counts(row -> List.of(row.text().split(" ")), 3).toString());
    }
  }

  private static String refused(
      Class<? extends RuntimeException> type, Dataset<Row> rows, TextClassification network) {
    return assertThrows(
            type,
            () ->
                SPARK.textClassifier(
                    rows, "text", "label", network, options().build(), TrainingRun.SILENT))
        .getMessage();
  }

  @Test
  void whatCannotBeLearnedFromIsRefused() {
    TextClassification plain = network().build();
    Dataset<Row> rows = Texts.dataset(Texts.draw(60, 10), 2);
    Dataset<Row> holes =
        rows.union(
            LocalSpark.session().sql("SELECT 'a text' AS text, CAST(NULL AS STRING) AS label"));
    String lacks = refused(DataException.class, holes, plain);
    assertTrue(lacks.contains("60 rows") && lacks.contains("1 that lack"), lacks);
    String one = refused(DataException.class, rows.where("label = 'bird'"), plain);
    assertTrue(one.contains("bird") && one.contains("two at least"), one);
    String none = refused(DataException.class, rows.where("label = 'none'"), plain);
    assertTrue(none.contains("0 rows"), none);
    String many =
        refused(
            DataException.class,
            LocalSpark.session()
                .sql("SELECT 'a' AS text, CAST(id AS STRING) AS label FROM range(10002)"),
            plain);
    assertTrue(many.contains("more than 10000 labels"), many);
    String missing =
        refused(IllegalArgumentException.class, rows.withColumnRenamed("text", "body"), plain);
    assertTrue(missing.contains("body"), missing);
    String evidence =
        refused(
            IllegalArgumentException.class, rows, network().evidence(Evidence.NAIVE_BAYES).build());
    assertTrue(evidence.contains("evidence"), evidence);
    String type =
        refused(IllegalArgumentException.class, rows, network().dataType(DataType.DOUBLE).build());
    assertTrue(type.contains("DOUBLE"), type);
  }
}
