package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.training.Checkpoints;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Trains with a checkpoint every minute: stopped by Ctrl-C or a crash and started again, it goes
 * on.
 */
public final class TrainWithCheckpoints {
  private TrainWithCheckpoints() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of("models", "with-checkpoints");
    Files.createDirectories(folder);
    TextClassifier classifier = run(WordNetDefinitions.read(), folder, 8, System.out);
    classifier.save(folder.resolve("model.zip"));
  }

  static TextClassifier run(List<LabeledText> rows, Path folder, int epochs, PrintStream out) {
    Checkpoints checkpoints =
        Checkpoints.builder(folder).every(Duration.ofMinutes(1)).resume(true).build();
    if (checkpoints.present()) {
      out.println("Going on from " + checkpoints.last());
    }
    TrainingRun run =
        TrainingRun.builder().progress(ConsoleProgress.on(out)).checkpoints(checkpoints).build();
    StratifiedSplit split = StratifiedSplit.split(rows, 0.1, 42);
    TextClassifier classifier =
        TextClassifier.train(
            split.training(),
            TextClassification.builder().vocabularySize(20_000).dropout(0.5).build(),
            TrainingOptions.builder().epochs(epochs).batchSize(128).build(),
            run);
    checkpoints.delete(); // the training has ended
    out.println(classifier.evaluate(split.test()));
    return classifier;
  }
}
