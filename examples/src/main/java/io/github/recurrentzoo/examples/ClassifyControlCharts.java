package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.datasets.ControlCharts;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.sequences.LabeledSequence;
import io.github.recurrentzoo.zoo.sequences.NearestNeighbor;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.sequences.SequencePrediction;
import io.github.recurrentzoo.zoo.sequences.SequenceStream;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trains an LSTM to tell what became of a process, and watches another process step by step. */
public final class ClassifyControlCharts {
  private ClassifyControlCharts() {}

  public static void main(String[] args) throws IOException {
    SequenceClassifier classifier = run(ControlCharts.of(250, 42), 80, System.out);
    Path model = Files.createDirectories(Path.of("models")).resolve("control-charts-lstm.zip");
    classifier.save(model);
    System.out.println("Saved to " + model + "; SequenceClassifier.load reads it.");
    SequenceStream stream = classifier.stream();
    double[] shifted = ControlCharts.of(1, 7).get(4).channels()[0];
    for (double measurement : shifted) {
      SequencePrediction soFar = stream.next(measurement);
      System.out.printf("%6.2f  %s %.2f%n", measurement, soFar.label(), soFar.probability());
    }
  }

  /** Learns from the first 300 charts and is measured on the others. */
  static SequenceClassifier run(List<LabeledSequence> charts, int epochs, PrintStream out) {
    List<LabeledSequence> learned = charts.subList(0, 300);
    Recipe recipe = SequenceClassification.recipe("control-charts", Recurrence.LSTM);
    SequenceClassification network = SequenceClassification.builder().recipe(recipe).build();
    TrainingOptions training = TrainingOptions.builder().recipe(recipe).epochs(epochs).build();
    SequenceClassifier classifier =
        SequenceClassifier.train(
            learned, network, training, TrainingRun.of(ConsoleProgress.on(out)));
    List<LabeledSequence> test = charts.subList(300, charts.size());
    out.println(classifier.evaluate(test, NearestNeighbor.train(learned)));
    return classifier;
  }
}
