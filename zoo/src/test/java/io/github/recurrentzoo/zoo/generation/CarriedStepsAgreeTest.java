package io.github.recurrentzoo.zoo.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Segments trained by the step on kernels, from ids, and by Deeplearning4j, one-hot: the same. */
class CarriedStepsAgreeTest {

  private static final int VOCABULARY = 9;
  private static final int SEGMENT = 5;
  private static final int STREAMS = 3;
  private static final int[] IDS =
      new Random(5).ints(STREAMS * 6 * SEGMENT - 2, 0, VOCABULARY).toArray(); // the last is shorter

  private static Map<String, Consumer<TextGeneration.Builder>> options() {
    Map<String, Consumer<TextGeneration.Builder>> options = new LinkedHashMap<>();
    options.put("plain", o -> {});
    options.put("two layers", o -> o.layers(2));
    options.put("penalties", o -> o.l1(1e-3).l2(1e-2));
    options.put("clipped norm", o -> o.clipNorm(0.05));
    options.put("large embedding", o -> o.embeddingSize(80)); // each symbol is multiplied once
    options.put("dropout", o -> o.layers(2).dropout(0.3));
    options.put(
        "schedule",
        o -> o.updater(new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.01, 0.5))));
    options.put("another optimizer", o -> o.updater(new RmsProp(1e-3)));
    return options;
  }

  static Stream<Arguments> cases() {
    return Stream.of(Recurrence.values())
        .filter(Recurrence::servesTruncatedBptt)
        .flatMap(
            recurrence ->
                options().entrySet().stream()
                    .map(option -> Arguments.of(recurrence, option.getKey(), option.getValue())));
  }

  private static ComputationGraph network(
      Recurrence recurrence, int vocabulary, Consumer<TextGeneration.Builder> option, String step) {
    TextGeneration.Builder builder =
        TextGeneration.builder()
            .recurrence(recurrence)
            .vocabularySize(vocabulary)
            .embeddingSize(4)
            .hiddenSize(6)
            .segmentLength(SEGMENT);
    option.accept(builder);
    System.setProperty(FusedKernels.STEP, step);
    try {
      return builder.build().init();
    } finally {
      System.clearProperty(FusedKernels.STEP);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void stepsAreThoseOfDeeplearning4j(
      Recurrence recurrence, String name, Consumer<TextGeneration.Builder> option) {
    ComputationGraph plain = network(recurrence, VOCABULARY, option, "off");
    ComputationGraph onKernels = network(recurrence, VOCABULARY, option, "on");
    double[] expected = train(plain, false);
    double[] losses = train(onKernels, true);
    assertEquals("StepGradient", onKernels.gradient().getClass().getSimpleName());
    for (int i = 0; i < losses.length; i++) {
      assertEquals(expected[i], losses[i], 1e-4 * expected[i], "segment " + i);
    }
    assertClose(plain.params(), onKernels.params(), 1e-4);
    assertClose(
        plain.getUpdater().getStateViewArray(), onKernels.getUpdater().getStateViewArray(), 1e-3);
    Map<String, INDArray> carried = new CarriedSteps(onKernels).state();
    Map<String, INDArray> carriedBy = new CarriedSteps(plain).state();
    assertEquals(carriedBy.keySet(), carried.keySet());
    carriedBy.forEach((key, state) -> assertClose(state, carried.get(key), 1e-4));
    assertEquals(plain.getIterationCount(), onKernels.getIterationCount());
  }

  private static double[] train(ComputationGraph network, boolean ids) {
    Nd4j.getRandom().setSeed(5);
    UnitStreams text = UnitStreams.whole(IDS, STREAMS, SEGMENT);
    CarriedSteps steps = new CarriedSteps(network);
    steps.reset();
    double[] losses = new double[text.segments()];
    for (int segment = 0; segment < losses.length; segment++) {
      if (segment == 2) {
        steps.reset(1);
      }
      if (segment == 4) {
        steps.restore(steps.state(), STREAMS);
      }
      int[][] next = text.next(segment);
      INDArray labels = ids ? steps.labels(next) : UnitStreams.oneHot(next, VOCABULARY);
      assertEquals(ids ? 1 : VOCABULARY, labels.size(1));
      losses[segment] = steps.train(UnitStreams.array(text.inputs(segment)), labels);
    }
    return losses;
  }

  @ParameterizedTest
  @EnumSource(names = {"SIMPLE_RNN", "LSTM", "GRU", "RRNN", "RRNN_UPDATED"})
  void teacherForcingReplacesTheSame(Recurrence recurrence) {
    String text = "abcdefg gfedcba ".repeat(20);
    CharacterVocabulary vocabulary = CharacterVocabulary.of(text, 50);
    double[][] losses = new double[2][];
    for (int i = 0; i < 2; i++) {
      ComputationGraph network =
          network(recurrence, vocabulary.size(), o -> {}, i == 0 ? "off" : "on");
      GenerationTask task =
          new GenerationTask(
              network,
              UnitStreams.whole(vocabulary.ids(text), 4, SEGMENT),
              new CharacterUnits(vocabulary).encode(text),
              new CharacterUnits(vocabulary),
              4,
              TrainingOptions.builder().teacherForcing(0.5).build());
      losses[i] =
          task.epoch(1, new Random(1)).stream()
              .mapToDouble(segment -> segment.train(network).loss())
              .toArray();
    }
    for (int segment = 0; segment < losses[0].length; segment++) {
      assertEquals(losses[0][segment], losses[1][segment], 1e-4, "segment " + segment);
    }
  }

  /** A tenth of a learning rate may come from rounding where a gradient is nearly zero. */
  private static void assertClose(INDArray expected, INDArray actual, double tolerance) {
    double difference = expected.sub(actual).amaxNumber().doubleValue();
    assertTrue(difference <= tolerance, "differs by " + difference);
  }
}
