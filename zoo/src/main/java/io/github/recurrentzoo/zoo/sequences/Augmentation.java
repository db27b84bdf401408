package io.github.recurrentzoo.zoo.sequences;

import java.util.Arrays;
import java.util.Random;

/**
 * Changes a sequence each time that it is learned from: a piece of it, each channel larger or
 * smaller, noise. Missing values stay missing.
 *
 * @param channels D
 * @param jitter the standard deviation of the noise
 * @param scaling the standard deviation of each channel's factor, whose mean is 1
 * @param window the fraction of the steps that is read
 */
record Augmentation(int channels, double jitter, double scaling, double window) {

  boolean isNone() {
    return jitter == 0 && scaling == 0 && window == 1;
  }

  /**
   * Another sequence.
   *
   * @param numbers scaled, [T][S] in one array, S being D, or 2D with marks of missing values
   * @param size S
   */
  float[] of(float[] numbers, int size, Random random) {
    int steps = numbers.length / size;
    int kept = Math.max(1, (int) Math.round(steps * window));
    int from = kept < steps ? random.nextInt(steps - kept + 1) : 0;
    float[] changed = Arrays.copyOfRange(numbers, from * size, (from + kept) * size);
    double[] factors = new double[channels];
    Arrays.setAll(factors, c -> scaling > 0 ? 1 + scaling * normal(random) : 1);
    for (int t = 0; t < kept; t++) {
      for (int c = 0; c < channels; c++) {
        boolean missing = size > channels && changed[t * size + channels + c] == 1;
        double noise = jitter > 0 ? jitter * normal(random) : 0;
        if (!missing) {
          changed[t * size + c] = (float) (changed[t * size + c] * factors[c] + noise);
        }
      }
    }
    return changed;
  }

  /** By Box and Muller; Random keeps every second number, which no checkpoint would hold. */
  private static double normal(Random random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
