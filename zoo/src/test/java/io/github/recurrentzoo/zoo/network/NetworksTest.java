package io.github.recurrentzoo.zoo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.recurrentzoo.zoo.classification.TextClassification;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class NetworksTest {
  private static final INDArray INPUT = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {8, 0, 5}});
  private static final INDArray LABELS = Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 0, 1}});

  private static ComputationGraph network(Recurrence recurrence) {
    return TextClassification.builder()
        .recurrence(recurrence)
        .vocabularySize(9)
        .embeddingSize(3)
        .hiddenSize(4)
        .classes(3)
        .updater(new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.05, 0.5)))
        .build()
        .init();
  }

  private static void step(ComputationGraph network) {
    network.fit(new INDArray[] {INPUT}, new INDArray[] {LABELS});
  }

  /** Moments, their correction and the schedule are those of the original. */
  @ParameterizedTest
  @EnumSource
  void aCopyGoesOnAsTheOriginalWould(Recurrence recurrence) {
    ComputationGraph original = network(recurrence);
    for (int i = 0; i < 4; i++) {
      step(original);
    }
    ComputationGraph copy = Networks.copyToTrainOn(original);
    INDArray before = original.params().dup();
    step(copy);
    assertEquals(before, original.params(), "the original stays");
    step(original);
    assertEquals(original.params(), copy.params());
    assertNotEquals(before, copy.params());
  }

  @ParameterizedTest
  @EnumSource
  void oneThatIsOnlyAskedHasNoUpdatersState(Recurrence recurrence) {
    ComputationGraph original = network(recurrence);
    step(original);
    ComputationGraph sharing = Networks.sharing(original);
    assertNull(sharing.getUpdater().getStateViewArray());
    assertEquals(original.outputSingle(INPUT), sharing.outputSingle(INPUT));
    step(original);
    assertEquals(original.outputSingle(INPUT), sharing.outputSingle(INPUT), "the same parameters");
  }

  /** Saved files, and whether a training may go on, must not depend on what was asked before. */
  @ParameterizedTest
  @EnumSource
  void aQuestionLeavesTheConfigurationAsItIs(Recurrence recurrence) {
    ComputationGraph network = network(recurrence);
    String before = network.getConfiguration().toJson();
    network.outputSingle(INPUT);
    assertEquals(before, network.getConfiguration().toJson());
  }
}
