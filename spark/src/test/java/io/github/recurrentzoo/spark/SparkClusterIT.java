package io.github.recurrentzoo.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/** A master and two workers, one of which is killed in the middle of a training. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SparkClusterIT {
  private static final int ROWS = 5_000;

  private static StandaloneCluster cluster;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws Exception {
    cluster = new StandaloneCluster(Path.of("target", "cluster"), 2);
    spark = cluster.session(2);
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.stop();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private static List<LabeledText> definitions() {
    List<LabeledText> all = WordNetDefinitions.read();
    return IntStream.range(0, ROWS).mapToObj(i -> all.get(i * (all.size() / ROWS))).toList();
  }

  @Test
  @Order(1)
  void twoWorkersAnswerAsOneMachineDoes() {
    List<LabeledText> rows = definitions();
    List<Row> answered =
        Scoring.predict(Texts.dataset(spark, rows, 8), "text", "wordnet-lstm")
            .select("text", "prediction.label", "reason")
            .collectAsList();
    assertEquals(ROWS, answered.size());
    List<Prediction> alone =
        TextClassifier.pretrained("wordnet-lstm")
            .predict(answered.stream().map(row -> row.getString(0)).toList());
    List<Integer> others =
        IntStream.range(0, ROWS)
            .filter(i -> !alone.get(i).label().equals(answered.get(i).getString(1)))
            .boxed()
            .toList();
    assertEquals(List.of(), others, "rows with another label");
    assertTrue(answered.stream().allMatch(row -> row.isNullAt(2)));
  }

  @Test
  @Order(2)
  void aTrainingThatLosesAWorkerComesToTheSameModel() {
    List<LabeledText> rows = definitions();
    TrainingProgress killing =
        new TrainingProgress() {
          @Override
          public void onBatch(BatchEvent event) {
            if (event.epoch() == 2 && event.step() == event.steps() / 2) {
              cluster.kill(1);
            }
          }
        };
    TextClassifier trained = train(spark, rows, TrainingRun.of(killing));
    assertEquals(1, StandaloneCluster.executors(spark));
    spark.stop();
    SparkSession local = LocalSpark.session();
    INDArray expected = train(local, rows, TrainingRun.SILENT).network().params();
    assertEquals(expected, trained.network().params());
    double accuracy = trained.evaluate(rows).accuracy();
    assertTrue(accuracy > 0.5, "accuracy " + accuracy);
    local.stop();
  }

  private static TextClassifier train(
      SparkSession session, List<LabeledText> rows, TrainingRun run) {
    return SparkTraining.builder()
        .workers(2)
        .build()
        .textClassifier(
            Texts.dataset(session, rows, 4),
            "text",
            "label",
            TextClassification.builder().hiddenSize(32).updater(new Adam(0.005)).build(),
            TrainingOptions.builder().epochs(3).batchSize(32).build(),
            run);
  }
}
