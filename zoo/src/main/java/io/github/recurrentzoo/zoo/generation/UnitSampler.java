package io.github.recurrentzoo.zoo.generation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** Chooses ids by their probabilities; never a reserved one. */
final class UnitSampler {
  private final int first;
  private final double temperature;
  private final int topK;
  private final double topP;
  private final double repetitionPenalty;
  private final BitSet repeated = new BitSet(); // what makes itself less likely
  private final Random random;

  /**
   * For one text.
   *
   * @param first the smallest id that may be chosen
   */
  UnitSampler(GenerationOptions options, int first) {
    this.first = first;
    temperature = options.temperature();
    topK = options.topK();
    topP = options.topP();
    repetitionPenalty = options.repetitionPenalty();
    random = new Random(options.seed());
  }

  /** From now on an id is a repetition. */
  void penalise(int id) {
    repeated.set(id);
  }

  private float[] penalised(float[] probabilities) {
    if (repetitionPenalty == 1 || repeated.isEmpty()) {
      return probabilities;
    }
    float[] penalised = probabilities.clone();
    repeated.stream()
        .forEach(id -> penalised[id] = (float) Math.pow(penalised[id], repetitionPenalty));
    return penalised;
  }

  /**
   * An id from the first on.
   *
   * @param answered probabilities, [V]
   */
  int choose(float[] answered) {
    float[] probabilities = penalised(answered);
    int best = likeliest(probabilities);
    if (temperature == 0 || topK == 1) {
      return best;
    }
    double largest = Math.max(probabilities[best], Float.MIN_NORMAL);
    boolean[] kept = kept(probabilities);
    double[] weights = new double[probabilities.length];
    double sum = 0;
    for (int id = first; id < weights.length; id++) {
      if (kept == null || kept[id]) {
        double relative = probabilities[id] / largest;
        weights[id] = temperature == 1 ? relative : Math.exp(Math.log(relative) / temperature);
        sum += weights[id];
      }
    }
    if (topP < 1) {
      sum = keepNucleus(weights, topP * sum);
    }
    double left = random.nextDouble() * sum;
    for (int id = first; id < weights.length; id++) {
      left -= weights[id];
      if (left < 0) {
        return id;
      }
    }
    return best; // by rounding, or where all is 0
  }

  /**
   * Sets all weights to 0 but the largest, as few as have a sum of at least {@code share}; of
   * equals the lower id is kept first.
   *
   * @return the sum of those that are kept
   */
  private double keepNucleus(double[] weights, double share) {
    int[] order =
        IntStream.range(first, weights.length)
            .boxed()
            .sorted(Comparator.comparingDouble(id -> -weights[id]))
            .mapToInt(id -> id)
            .toArray();
    double kept = 0;
    for (int id : order) {
      if (kept >= share) {
        weights[id] = 0;
      }
      kept += weights[id];
    }
    return kept;
  }

  private int likeliest(float[] probabilities) {
    int best = first;
    for (int id = first + 1; id < probabilities.length; id++) {
      if (probabilities[id] > probabilities[best]) {
        best = id;
      }
    }
    return best;
  }

  /** The topK likeliest ids, the lower one of equals first; null for all. */
  private boolean[] kept(float[] probabilities) {
    if (topK == 0 || topK >= probabilities.length - first) {
      return null;
    }
    float[] sorted = Arrays.copyOfRange(probabilities, first, probabilities.length);
    Arrays.sort(sorted);
    float least = sorted[sorted.length - topK];
    int equals = topK; // places left for those that are as likely as the least of them
    for (float probability : sorted) {
      equals -= probability > least ? 1 : 0;
    }
    boolean[] kept = new boolean[probabilities.length];
    for (int id = first; id < probabilities.length; id++) {
      kept[id] = probabilities[id] > least || (probabilities[id] == least && equals-- > 0);
    }
    return kept;
  }
}
