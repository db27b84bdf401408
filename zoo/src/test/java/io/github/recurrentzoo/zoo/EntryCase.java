package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.zoo.anomalies.AnomalyData;
import io.github.recurrentzoo.zoo.anomalies.SequenceAutoencoder;
import io.github.recurrentzoo.zoo.classification.Batch;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.Segment;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.sequences.SequenceData;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.tagging.TagData;
import io.github.recurrentzoo.zoo.translation.PairData;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An entry of the zoo as tests take it that hold for all entries: the table of them all.
 *
 * @param name for the test report
 * @param builder gives a small network, with two recurrent layers where there can be two
 * @param rows some rows that it can be trained on
 */
record EntryCase(String name, Supplier<NetworkOptions<?>> builder, Supplier<MultiDataSet> rows) {

  static Stream<EntryCase> all() {
    return Stream.of(
        new EntryCase(
            "TextClassification",
            () ->
                TextClassification.builder()
                    .vocabularySize(12)
                    .classes(3)
                    .embeddingSize(5)
                    .hiddenSize(6)
                    .layers(2),
            () -> Batch.of(12, 3, 3, 7, 1, 6).dataSet()),
        new EntryCase(
            "TextGeneration",
            () ->
                TextGeneration.builder()
                    .vocabularySize(7)
                    .embeddingSize(5)
                    .hiddenSize(6)
                    .layers(2)
                    .seed(1) // with others the activation CUBE grows beyond all bounds
                    .clipNorm(0),
            Segment::dataSet),
        new EntryCase(
            "SequenceForecasting",
            () ->
                SequenceForecasting.builder()
                    .inputSize(3)
                    .horizon(2)
                    .targets(2)
                    .hiddenSize(6)
                    .layers(2),
            () -> {
              Random random = new Random(1);
              float[][][] series = new float[4][3][5];
              float[][] next = new float[4][4];
              for (int b = 0; b < series.length; b++) {
                for (float[] row : series[b]) {
                  for (int t = 0; t < row.length; t++) {
                    row[t] = (float) (0.3 * random.nextGaussian());
                  }
                }
                for (int i = 0; i < next[b].length; i++) {
                  next[b][i] = (float) (0.3 * random.nextGaussian());
                }
              }
              return new MultiDataSet(Nd4j.create(series), Nd4j.createFromArray(next));
            }),
        new EntryCase(
            "SequenceToSequence",
            () ->
                SequenceToSequence.builder()
                    .sourceVocabularySize(9)
                    .targetVocabularySize(9)
                    .embeddingSize(5)
                    .bidirectional(false)
                    .hiddenSize(6)
                    .layers(2)
                    .clipNorm(0),
            PairData::dataSet),
        new EntryCase(
            "SequenceTagging",
            () ->
                SequenceTagging.builder()
                    .vocabularySize(9)
                    .labels(3)
                    .embeddingSize(4)
                    .affixSize(2)
                    .affixBuckets(200) // vectors of a small table are long, too long for CUBE
                    .bidirectional(false)
                    .hiddenSize(6)
                    .layers(2)
                    .clipNorm(0),
            () -> TagData.dataSet(9, 200, 3, 3, 2, 3)),
        new EntryCase(
            "SequenceClassification",
            () ->
                SequenceClassification.builder()
                    .channels(3)
                    .classes(3)
                    .hiddenSize(6)
                    .layers(2)
                    .clipNorm(0),
            () -> SequenceData.dataSet(3, 3, 5, 2, 5)),
        new EntryCase(
            "SequenceAutoencoder",
            () ->
                SequenceAutoencoder.builder()
                    .channels(2)
                    .placeSize(3)
                    .codeSize(3)
                    .hiddenSize(6)
                    .layers(2)
                    .clipNorm(0),
            () -> AnomalyData.dataSet(4, 2, 3, 5)));
  }

  /** The recurrences that the entry takes. */
  Stream<Recurrence> recurrences() {
    return Stream.of(Recurrence.values())
        .filter(recurrence -> !name.equals("TextGeneration") || recurrence.servesTruncatedBptt());
  }

  NetworkOptions<?> builder(Recurrence recurrence) {
    NetworkOptions<?> options = builder.get();
    options.recurrence(recurrence);
    return options;
  }

  /** One step of the optimiser. */
  void fit(ComputationGraph network) {
    network.fit(rows.get());
  }

  @Override
  public String toString() {
    return name;
  }
}
