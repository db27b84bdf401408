package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Step by step against ND4J's own Adam. */
class FusedAdamTest {

  private static AdamUpdater plain(int size) {
    Adam config =
        new Adam.Builder()
            .learningRateSchedule(new StepSchedule(ScheduleType.ITERATION, 0.01, 0.5, 7))
            .beta1(0.8)
            .beta2(0.99)
            .epsilon(1e-6)
            .build();
    return (AdamUpdater) config.instantiate(Nd4j.create(DataType.FLOAT, 1, 2L * size), true);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 2047, 2048, 2049, 100_003})
  void stepsAreThoseOfNd4j(int size) {
    AdamUpdater expected = plain(size);
    FusedAdam actual = new FusedAdam(plain(size));
    Random random = new Random(size);
    double largest = 0;
    for (int iteration = 0; iteration < 20; iteration++) {
      float[] gradient = new float[size];
      for (int i = 0; i < size; i++) {
        gradient[i] = i % 3 == 0 ? 0 : (random.nextFloat() - 0.3f) * (i % 7);
      }
      INDArray g1 = Nd4j.createFromArray(gradient);
      INDArray g2 = Nd4j.createFromArray(gradient);
      expected.applyUpdater(g1, iteration, 0);
      actual.applyUpdater(g2, iteration, 0);
      largest = Math.max(largest, g1.amaxNumber().doubleValue());
      assertEquals(0.0, g1.sub(g2).amaxNumber().doubleValue(), 1e-7, "iteration " + iteration);
    }
    assertTrue(size == 1 || largest > 1e-3, "steps were taken");
    expected
        .getState()
        .forEach((key, state) -> assertEquals(state, actual.getState().get(key), key));
  }
}
