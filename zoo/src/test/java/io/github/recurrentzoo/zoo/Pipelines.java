package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.zoo.anomalies.AnomalyData;
import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.anomalies.AnomalyOptions;
import io.github.recurrentzoo.zoo.anomalies.SequenceAutoencoder;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.sequences.SequenceData;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.tagging.TagData;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.PairData;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The pipelines with small models, for tests that hold for each of them. */
enum Pipelines {
  CLASSIFIER("text-classification") {
    @Override
    Object load(Path file) {
      return TextClassifier.load(file);
    }

    @Override
    void trainAndSave(Path file) {
      TextClassifier.train(
              rows(),
              TextClassification.builder().embeddingSize(4).hiddenSize(5).build(),
              options())
          .save(file);
    }

    @Override
    List<Object> answers(Object model) {
      TextClassifier classifier = (TextClassifier) model;
      List<Object> answers = new ArrayList<>(classifier.predict(List.of("one w1", "w2 w3 x", "")));
      answers.add(classifier.predict("w3"));
      return answers;
    }

    @Override
    void fineTuneAndSave(Object model, Path file) {
      TextClassifier classifier = (TextClassifier) model;
      classifier.fineTune(rows(), FineTuneOptions.builder().training(options()).build());
      classifier.save(file);
    }
  },

  FORECASTER("forecasting") {
    @Override
    Object load(Path file) {
      return Forecaster.load(file);
    }

    @Override
    void trainAndSave(Path file) {
      Forecaster.train(
              series(),
              ForecastOptions.builder().targets("y").lookback(5).horizon(2).build(),
              SequenceForecasting.builder().hiddenSize(3).build(),
              TrainingOptions.builder().epochs(1).validationSplit(0.3).build())
          .save(file);
    }

    @Override
    List<Object> answers(Object model) {
      return List.of(((Forecaster) model).forecast(series()));
    }

    @Override
    void fineTuneAndSave(Object model, Path file) {
      ((Forecaster) model)
          .trainOn(series(), TrainingOptions.builder().epochs(1).validationSplit(0.3).build());
      ((Forecaster) model).save(file);
    }
  },

  TRANSLATOR("sequence-to-sequence") {
    @Override
    Object load(Path file) {
      return SequenceTranslator.load(file);
    }

    @Override
    void trainAndSave(Path file) {
      SequenceTranslator.train(
              PairData.reversals(30, 4),
              SequenceToSequence.builder()
                  .embeddingSize(3)
                  .hiddenSize(4)
                  .maxOutputLength(5)
                  .build(),
              options())
          .save(file);
    }

    @Override
    List<Object> answers(Object model) {
      SequenceTranslator translator = (SequenceTranslator) model;
      List<Object> answers =
          new ArrayList<>(translator.translate(List.of("abc", "d"), DecodingOptions.beam(3)));
      answers.add(translator.translate("abcd"));
      return answers;
    }

    @Override
    void fineTuneAndSave(Object model, Path file) {
      SequenceTranslator translator = (SequenceTranslator) model;
      translator.trainOn(PairData.reversals(30, 4), options());
      translator.save(file);
    }
  },

  GENERATOR("text-generation") {
    @Override
    Object load(Path file) {
      return TextGenerator.load(file);
    }

    @Override
    void trainAndSave(Path file) {
      TextGenerator.train(
              List.of("the cat sat on the mat. ".repeat(20)),
              TextGeneration.builder().embeddingSize(3).hiddenSize(4).segmentLength(10).build(),
              TrainingOptions.builder().epochs(1).batchSize(4).build())
          .save(file);
    }

    @Override
    List<Object> answers(Object model) {
      return List.of(
          ((TextGenerator) model)
              .generate("the c", GenerationOptions.builder().length(20).seed(5).build()));
    }

    @Override
    void fineTuneAndSave(Object model, Path file) {
      ((TextGenerator) model)
          .trainOn(
              List.of("a mat sat on a cat. ".repeat(20)),
              TrainingOptions.builder().epochs(1).batchSize(4).build());
      ((TextGenerator) model).save(file);
    }
  },

  TAGGER("tagging") {
    @Override
    Object load(Path file) {
      return SequenceTagger.load(file);
    }

    @Override
    void trainAndSave(Path file) {
      SequenceTagger.train(
              TagData.grammar(40, 1),
              SequenceTagging.builder()
                  .embeddingSize(4)
                  .affixSize(2)
                  .affixBuckets(16)
                  .hiddenSize(4)
                  .build(),
              options())
          .save(file);
    }

    @Override
    List<Object> answers(Object model) {
      SequenceTagger tagger = (SequenceTagger) model;
      List<Object> answers = new ArrayList<>(tagger.tag(List.of("to run", "Abc xing run. So", "")));
      answers.add(tagger.tag("run"));
      return answers;
    }

    @Override
    void fineTuneAndSave(Object model, Path file) {
      SequenceTagger tagger = (SequenceTagger) model;
      tagger.fineTune(
          TagData.grammar(30, 2), FineTuneOptions.builder().training(options()).build());
      tagger.save(file);
    }
  },

  SEQUENCES("sequence-classification") {
    @Override
    Object load(Path file) {
      return SequenceClassifier.load(file);
    }

    @Override
    void trainAndSave(Path file) {
      SequenceClassifier.train(
              SequenceData.withGaps(SequenceData.waves(40, 1), 1),
              SequenceClassification.builder()
                  .hiddenSize(4)
                  .filters(3)
                  .filterWidth(3)
                  .stride(2)
                  .build(),
              options())
          .save(file);
    }

    @Override
    List<Object> answers(Object model) {
      SequenceClassifier classifier = (SequenceClassifier) model;
      List<Object> answers =
          new ArrayList<>(
              classifier.predictRows(SequenceData.withGaps(SequenceData.waves(4, 2), 2)));
      answers.add(classifier.predict(new double[][] {{500, 510}, {-3, -3}}));
      return answers;
    }

    @Override
    void fineTuneAndSave(Object model, Path file) {
      SequenceClassifier classifier = (SequenceClassifier) model;
      classifier.fineTune(
          SequenceData.waves(30, 2), FineTuneOptions.builder().training(options()).build());
      classifier.save(file);
    }
  },

  DETECTOR("anomaly-detection") {
    @Override
    Object load(Path file) {
      return AnomalyDetector.load(file);
    }

    @Override
    void trainAndSave(Path file) {
      AnomalyDetector.train(
              AnomalyData.waves(200, 1),
              AnomalyOptions.builder().columns("a", "b").window(6).thresholdQuantile(0.9).build(),
              SequenceAutoencoder.builder().hiddenSize(3).codeSize(2).build(),
              TrainingOptions.builder().epochs(1).validationSplit(0.3).build())
          .save(file);
    }

    @Override
    List<Object> answers(Object model) {
      TimeSeries series = AnomalyData.waves(40, 2);
      return List.of(((AnomalyDetector) model).detect(series).toMap());
    }

    @Override
    void fineTuneAndSave(Object model, Path file) {
      TimeSeries series = AnomalyData.waves(100, 3);
      ((AnomalyDetector) model)
          .fineTune(
              series,
              new boolean[series.size()],
              FineTuneOptions.builder()
                  .training(TrainingOptions.builder().epochs(1).validationSplit(0.3).build())
                  .build(),
              TrainingRun.SILENT);
      ((AnomalyDetector) model).save(file);
    }
  };

  final String task;

  Pipelines(String task) {
    this.task = task;
  }

  abstract void trainAndSave(Path file);

  /** What a model answers to a few questions, alone and together. */
  abstract List<Object> answers(Object model);

  abstract void fineTuneAndSave(Object model, Path file);

  abstract Object load(Path file);

  private static List<LabeledText> rows() {
    return IntStream.range(0, 40)
        .mapToObj(i -> new LabeledText("one w%d and".formatted(i % 7), "label " + i % 3))
        .toList();
  }

  private static TimeSeries series() {
    double[] y = IntStream.range(0, 80).mapToDouble(Math::sin).toArray();
    return TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), Map.of("y", y));
  }

  private static TrainingOptions options() {
    return TrainingOptions.builder().epochs(1).batchSize(8).build();
  }
}
