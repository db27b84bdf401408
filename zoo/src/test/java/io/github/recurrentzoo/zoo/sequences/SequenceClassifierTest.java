package io.github.recurrentzoo.zoo.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.inference.InferenceNetwork;
import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.Pooling;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.series.Scaler;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Adam;

class SequenceClassifierTest {
  @TempDir Path folder;

  private static SequenceClassification.Builder small() {
    return SequenceClassification.builder()
        .hiddenSize(12)
        .pooling(Pooling.CONCAT)
        .seed(Learning.seed())
        .updater(new Adam(0.01));
  }

  private static TrainingOptions training(int epochs) {
    return TrainingOptions.builder()
        .epochs(epochs)
        .patience(epochs)
        .batchSize(16)
        .seed(Learning.seed())
        .build();
  }

  private static SequenceClassifier made; // classifiers do not change

  private static synchronized SequenceClassifier tiny() {
    if (made == null) {
      made = SequenceClassifier.train(SequenceData.waves(60, 1), small().build(), training(2));
    }
    return made;
  }

  /** How fast the first channel swings is all that there is to learn from. */
  @Tag("learning")
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void wavesAreToldApart(Recurrence recurrence) {
    SequenceClassifier classifier =
        SequenceClassifier.train(
            SequenceData.waves(200, 1), small().recurrence(recurrence).build(), training(15));
    SequenceReport report = classifier.evaluate(SequenceData.waves(200, 2));
    Learning.assertAtLeast("accuracy of " + recurrence, report.accuracy(), 0.9, "1.000");
  }

  @Tag("learning")
  @Test
  void missingValuesAreReadAsSuch() {
    List<LabeledSequence> rows = SequenceData.withGaps(SequenceData.waves(200, 1), 3);
    SequenceClassifier classifier =
        SequenceClassifier.train(rows, small().bidirectional(true).build(), training(15));
    assertTrue(classifier.readsMissing());
    List<LabeledSequence> test = SequenceData.withGaps(SequenceData.waves(200, 2), 4);
    Learning.assertAtLeast(
        "accuracy with gaps", classifier.evaluate(test).accuracy(), 0.85, "0.97");
  }

  @Tag("learning")
  @Test
  void aConvolutionAndAugmentation() {
    SequenceClassification network =
        small().filters(8).filterWidth(4).stride(2).jitter(0.05).scaling(0.1).window(0.9).build();
    SequenceClassifier classifier =
        SequenceClassifier.train(SequenceData.waves(200, 1), network, training(20));
    double accuracy = classifier.evaluate(SequenceData.waves(200, 2)).accuracy();
    Learning.assertAtLeast("accuracy", accuracy, 0.9, "1.000");
  }

  @Test
  void aSavedClassifierAnswersAsBefore() {
    List<LabeledSequence> rows = SequenceData.withGaps(SequenceData.waves(40, 1), 3);
    for (int filters : new int[] {0, 4}) {
      SequenceClassifier classifier =
          SequenceClassifier.train(rows, small().filters(filters).build(), training(1));
      Path file = folder.resolve("classifier.zip");
      classifier.save(file);
      SequenceClassifier loaded = SequenceClassifier.load(file);
      assertEquals(classifier.predictRows(rows), loaded.predictRows(rows));
      assertEquals(classifier.labels(), loaded.labels());
      assertTrue(loaded.readsMissing());
    }
  }

  /** Answers come from copies of the weights on the Java heap, where there is no convolution. */
  @Test
  void answersAreThoseOfTheNetwork() {
    List<LabeledSequence> rows = SequenceData.waves(30, 1);
    SequenceClassification entry = small().channels(2).bidirectional(true).build();
    ComputationGraph network = entry.init();
    List<Scaler> scalers = List.of(new Scaler(500, 14), new Scaler(-3, 0.1));
    SequenceClassifier classifier =
        SequenceClassifier.of(network, entry, scalers, List.of("fast", "slow"));
    double[][] expected =
        SequenceProbabilities.of(
            network, new SequenceEncoder(scalers, false).encode(rows), entry.frames());
    List<SequencePrediction> answers = classifier.predictRows(rows);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i][0], answers.get(i).probabilities().get("fast"), 1e-5);
    }
    assertTrue(InferenceNetwork.of(network).isPresent());
  }

  @Test
  void theSameSeedsGiveTheSameClassifier() {
    List<LabeledSequence> rows = SequenceData.waves(40, 1);
    SequenceClassification network = small().jitter(0.1).window(0.8).dropout(0.2).build();
    assertEquals(
        SequenceClassifier.train(rows, network, training(2)).network().params(),
        SequenceClassifier.train(rows, network, training(2)).network().params());
  }

  /** What is in the batch makes no difference: padding is masked, also above a convolution. */
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void aSequenceIsAnsweredAlikeAloneAndTogether(Recurrence recurrence) {
    List<LabeledSequence> rows = SequenceData.waves(30, 1);
    for (int filters : new int[] {0, 4}) {
      SequenceClassification network =
          small()
              .recurrence(recurrence)
              .bidirectional(true)
              .filters(filters)
              .filterWidth(3)
              .stride(2)
              .build();
      SequenceClassifier classifier = SequenceClassifier.train(rows, network, training(1));
      List<double[][]> asked = new ArrayList<>();
      for (int length : new int[] {1, 2, 5, 9, 40}) {
        asked.add(
            new double[][] {
              IntStream.range(0, length).mapToDouble(t -> 500 + 20 * Math.sin(t)).toArray(),
              IntStream.range(0, length).mapToDouble(t -> -3).toArray()
            });
      }
      List<SequencePrediction> together = classifier.predict(asked);
      for (int i = 0; i < asked.size(); i++) {
        SequencePrediction alone = classifier.predict(asked.get(i));
        SequencePrediction other = together.get(i);
        alone
            .probabilities()
            .forEach((label, p) -> assertEquals(p, other.probabilities().get(label), 1e-5));
      }
    }
  }

  static Stream<Arguments> streams() {
    List<Arguments> all = new ArrayList<>();
    for (Recurrence recurrence : Recurrence.values()) {
      all.add(Arguments.of(recurrence, Pooling.CONCAT, 0, 1));
      all.add(Arguments.of(recurrence, Pooling.FINAL, 0, 2));
      all.add(Arguments.of(recurrence, Pooling.CONCAT, 4, 1));
    }
    return all.stream();
  }

  /** After each step a stream answers what predict answers to the steps so far. */
  @ParameterizedTest(name = "{0} {1}, {2} filters, {3} layers")
  @MethodSource("streams")
  void aStreamAnswersAsPredictDoes(
      Recurrence recurrence, Pooling pooling, int filters, int layers) {
    List<LabeledSequence> rows = SequenceData.withGaps(SequenceData.waves(30, 1), 2);
    SequenceClassification network =
        small()
            .recurrence(recurrence)
            .pooling(pooling)
            .layers(layers)
            .filters(filters)
            .filterWidth(5)
            .stride(2)
            .build();
    SequenceClassifier classifier = SequenceClassifier.train(rows, network, training(2));
    SequenceStream stream = classifier.stream();
    for (LabeledSequence row : rows.subList(0, 2)) {
      stream.reset();
      for (int t = 0; t < row.length(); t++) {
        int steps = t + 1;
        double[][] values = row.channels();
        SequencePrediction streamed = stream.next(values[0][t], values[1][t]);
        SequencePrediction whole =
            classifier.predict(
                Stream.of(values)
                    .map(channel -> Arrays.copyOf(channel, steps))
                    .toArray(double[][]::new));
        assertEquals(steps, streamed.steps());
        whole
            .probabilities()
            .forEach((label, p) -> assertEquals(p, streamed.probabilities().get(label), 1e-5));
      }
    }
  }

  @Test
  void aStreamNeedsOneDirection() {
    SequenceClassifier classifier =
        SequenceClassifier.train(
            SequenceData.waves(20, 1), small().bidirectional(true).build(), training(1));
    String message =
        assertThrows(UnsupportedOperationException.class, classifier::stream).getMessage();
    assertTrue(message.contains("both directions"), message);
    SequenceStream stream = tiny().stream();
    assertThrows(DataException.class, () -> stream.next(1));
    assertThrows(DataException.class, () -> stream.next(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> stream.next(1, Double.POSITIVE_INFINITY));
    assertEquals(0, stream.steps());
    assertEquals(
        tiny().predict(new double[][] {{500}, {-3}}).label(), stream.next(500, -3).label());
  }

  @Test
  void whatCannotBeReadIsRefused() {
    refused(() -> tiny().predict(new double[][] {{1, 2}}), "has 1 channels, but");
    refused(
        () -> tiny().predict(new double[][] {{1, 2}, {1, Double.NaN}}),
        "no value in channel 2 at step 2");
    refused(() -> tiny().predict(new double[][] {{1, 2}, {1}}), "Channels at several rates");
    refused(() -> tiny().predict(new double[][] {{}, {}}), "has no values");
    refused(() -> new LabeledSequence(new double[][] {{1}}, " "), "has no label");
    refused(
        () -> new LabeledSequence("a", new double[][] {{1 / 0.0}}, "x", null),
        "The sequence \"a\" has an infinite value in channel 1 at step 1");
    LabeledSequence one = new LabeledSequence(new double[][] {{1, 2}}, "x");
    LabeledSequence same = new LabeledSequence(new double[][] {{5, 5}}, "x");
    LabeledSequence other = new LabeledSequence(new double[][] {{5, 5}}, "y");
    LabeledSequence wide = new LabeledSequence(new double[][] {{1}, {2}}, "y");
    refused(() -> train(List.of()), "There are no sequences");
    refused(() -> train(List.of(one, one)), "All 2 sequences have the label \"x\"");
    refused(() -> train(List.of(one, one, wide, wide)), "Sequence 3 has 2 channels");
    refused(() -> train(List.of(same, same, other, other)), "are the same in each channel");
    refused(
        () -> tiny().evaluate(List.of(new LabeledSequence(new double[][] {{1}, {2}}, "none"))),
        "has the label \"none\", which the classifier has never seen");
    refused(() -> tiny().evaluate(List.of()), "no sequences to evaluate on");
  }

  private static SequenceClassifier train(List<LabeledSequence> rows) {
    return SequenceClassifier.train(rows, small().build(), training(1));
  }

  private static void refused(Runnable asking, String expected) {
    String message = assertThrows(DataException.class, asking::run).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void fineTuningKeepsKnownLabels() {
    List<LabeledSequence> rows = new ArrayList<>(SequenceData.waves(40, 3));
    for (LabeledSequence row : SequenceData.waves(20, 4)) {
      double[][] flat = row.channels();
      Arrays.fill(flat[0], 500);
      rows.add(new LabeledSequence(row.id(), flat, "flat", null));
    }
    FineTuneOptions options = FineTuneOptions.builder().training(training(2)).build();
    SequenceClassifier tuned = tiny().fineTune(rows, options);
    assertEquals(List.of("fast", "flat", "slow"), tuned.labels());
    assertEquals(List.of("flat"), tuned.provenance().origin().mapping().names().get(0).added());
    assertEquals(List.of("fast", "slow"), tiny().labels());
    Path file = folder.resolve("tuned.zip");
    tuned.save(file);
    assertEquals(tuned.predictRows(rows), SequenceClassifier.load(file).predictRows(rows));
    SequenceClassifier further = tuned.trainOn(rows, training(1));
    assertEquals(tuned.labels(), further.labels());
  }

  @Test
  void aNetworkThatWasTrainedOutsideAnswersTheSame() {
    SequenceClassification entry = small().channels(1).classes(2).build();
    ComputationGraph network = entry.init();
    SequenceClassifier classifier =
        SequenceClassifier.of(network, entry, List.of(new Scaler(2, 3)), List.of("a", "b"));
    assertTrue(classifier.provenance().trainedOutside());
    assertFalse(classifier.readsMissing());
    assertEquals(2, classifier.predict(new double[][] {{1, 2, 3}}).probabilities().size());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            SequenceClassifier.of(
                network, entry, List.of(new Scaler(2, 3)), List.of("a", "b", "c")));
  }

  @Test
  void validationRowsOfOnesOwnAndNone() {
    List<LabeledSequence> rows = SequenceData.waves(40, 1);
    SequenceClassifier own =
        SequenceClassifier.train(
            rows, SequenceData.waves(10, 2), small().build(), training(2), TrainingRun.SILENT);
    assertEquals(50, own.provenance().rows());
    SequenceClassifier none =
        SequenceClassifier.train(rows, List.of(), small().build(), training(2), TrainingRun.SILENT);
    assertEquals(2, none.provenance().epochs());
  }

  @Test
  void augmentationChangesWhatIsThere() {
    float[] numbers = {1, 0, 0, 1, 2, 0, 3, 0, 4, 0, 5, 0}; // one channel, the second is missing
    Augmentation piece = new Augmentation(1, 0, 0, 0.5);
    for (int seed = 0; seed < 20; seed++) {
      float[] cut = piece.of(numbers, 2, new Random(seed));
      assertEquals(6, cut.length);
      assertTrue(
          IntStream.rangeClosed(0, 3)
              .anyMatch(
                  from -> Arrays.equals(cut, Arrays.copyOfRange(numbers, 2 * from, 2 * from + 6))),
          Arrays.toString(cut));
    }
    float[] noisy = new Augmentation(1, 0.5, 0.5, 1).of(numbers, 2, new Random(1));
    for (int t = 0; t < 6; t++) {
      assertEquals(numbers[2 * t + 1], noisy[2 * t + 1], "marks stay");
      assertEquals(t == 1, numbers[2 * t] == noisy[2 * t], "values change that are there");
    }
    assertTrue(new Augmentation(1, 0, 0, 1).isNone());
  }

  @Test
  void framesHoldTheStepsOfAConvolution() {
    Frames frames = new Frames(2, 3, 2);
    assertEquals(1, frames.count(1));
    assertEquals(1, frames.count(4));
    assertEquals(2, frames.count(5));
    float[] numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}; // five steps of two
    float[] copied = new float[6];
    frames.copy(numbers, 1, copied, 0);
    assertEquals("[4.0, 5.0, 6.0, 7.0, 8.0, 9.0]", Arrays.toString(copied));
    float[] shortOne = new float[6];
    frames.copy(new float[] {1, 2}, 0, shortOne, 0);
    assertEquals("[1.0, 2.0, 0.0, 0.0, 0.0, 0.0]", Arrays.toString(shortOne));
  }

  @Test
  void longSequencesGetAConvolution() {
    LabeledSequence shortOne = new LabeledSequence(new double[][] {new double[60]}, "x");
    LabeledSequence longOne = new LabeledSequence(new double[][] {new double[1000]}, "x");
    assertEquals(0, SequenceDefaults.of(List.of(shortOne)).network().build().filters());
    SequenceClassification network = SequenceDefaults.of(List.of(longOne)).network().build();
    assertEquals(
        List.of(32, 16, 8), List.of(network.filters(), network.filterWidth(), network.stride()));
    assertThrows(
        IllegalArgumentException.class,
        () -> SequenceClassification.builder().filters(2).filterWidth(2).stride(3).build());
  }
}
