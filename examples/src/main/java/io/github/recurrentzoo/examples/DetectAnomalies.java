package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.datasets.SensorNetwork;
import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.anomalies.AnomalyOptions;
import io.github.recurrentzoo.zoo.anomalies.SequenceAutoencoder;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Learns what is normal for an indoor sensor, and finds the event that was introduced near it. */
public final class DetectAnomalies {
  private static final int LEARNED = 2000;

  private DetectAnomalies() {}

  public static void main(String[] args) throws IOException {
    AnomalyDetector detector = run(SensorNetwork.read(1), 20, System.out);
    Path model = Files.createDirectories(Path.of("models")).resolve("sensor-lstm.zip");
    detector.save(model);
    System.out.println("Saved to " + model + "; AnomalyDetector.load reads it.");
  }

  /** Learns from the first readings and is measured on the others, by their labels. */
  static AnomalyDetector run(TimeSeries mote, int epochs, PrintStream out) {
    TimeSeries past = mote.rows(0, LEARNED);
    TimeSeries test = mote.rows(LEARNED, mote.size());
    Recipe recipe = SequenceAutoencoder.recipe("normal-series", Recurrence.LSTM);
    AnomalyDetector detector =
        AnomalyDetector.train(
            past,
            new boolean[past.size()], // none of these readings is an event
            AnomalyOptions.builder().columns("temperature", "humidity").build(),
            SequenceAutoencoder.builder().recipe(recipe).build(),
            TrainingOptions.builder().recipe(recipe).epochs(epochs).build(),
            TrainingRun.of(ConsoleProgress.on(out)));
    double[] labels = mote.column("label");
    boolean[] events = new boolean[labels.length];
    for (int row = 0; row < events.length; row++) {
      events[row] = labels[row] == 1;
    }
    out.println(detector.detect(test));
    out.println(detector.evaluate(past, test, events));
    return detector;
  }
}
