package io.github.recurrentzoo.zoo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.preset.Optimizer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class UpdatersTest {

  static Stream<IUpdater> updaters() {
    return Stream.of(
        new Adam(0.004),
        new Adam(0.004, 0.8, 0.99, 1e-6),
        new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 0.004, 0.7)),
        new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.004, 0.999)),
        new Adam(new StepSchedule(ScheduleType.EPOCH, 0.1, 0.5, 3)),
        new Sgd(new PolySchedule(ScheduleType.ITERATION, 0.1, 2, 100)),
        new Sgd(new InverseSchedule(ScheduleType.EPOCH, 0.1, 0.5, 2)),
        new Sgd(new MapSchedule.Builder(ScheduleType.EPOCH).add(0, 0.1).add(3, 0.01).build()),
        new Sgd(0.1),
        new Nesterovs(0.1, 0.8),
        new RmsProp(0.01),
        new AdaGrad(0.01),
        new AdaMax(0.01),
        new Nadam(0.01),
        new AMSGrad(0.01),
        new AdaDelta(),
        new NoOp());
  }

  /** What is written as JSON gives the same updater when it is read. */
  @ParameterizedTest
  @MethodSource("updaters")
  void anUpdaterComesBack(IUpdater updater) throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(Updaters.describeAsMap(updater));
    assertTrue(!text.contains("NaN") && !text.contains("org.nd4j"), text);
    assertEquals(updater, Updaters.of(json.readValue(text, Optimizer.class)), text);
  }

  @Test
  void decayByEpochIsANumber() {
    Optimizer optimizer =
        Updaters.describe(new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 0.004, 0.7)));
    assertEquals("Adam", optimizer.name());
    assertEquals(0.004, optimizer.learningRate());
    assertEquals(0.7, optimizer.learningRateDecay());
    assertEquals(Map.of("beta1", 0.9, "beta2", 0.999, "epsilon", 1e-8), optimizer.settings());
  }

  @Test
  void whatIsLeftOutIsNd4js() {
    assertEquals(new Adam(0.01), Updaters.of(Optimizer.adam(0.01, 1)));
    assertEquals(new Nesterovs(0.01, 0.9), Updaters.of(new Optimizer("Nesterovs", 0.01, 1, null)));
    assertEquals(new Sgd(), Updaters.of(new Optimizer("Sgd", null, 1, null)));
  }

  @Test
  void whatThereIsNotIsRefused() {
    assertRefused("Adams", new Optimizer("Adams", 0.1, 1, null));
    assertRefused("java.lang.String", new Optimizer("java.lang.String", 0.1, 1, null));
    assertRefused("beta3", new Optimizer("Adam", 0.1, 1, Map.of("beta3", 0.1)));
    assertRefused(
        "Schedules",
        new Optimizer("Sgd", 0.1, 1, Map.of("learningRateSchedule", Map.of("name", "Schedules"))));
    assertRefused("learning rate", new Optimizer("Adam", null, 0.5, null));
    assertRefused("learning rate", new Optimizer("AdaDelta", 0.1, 1, null));
  }

  private static void assertRefused(String named, Optimizer optimizer) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Updaters.of(optimizer)).getMessage();
    assertTrue(message.contains(named), message);
  }
}
