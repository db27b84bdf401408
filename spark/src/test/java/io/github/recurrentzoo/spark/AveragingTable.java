package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The figures of docs/spark.md: {@code one}, {@code local} or {@code cluster}, the number of epochs
 * and the steps of a round. Trains on the definitions of WordNet by their recipe.
 */
final class AveragingTable {
  private AveragingTable() {}

  public static void main(String[] args) throws Exception {
    int epochs = Integer.parseInt(args[1]);
    Recipe recipe = TextClassification.recipe("wordnet", Recurrence.LSTM);
    TextClassification network = TextClassification.builder().recipe(recipe).build();
    TrainingOptions options =
        TrainingOptions.builder().recipe(recipe).epochs(epochs).patience(epochs).build();
    StratifiedSplit split = StratifiedSplit.split(WordNetDefinitions.read(), 0.1, 42);
    TrainingRun run = TrainingRun.of(printing());
    List<LabeledText> rows = split.training();
    TextClassifier classifier =
        switch (args[0]) {
          case "one" -> TextClassifier.train(rows, network, options, run);
          case "local" -> train(LocalSpark.session(), args, rows, network, options, run);
          default -> {
            try (StandaloneCluster cluster =
                new StandaloneCluster(Path.of("target", "averaging-cluster"), 2)) {
              yield train(cluster.session(2), args, rows, network, options, run);
            }
          }
        };
    System.out.printf(
        "%s: accuracy on the test rows %.4f%n",
        String.join(" ", args), classifier.evaluate(split.test()).accuracy());
    System.exit(0);
  }

  private static TextClassifier train(
      SparkSession session,
      String[] args,
      List<LabeledText> rows,
      TextClassification network,
      TrainingOptions options,
      TrainingRun run) {
    return SparkTraining.builder()
        .workers(2)
        .stepsPerRound(Integer.parseInt(args[2]))
        .build()
        .textClassifier(Texts.dataset(session, rows, 4), "text", "label", network, options, run);
  }

  private static TrainingProgress printing() {
    return new TrainingProgress() {
      private Duration before = Duration.ZERO;

      @Override
      public void onEpoch(EpochEvent event) {
        System.out.printf(
            "epoch %d: %.1f s, validation loss %.4f, accuracy %.4f%n",
            event.epoch(),
            event.elapsed().minus(before).toMillis() / 1000.0,
            event.validationLoss(),
            event.validationMetric().value());
        before = event.elapsed();
      }
    };
  }
}
