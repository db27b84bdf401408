package io.github.recurrentzoo.cli.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.compare.MemoryTask.Sequences;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingProgress.EpochEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;

class MemoryTaskTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 51})
  void addingMarksOneNumberInEachHalfAndAsksForTheirSum(int length) {
    Sequences drawn = MemoryTask.ADDING.draw(length, 20, new Random(3));
    assertArrayEquals(new long[] {20, 2, length}, drawn.inputs().shape());
    for (int b = 0; b < 20; b++) {
      double sum = 0;
      int marked = 0;
      for (int t = 0; t < length; t++) {
        double mark = drawn.inputs().getDouble(b, 1, t);
        double number = drawn.inputs().getDouble(b, 0, t);
        assertTrue(number >= 0 && number < 1);
        if (mark == 1) {
          marked += t < length / 2 ? 1 : 100;
          sum += number;
        }
      }
      assertEquals(101, marked, "one in each half");
      assertEquals(sum, drawn.labels().getDouble(b, 0), 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 30})
  void copyAsksForTheSymbolsAfterTheSign(int length) {
    Sequences drawn = MemoryTask.COPY.draw(length, 5, new Random(3));
    int steps = length + 20;
    assertArrayEquals(new long[] {5, 10, steps}, drawn.inputs().shape());
    for (int b = 0; b < 5; b++) {
      for (int t = 0; t < steps; t++) {
        int input = symbol(drawn.inputs(), b, t);
        int label = symbol(drawn.labels(), b, t);
        assertEquals(t == length + 9, input == 9, "the sign at step " + t);
        assertEquals(t < 10, input < 8, "symbols first");
        assertEquals(
            t < length + 10 ? 8 : symbol(drawn.inputs(), b, t - length - 10), label, "step " + t);
      }
    }
  }

  private static int symbol(INDArray oneHot, int b, int t) {
    int found = -1;
    for (int v = 0; v < 10; v++) {
      if (oneHot.getDouble(b, v, t) == 1) {
        assertEquals(-1, found, "one symbol a step");
        found = v;
      }
    }
    return found;
  }

  /** The error of the best constant answer, measured on many draws. */
  @Test
  void chanceLevelsAreThoseOfAnswersWithoutMemory() {
    INDArray sums = MemoryTask.ADDING.draw(20, 50_000, new Random(1)).labels();
    double error = sums.sub(1).norm2Number().doubleValue();
    assertEquals(MemoryTask.ADDING.chance(20), error * error / 50_000, 2e-3);
    assertEquals(1.0 / 6, MemoryTask.ADDING.chance(20), 1e-12);
    assertEquals(10 * Math.log(8) / 50, MemoryTask.COPY.chance(30), 1e-12);
  }

  @Tag("learning")
  @ParameterizedTest
  @EnumSource(MemoryTask.class)
  void anUntrainedNetworkIsNoBetterThanChanceAndTrainingHelps(MemoryTask task) {
    int length = task == MemoryTask.ADDING ? 6 : 2;
    int rounds = task == MemoryTask.ADDING ? 4 : 16;
    List<EpochEvent> epochs = new ArrayList<>();
    MemoryNetwork.Errors errors =
        MemoryNetwork.builder(task)
            .hiddenSize(32)
            .updater(new Adam(0.01))
            .build()
            .train(
                length,
                100,
                TrainingOptions.builder().epochs(rounds).batchSize(50).patience(1).seed(42).build(),
                new TrainingProgress() {
                  @Override
                  public void onEpoch(EpochEvent event) {
                    epochs.add(event);
                  }
                });
    assertEquals(rounds, epochs.size(), "all epochs, whatever the patience");
    assertEquals(epochs.get(rounds - 1).validationLoss(), errors.validation(), 0);
    double chance = errors.test() / task.chance(length);
    assertTrue(chance < 0.8, "error / chance for " + task + ": " + chance);
    double first = errors.test() / epochs.get(0).validationLoss();
    assertTrue(first < 1, "error / error after one epoch for " + task + ": " + first);
    assertNotEquals(errors.validation(), errors.test(), "other sequences");
  }

  @Test
  void theErrorIsThatOfTheNetworksAnswers() {
    for (MemoryTask task : MemoryTask.values()) {
      var network = MemoryNetwork.builder(task).hiddenSize(4).updater(new Sgd(0)).l2(0.1);
      double measured =
          network
              .build()
              .train(5, 1, TrainingOptions.builder().epochs(1).build(), TrainingProgress.SILENT)
              .test();
      var graph = network.build().init();
      Random random = new Random(1);
      double sum = 0;
      for (int i = 0; i < 10; i++) {
        Sequences drawn = task.draw(5, 100, random);
        INDArray answer = graph.output(drawn.inputs())[0];
        sum +=
            task == MemoryTask.ADDING
                ? answer.sub(drawn.labels()).norm2Number().doubleValue()
                    * answer.sub(drawn.labels()).norm2Number().doubleValue()
                    / 100
                : -Transforms.log(answer.dup('c'))
                        .mul(drawn.labels().dup('c'))
                        .sumNumber()
                        .doubleValue()
                    / (100 * 25);
      }
      assertEquals(sum / 10, measured, 1e-5, task.name());
    }
  }

  @Test
  void thereAreNoPresets() {
    MemoryNetwork network = MemoryNetwork.builder(MemoryTask.COPY).build();
    assertFalse(network.pretrainedAvailable());
    String message =
        assertThrows(UnsupportedOperationException.class, network::initPretrained).getMessage();
    assertTrue(message.contains("MemoryNetwork"), message);
    assertThrows(
        UnsupportedOperationException.class,
        () -> MemoryNetwork.builder(MemoryTask.COPY).preset("wordnet-lstm"));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    MemoryNetwork network = MemoryNetwork.builder(MemoryTask.COPY).build();
    TrainingOptions options = TrainingOptions.builder().build();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> network.train(1, 1, options, TrainingProgress.SILENT))
            .getMessage();
    assertTrue(message.contains("length must be 2 at least"), message);
    assertThrows(
        IllegalArgumentException.class,
        () -> network.train(5, 0, options, TrainingProgress.SILENT));
    TrainingOptions teacher = TrainingOptions.builder().teacherForcing(0.5).build();
    message =
        assertThrows(
                IllegalArgumentException.class,
                () -> network.train(5, 1, teacher, TrainingProgress.SILENT))
            .getMessage();
    assertTrue(message.contains("teacherForcing"), message);
  }
}
