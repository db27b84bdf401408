package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.zoo.anomalies.AnomalyData;
import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.anomalies.AnomalyOptions;
import io.github.recurrentzoo.zoo.anomalies.SequenceAutoencoder;
import io.github.recurrentzoo.zoo.classification.LabeledRows;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.sequences.SequenceData;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.tagging.TagData;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.Freeze;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.translation.PairData;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * A training of each task that takes a second, with all that a checkpoint has to hold: dropout,
 * penalties, learning rates that fall by epoch or by step, early stopping, and where there is such
 * a thing, carried state, its restarts and scheduled sampling.
 */
public enum SmallTraining {
  CLASSIFICATION("text-classification") {
    @Override
    public Trained train(TrainingRun run) {
      TextClassifier classifier =
          TextClassifier.train(
              texts(),
              common(TextClassification.builder().embeddingSize(6), ScheduleType.ITERATION)
                  .bidirectional(true)
                  .build(),
              training(6).build(),
              run);
      return new Trained(classifier::save, classifier.evaluate(texts()).toString());
    }
  },

  /** No row validates. */
  UNVALIDATED_CLASSIFICATION("text-classification") {
    @Override
    public Trained train(TrainingRun run) {
      TextClassifier classifier =
          TextClassifier.train(
              LabeledRows.of(texts()).withoutValidation(),
              common(TextClassification.builder().embeddingSize(6), ScheduleType.EPOCH).build(),
              training(4).build(),
              run);
      return new Trained(classifier::save, classifier.evaluate(texts()).toString());
    }
  },

  FROZEN_CLASSIFICATION("text-classification") {
    @Override
    public Trained train(TrainingRun run) {
      TextClassifier model =
          TextClassifier.train(
              texts().subList(0, 60),
              TextClassification.builder().embeddingSize(6).hiddenSize(6).dropout(0.2).build(),
              training(1).build());
      // What was asked before, and how often, makes no difference.
      model.predict("is ".repeat(1 + QUESTIONS.incrementAndGet() % 9));
      TextClassifier classifier =
          model.fineTune(
              texts(),
              FineTuneOptions.builder()
                  .freeze(Freeze.ALL_BUT_HEAD)
                  .training(training(4).build())
                  .build(),
              run);
      return new Trained(classifier::save, classifier.evaluate(texts()).toString());
    }
  },

  FORECASTING("forecasting") {
    @Override
    public Trained train(TrainingRun run) {
      TimeSeries series = series();
      Forecaster forecaster =
          Forecaster.train(
              series.rows(0, 130),
              ForecastOptions.builder().targets("y").lookback(8).horizon(3).seasonality(8).build(),
              common(SequenceForecasting.builder(), ScheduleType.EPOCH).build(),
              training(5).build(),
              run);
      return new Trained(
          forecaster::save,
          forecaster.evaluate(series.rows(0, 130), series.rows(130, 160)).toString());
    }
  },

  GENERATION("text-generation") {
    @Override
    public Trained train(TrainingRun run) {
      TextGenerator generator =
          TextGenerator.train(
              List.of("abcdefgh hgfedcba abba ".repeat(150)),
              common(TextGeneration.builder().embeddingSize(4), ScheduleType.EPOCH)
                  .layers(2)
                  .segmentLength(10)
                  .restartEvery(4)
                  .build(),
              training(4).teacherForcing(0.8).teacherForcingDecay(0.9).build(),
              run);
      return new Trained(
          generator::save,
          generator.generate("ab", GenerationOptions.builder().length(30).build()));
    }
  },

  /** With the state of the updater that the model has. */
  FURTHER_GENERATION("text-generation") {
    @Override
    public Trained train(TrainingRun run) {
      TextGenerator model =
          TextGenerator.train(
              List.of("abcdefgh hgfedcba abba ".repeat(40)),
              common(TextGeneration.builder().embeddingSize(4), ScheduleType.EPOCH)
                  .segmentLength(10)
                  .restartEvery(4)
                  .build(),
              training(1).build());
      model.generate("ab", GenerationOptions.builder().length(QUESTIONS.get() % 7 + 1).build());
      TextGenerator generator =
          model.trainOn(List.of("abba hgfedcba abcdefgh ".repeat(150)), training(4).build(), run);
      return new Trained(
          generator::save,
          generator.generate("ab", GenerationOptions.builder().length(30).build()));
    }
  },

  TRANSLATION("sequence-to-sequence") {
    @Override
    public Trained train(TrainingRun run) {
      SequenceTranslator translator =
          SequenceTranslator.train(
              PairData.reversals(90, 5),
              common(SequenceToSequence.builder().embeddingSize(4), ScheduleType.ITERATION)
                  .recurrence(Recurrence.RRNN)
                  .build(),
              training(4).teacherForcing(0.8).teacherForcingDecay(0.9).build(),
              run);
      return new Trained(
          translator::save, translator.evaluate(PairData.reversals(40, 5)).toString());
    }
  },

  TAGGING("tagging") {
    @Override
    public Trained train(TrainingRun run) {
      SequenceTagger tagger =
          SequenceTagger.train(
              TagData.grammar(90, 1),
              common(
                      SequenceTagging.builder().embeddingSize(4).affixSize(2).affixBuckets(16),
                      ScheduleType.ITERATION)
                  .build(),
              training(4).build(),
              run);
      return new Trained(tagger::save, tagger.evaluate(TagData.grammar(20, 2)).toString());
    }
  },

  /** With augmentation, whose random numbers go on where they were. */
  SEQUENCES("sequence-classification") {
    @Override
    public Trained train(TrainingRun run) {
      SequenceClassifier classifier =
          SequenceClassifier.train(
              SequenceData.waves(90, 1),
              common(
                      SequenceClassification.builder().jitter(0.1).scaling(0.1).window(0.8),
                      ScheduleType.ITERATION)
                  .build(),
              training(4).build(),
              run);
      return new Trained(
          classifier::save, classifier.evaluate(SequenceData.waves(20, 2)).toString());
    }
  },

  ANOMALIES("anomaly-detection") {
    @Override
    public Trained train(TrainingRun run) {
      TimeSeries series = AnomalyData.waves(300, 1);
      AnomalyDetector detector =
          AnomalyDetector.train(
              series,
              new boolean[series.size()],
              AnomalyOptions.builder().columns("a", "b").window(8).thresholdQuantile(0.9).build(),
              common(SequenceAutoencoder.builder().codeSize(2), ScheduleType.ITERATION).build(),
              training(4).validationSplit(0.2).build(),
              run);
      return new Trained(
          detector::save, detector.detect(AnomalyData.waves(60, 2)).toMap().toString());
    }
  };

  /** What came out: how to save it, and what it answers. */
  public record Trained(Saving saving, String report) {}

  /** Saves a model. */
  public interface Saving {
    void to(Path file);
  }

  private static final AtomicInteger QUESTIONS = new AtomicInteger();

  private final String task;

  SmallTraining(String task) {
    this.task = task;
  }

  public abstract Trained train(TrainingRun run);

  /** Weights, updater's state and counters of a saved model. */
  public String numbers(Path file) {
    ComputationGraph network = ModelFile.read(file, task).network();
    return Arrays.toString(network.params().toFloatVector())
        + Arrays.toString(network.getUpdater().getStateViewArray().toFloatVector())
        + network.getIterationCount()
        + " "
        + network.getEpochCount();
  }

  public static List<LabeledText> texts() {
    Random random = new Random(4);
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      String label = "xyz".substring(i % 3, i % 3 + 1);
      String filler = "the very old and some new ".repeat(2).substring(0, 4 + random.nextInt(40));
      rows.add(new LabeledText(filler + " is" + label + " " + random.nextInt(9), label));
    }
    return rows;
  }

  private static TimeSeries series() {
    double[] y = new double[160];
    Random random = new Random(1);
    for (int t = 0; t < y.length; t++) {
      y[t] = 10 + 3 * Math.sin(t * Math.PI / 4) + random.nextDouble();
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("y", y);
    return TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), columns);
  }

  private static <B extends NetworkOptions<B>> B common(B builder, ScheduleType by) {
    double decay = by == ScheduleType.EPOCH ? 0.7 : 0.99;
    return builder
        .hiddenSize(6)
        .dropout(0.2)
        .l2(1e-4)
        .updater(new Adam(new ExponentialSchedule(by, 0.02, decay)));
  }

  private static TrainingOptions.Builder training(int epochs) {
    return TrainingOptions.builder().epochs(epochs).batchSize(12).patience(2).validationSplit(0.2);
  }
}
