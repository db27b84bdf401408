package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.kernel.EmbeddingGradient;
import io.github.recurrentzoo.layers.step.TrainingStep;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Pooling;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * The training step on kernels gives what Deeplearning4j's own gives with the same layers: scores,
 * parameters and the updater's state, whatever the network.
 */
class TrainingStepTest {
  /** What a network is trained with; each alone, so that a failure names it. */
  private static Map<String, Consumer<NetworkOptions<?>>> options() {
    Map<String, Consumer<NetworkOptions<?>>> options = new LinkedHashMap<>();
    options.put("plain", o -> {});
    options.put("both directions", o -> o.bidirectional(true));
    options.put("one layer", o -> o.layers(1));
    options.put("penalties", o -> o.l1(1e-3).l2(1e-2));
    options.put("clipped norm", o -> o.clipNorm(0.05));
    options.put("clipped values", o -> o.clipValue(0.002));
    options.put("dropout", o -> o.dropout(0.3));
    options.put(
        "schedule",
        o -> o.updater(new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.01, 0.5))));
    options.put("another optimizer", o -> o.updater(new RmsProp(1e-3)));
    return options;
  }

  static Stream<Arguments> entries() {
    return EntryCase.all()
        .filter(entry -> !entry.name().equals("TextGeneration")) // CarriedStepsAgreeTest has it
        .flatMap(
            entry ->
                entry
                    .recurrences()
                    .filter(recurrence -> recurrence != Recurrence.PEEPHOLE_LSTM) // no kernel
                    .flatMap(
                        recurrence ->
                            options().entrySet().stream()
                                .filter(
                                    option -> !drawsOtherwise(entry, recurrence, option.getKey()))
                                .map(
                                    option ->
                                        Arguments.of(
                                            entry,
                                            recurrence,
                                            option.getKey(),
                                            option.getValue()))));
  }

  /**
   * Deeplearning4j's LastTimeStepVertex draws a random number where there is a mask, and with its
   * RnnOutputLayer other numbers are dropped than with ours.
   */
  private static boolean drawsOtherwise(EntryCase entry, Recurrence recurrence, String option) {
    boolean last =
        entry.name().equals("TextClassification")
            && (recurrence == Recurrence.LSTM || recurrence == Recurrence.SIMPLE_RNN);
    return option.equals("dropout") && (last || entry.name().equals("SequenceAutoencoder"));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("entries")
  void givesWhatDeeplearning4jGives(
      EntryCase entry, Recurrence recurrence, String name, Consumer<NetworkOptions<?>> option) {
    NetworkOptions<?> options = entry.builder(recurrence);
    option.accept(options);
    assertSame(options, entry.rows().get());
  }

  /** Where tokens occur often, recurrent layers multiply each once. */
  @ParameterizedTest
  @MethodSource("repetitions")
  void multipliesATokenOnce(Recurrence recurrence, boolean bidirectional, Pooling pooling) {
    TextClassification.Builder options =
        TextClassification.builder()
            .recurrence(recurrence)
            .vocabularySize(6)
            .classes(3)
            .embeddingSize(40)
            .hiddenSize(6)
            .bidirectional(bidirectional)
            .pooling(pooling);
    Random random = new Random(7);
    int[] lengths = {12, 1, 7, 12, 5};
    INDArray tokens = Nd4j.create(DataType.FLOAT, lengths.length, 12);
    INDArray mask = Nd4j.create(DataType.FLOAT, lengths.length, 12);
    INDArray labels = Nd4j.create(DataType.FLOAT, lengths.length, 3);
    for (int row = 0; row < lengths.length; row++) {
      for (int t = 0; t < lengths[row]; t++) {
        tokens.putScalar(row, t, 1 + random.nextInt(5));
        mask.putScalar(row, t, 1);
      }
      labels.putScalar(row, random.nextInt(3), 1);
    }
    assertTrue(new EmbeddingGradient(6, 40).isWorthTable(tokens.data().asInt()));
    assertSame(
        options,
        new MultiDataSet(
            new INDArray[] {tokens},
            new INDArray[] {labels},
            new INDArray[] {mask},
            new INDArray[] {null}));
  }

  static Stream<Arguments> repetitions() {
    return recurrences()
        .flatMap(
            recurrence ->
                Stream.of(false, true)
                    .flatMap(
                        both ->
                            Stream.of(Pooling.values())
                                .map(pooling -> Arguments.of(recurrence, both, pooling))));
  }

  static Stream<Recurrence> recurrences() {
    return Stream.of(Recurrence.values()).filter(r -> r != Recurrence.PEEPHOLE_LSTM);
  }

  @ParameterizedTest
  @MethodSource("recurrences")
  void poolsAndReadsEvidence(Recurrence recurrence) {
    TextClassification.Builder options =
        TextClassification.builder()
            .recurrence(recurrence)
            .vocabularySize(12)
            .classes(3)
            .embeddingSize(5)
            .hiddenSize(6)
            .layers(2)
            .bidirectional(true)
            .pooling(Pooling.CONCAT)
            .evidence(Evidence.NAIVE_BAYES)
            .dropout(0.3);
    MultiDataSet rows = EntryCase.all().findFirst().orElseThrow().rows().get();
    INDArray tokens = rows.getFeatures(0);
    float[][] evidence = new float[(int) tokens.size(0)][3];
    Random random = new Random(1);
    for (float[] row : evidence) {
      for (int c = 0; c < row.length; c++) {
        row[c] = (float) random.nextGaussian();
      }
    }
    assertSame(
        options,
        new MultiDataSet(
            new INDArray[] {tokens, Nd4j.create(evidence)},
            rows.getLabels(),
            new INDArray[] {rows.getFeaturesMaskArray(0), null},
            null));
  }

  @ParameterizedTest(name = "{0} quantiles {1} both directions {2}")
  @CsvSource({"LSTM,false,false", "GRU,true,false", "RRNN,false,true", "SIMPLE_RNN,true,true"})
  void forecastsManySeriesWithInputsAhead(Recurrence recurrence, boolean quantiles, boolean both) {
    SequenceForecasting.Builder options =
        SequenceForecasting.builder()
            .recurrence(recurrence)
            .inputSize(3)
            .horizon(4)
            .targets(1)
            .futureSize(2)
            .series(5)
            .seriesEmbeddingSize(3)
            .quantiles(quantiles ? List.of(0.1, 0.9) : List.of())
            .hiddenSize(6)
            .layers(2)
            .bidirectional(both);
    Nd4j.getRandom().setSeed(4);
    INDArray labels = Nd4j.rand(DataType.FLOAT, 6, quantiles ? 3 : 1, 4);
    INDArray names = Nd4j.createFromArray(new float[][] {{0}, {5}, {1}, {1}, {3}, {2}});
    INDArray series = Nd4j.rand(DataType.FLOAT, 6, 3, 7);
    INDArray ahead = Nd4j.rand(DataType.FLOAT, 6, 2, 4);
    for (INDArray mask : new INDArray[] {null, withGaps(6, 4)}) {
      assertSame(
          options,
          new MultiDataSet(
              new INDArray[] {series, ahead, names},
              new INDArray[] {labels},
              null,
              mask == null ? null : new INDArray[] {mask}));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LSTM", "RRNN"})
  void whatIsFrozenStays(Recurrence recurrence) {
    EntryCase pairs =
        EntryCase.all()
            .filter(entry -> entry.name().equals("SequenceToSequence"))
            .findFirst()
            .orElseThrow();
    NetworkOptions<?> options = pairs.builder(recurrence);
    ComputationGraph plain = frozen(network(options, "off"));
    ComputationGraph onKernels = frozen(network(options, "on"));
    INDArray attention = onKernels.getVertex("attention").params().dup();
    double[] expected = train(plain, pairs.rows().get(), network -> 0.0);
    double[] scores = train(onKernels, pairs.rows().get(), network -> 0.0);
    assertEquals("StepGradient", onKernels.gradient().getClass().getSimpleName());
    assertArrayEquals(expected, scores, 1e-4 * expected[0]);
    assertClose(plain.params(), onKernels.params(), 1e-4);
    assertEquals(attention, onKernels.getVertex("attention").params());
  }

  /** All but the output layer. */
  private static ComputationGraph frozen(ComputationGraph network) {
    GraphVertex[] vertices = network.getVertices();
    for (int i = 0; i < vertices.length; i++) {
      boolean output = vertices[i].getVertexName().equals(SequenceToSequence.SYMBOLS);
      if (!vertices[i].isInputVertex() && !output) {
        vertices[i] = new FrozenVertex(vertices[i]);
      }
    }
    network.setUpdater(new ComputationGraphUpdater(network));
    return network;
  }

  private static INDArray withGaps(int rows, int steps) {
    INDArray mask = Nd4j.ones(DataType.FLOAT, rows, steps);
    mask.putScalar(1, 0, 0);
    mask.putScalar(2, 3, 0);
    return mask;
  }

  /** What Deeplearning4j leaves out of the score: the penalties of vertices that are no layers. */
  private static double penalties(ComputationGraph network) {
    double sum = 0;
    for (GraphVertex vertex : network.getVertices()) {
      if (!vertex.hasLayer() && vertex.numParams() > 0) {
        for (Map.Entry<String, INDArray> entry : vertex.paramTable(false).entrySet()) {
          List<Regularization> penalties =
              vertex.getConfig().getRegularizationByParam(entry.getKey());
          for (Regularization penalty : penalties == null ? List.<Regularization>of() : penalties) {
            sum += penalty.score(entry.getValue(), 0, 0);
          }
        }
      }
    }
    return sum;
  }

  private static void assertSame(NetworkOptions<?> options, MultiDataSet rows) {
    ComputationGraph plain = network(options, "off");
    ComputationGraph onKernels = network(options, "on");
    assertEquals(Optional.empty(), TrainingStep.obstacle(onKernels));
    double[] expected = train(plain, rows, TrainingStepTest::penalties);
    double[] scores = train(onKernels, rows, network -> 0.0);
    assertEquals("StepGradient", onKernels.gradient().getClass().getSimpleName());
    for (int i = 0; i < scores.length; i++) {
      assertEquals(expected[i], scores[i], 1e-4 * Math.max(1, expected[i]), "score " + i);
    }
    assertClose(plain.params(), onKernels.params(), 1e-4);
    INDArray state = plain.getUpdater().getStateViewArray();
    assertClose(state, onKernels.getUpdater().getStateViewArray(), 1e-3);
    assertEquals(plain.getIterationCount(), onKernels.getIterationCount());
  }

  private static ComputationGraph network(NetworkOptions<?> options, String step) {
    String before = System.getProperty(FusedKernels.STEP);
    System.setProperty(FusedKernels.STEP, step);
    try {
      return options.build().init();
    } finally {
      if (before == null) {
        System.clearProperty(FusedKernels.STEP);
      } else {
        System.setProperty(FusedKernels.STEP, before);
      }
    }
  }

  /** All rows and the first two in turn. */
  private static double[] train(
      ComputationGraph network, MultiDataSet rows, ToDoubleFunction<ComputationGraph> missing) {
    Nd4j.getRandom().setSeed(5);
    MultiDataSet two =
        new MultiDataSet(
            firstTwo(rows.getFeatures()),
            firstTwo(rows.getLabels()),
            firstTwo(rows.getFeaturesMaskArrays()),
            firstTwo(rows.getLabelsMaskArrays()));
    double[] scores = new double[4];
    for (int i = 0; i < scores.length; i++) {
      double more = missing.applyAsDouble(network);
      network.fit(i % 2 == 0 ? rows : two);
      scores[i] = network.score() + more;
    }
    return scores;
  }

  private static INDArray[] firstTwo(INDArray[] arrays) {
    if (arrays == null) {
      return null;
    }
    IdentityHashMap<INDArray, INDArray> known = new IdentityHashMap<>(); // inputs may share a mask
    return Arrays.stream(arrays)
        .map(
            array ->
                array == null
                    ? null
                    : known.computeIfAbsent(
                        array, whole -> whole.get(NDArrayIndex.interval(0, 2)).dup('c')))
        .toArray(INDArray[]::new);
  }

  /** A tenth of a learning rate may come from rounding where a gradient is nearly zero. */
  private static void assertClose(INDArray expected, INDArray actual, double tolerance) {
    double difference = expected.sub(actual).amaxNumber().doubleValue();
    assertTrue(difference <= tolerance, "differs by " + difference);
  }
}
