package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Trains each recurrence on the same rows, with the same settings, and prints what each reaches.
 */
public final class CompareRecurrences {
  private CompareRecurrences() {}

  public static void main(String[] args) {
    run(WordNetDefinitions.read(), 3, System.out);
  }

  static Map<Recurrence, Double> run(List<LabeledText> rows, int epochs, PrintStream out) {
    StratifiedSplit split = StratifiedSplit.split(rows, 0.1, 42);
    Map<Recurrence, Double> accuracies = new EnumMap<>(Recurrence.class);
    for (Recurrence recurrence : Recurrence.values()) {
      out.println(recurrence);
      TextClassifier classifier =
          TextClassifier.train(
              split.training(),
              TextClassification.builder()
                  .recurrence(recurrence)
                  .dropout(0.5)
                  .updater(new Adam(0.002))
                  .build(),
              TrainingOptions.builder().epochs(epochs).batchSize(128).build(),
              TrainingRun.of(ConsoleProgress.on(out)));
      double accuracy = classifier.evaluate(split.test()).accuracy();
      out.printf(Locale.ROOT, "%,d parameters, accuracy %.3f%n", classifier.parameters(), accuracy);
      accuracies.put(recurrence, accuracy);
    }
    return accuracies;
  }
}
