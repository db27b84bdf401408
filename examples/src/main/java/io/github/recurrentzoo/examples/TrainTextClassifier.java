package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trains an LSTM to tell what kind of thing a definition is about: animal, food, person ... */
public final class TrainTextClassifier {
  private TrainTextClassifier() {}

  public static void main(String[] args) throws IOException {
    TextClassifier classifier = run(WordNetDefinitions.read(), 8, System.out);
    Path model = Files.createDirectories(Path.of("models")).resolve("wordnet-lstm.zip");
    classifier.save(model);
    System.out.println("Saved to " + model + "; TextClassifier.load reads it.");
    for (String text :
        List.of(
            "a small brown bird that builds its nest under the roofs of barns",
            "someone who repairs bicycles for a living",
            "a thick soup made from lentils, onions and carrots")) {
      System.out.println(classifier.predict(text).label() + ": " + text);
    }
  }

  static TextClassifier run(List<LabeledText> rows, int epochs, PrintStream out) {
    StratifiedSplit split = StratifiedSplit.split(rows, 0.1, 42);
    Recipe recipe = TextClassification.recipe("wordnet", Recurrence.LSTM);
    TextClassification.Builder network = TextClassification.builder().recipe(recipe);
    TrainingOptions training = TrainingOptions.builder().recipe(recipe).epochs(epochs).build();
    TextClassifier classifier =
        TextClassifier.train(
            split.training(), network.build(), training, TrainingRun.of(ConsoleProgress.on(out)));
    out.println(classifier.evaluate(split.test()));
    return classifier;
  }
}
