package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.LabeledTextReader;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.classification.TextDefaults;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains a text classifier on a CSV file: arguments are the file, the column with the texts, and
 * the column with the classes.
 */
public final class TrainOnYourCsv {
  private TrainOnYourCsv() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("Expected FILE TEXT-COLUMN LABEL-COLUMN");
    }
    TextClassifier classifier = run(Path.of(args[0]), args[1], args[2], System.out);
    Path model = Files.createDirectories(Path.of("models")).resolve("my-classifier.zip");
    classifier.save(model);
    System.out.println("Saved to " + model + "; TextClassifier.load reads it.");
  }

  static TextClassifier run(Path file, String textColumn, String labelColumn, PrintStream out) {
    List<LabeledText> rows =
        LabeledTextReader.builder()
            .textColumn(textColumn)
            .labelColumn(labelColumn)
            .build()
            .read(file);
    StratifiedSplit split = StratifiedSplit.split(rows, 0.1, 42);
    out.println(TextDefaults.of(split.training())); // which depend on the rows
    TextClassifier classifier =
        TextClassifier.train(split.training(), TrainingRun.of(ConsoleProgress.on(out)));
    out.println(classifier.evaluate(split.test()));
    return classifier;
  }
}
