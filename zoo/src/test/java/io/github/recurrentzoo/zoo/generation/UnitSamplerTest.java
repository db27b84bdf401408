package io.github.recurrentzoo.zoo.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UnitSamplerTest {

  private static final int DRAWS = 20_000;
  private static final float[] PROBABILITIES = {0.5f, 0.05f, 0.25f, 0.2f};

  private static double[] frequencies(GenerationOptions.Builder options) {
    UnitSampler sampler = new UnitSampler(options.build(), 1);
    double[] frequencies = new double[PROBABILITIES.length];
    for (int i = 0; i < DRAWS; i++) {
      frequencies[sampler.choose(PROBABILITIES.clone())] += 1.0 / DRAWS;
    }
    return frequencies;
  }

  private static GenerationOptions.Builder options() {
    return GenerationOptions.builder();
  }

  @Test
  void theUnknownCharacterIsNeverDrawn() {
    assertArrayEquals(new double[] {0, 0.1, 0.5, 0.4}, frequencies(options().temperature(1)), 0.02);
  }

  @Test
  void temperature() {
    assertArrayEquals(new double[] {0, 0, 1, 0}, frequencies(options().temperature(0)), 1e-9);
    double sum = 0.05 * 0.05 + 0.25 * 0.25 + 0.2 * 0.2;
    assertArrayEquals(
        new double[] {0, 0.05 * 0.05 / sum, 0.25 * 0.25 / sum, 0.2 * 0.2 / sum},
        frequencies(options().temperature(0.5)),
        0.02);
    assertArrayEquals(
        new double[] {0, 1 / 3.0, 1 / 3.0, 1 / 3.0}, frequencies(options().temperature(1e6)), 0.02);
  }

  @Test
  void topK() {
    assertArrayEquals(
        new double[] {0, 0, 5 / 9.0, 4 / 9.0}, frequencies(options().temperature(1).topK(2)), 0.02);
    assertArrayEquals(
        new double[] {0, 0, 1, 0}, frequencies(options().temperature(1).topK(1)), 1e-9);
    assertArrayEquals(
        frequencies(options().temperature(1)), frequencies(options().temperature(1).topK(99)));
  }

  /** Without the unknown character, 2 has 0.5, 3 has 0.4 and 1 has 0.1. */
  @Test
  void topP() {
    double[] two = {0, 0, 5 / 9.0, 4 / 9.0};
    assertArrayEquals(two, frequencies(options().temperature(1).topP(0.6)), 0.02);
    assertArrayEquals(two, frequencies(options().temperature(1).topP(0.85)), 0.02);
    assertArrayEquals(
        new double[] {0, 0, 1, 0}, frequencies(options().temperature(1).topP(0.45)), 1e-9);
    assertArrayEquals(
        frequencies(options().temperature(1)), frequencies(options().temperature(1).topP(0.95)));
    assertArrayEquals(
        new double[] {0, 0, 1, 0}, frequencies(options().temperature(1).topK(2).topP(0.5)), 1e-9);
    for (double impossible : new double[] {0, -0.1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> options().topP(impossible).build());
    }
  }

  @Test
  void theSeedTells() {
    assertArrayEquals(frequencies(options().seed(1)), frequencies(options().seed(1)));
    assertTrue(frequencies(options().seed(1))[2] != frequencies(options().seed(2))[2]);
  }

  @Test
  void tinyAndZeroProbabilities() {
    UnitSampler sampler = new UnitSampler(options().temperature(0.05).build(), 1);
    assertEquals(2, sampler.choose(new float[] {1, 0, 1e-38f, 0}));
    assertEquals(1, sampler.choose(new float[] {1, 0, 0, 0}));
  }

  @Test
  void impossibleOptions() {
    refused(options().length(-1), "length", "-1");
    refused(options().temperature(-0.5), "temperature", "-0.5");
    refused(options().temperature(Double.NaN), "temperature", "NaN");
    refused(options().topK(-2), "topK", "-2");
    refused(options().stopAt(-3), "stopAt", "-3");
  }

  private static void refused(GenerationOptions.Builder options, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, options::build).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  /** Of 1, 2 and 3, the last one has been written. */
  @Test
  void repetitionsBecomeLessLikely() {
    UnitSampler sampler = new UnitSampler(options().temperature(1).repetitionPenalty(2).build(), 1);
    sampler.penalise(3);
    double[] frequencies = new double[PROBABILITIES.length];
    for (int i = 0; i < DRAWS; i++) {
      frequencies[sampler.choose(PROBABILITIES.clone())] += 1.0 / DRAWS;
    }
    double sum = 0.05 + 0.25 + 0.2 * 0.2;
    assertArrayEquals(new double[] {0, 0.05 / sum, 0.25 / sum, 0.2 * 0.2 / sum}, frequencies, 0.02);
    UnitSampler greedy =
        new UnitSampler(options().temperature(0).repetitionPenalty(1.5).build(), 1);
    assertEquals(2, greedy.choose(PROBABILITIES.clone()));
    greedy.penalise(2);
    assertEquals(3, greedy.choose(PROBABILITIES.clone()), "0.25^1.5 is 0.125");
    assertThrows(IllegalArgumentException.class, () -> options().repetitionPenalty(0.9).build());
    assertThrows(
        IllegalArgumentException.class, () -> options().repetitionPenalty(Double.NaN).build());
  }
}
