package io.github.recurrentzoo.zoo.text;

import java.util.Arrays;
import java.util.List;

/**
 * What a linear model of the words of a text, and of the pairs of neighbours among them, says of
 * its class, or one of sequences of characters: numbers for a network to read beside the text. They
 * are centred over the classes; of two classes there is one number, the second's less the first's.
 */
public interface TextEvidence {
  /** The number of classes. */
  int classes();

  /** The evidence of a text, [C], for two classes [1]. */
  float[] of(String text);

  /**
   * The parts of the evidence that are each word's (each character's): its own, and half of that of
   * its pairs, a third of that of three. What is said without any word is no part.
   *
   * @param units the words or characters of a text
   * @return [units][evidence]
   */
  float[][] parts(List<String> units);

  /** The same with the vectors of other words, where it reads such. */
  default TextEvidence with(WordMean words) {
    return this;
  }

  /** As a model file holds it. */
  Object entry();

  /** Scores of classes as a network reads them: times a factor, and centred. */
  static float[] input(double[] scores, double factor) {
    if (scores.length == 2) {
      return new float[] {(float) (factor * (scores[1] - scores[0]))};
    }
    double mean = Arrays.stream(scores).average().orElseThrow();
    float[] input = new float[scores.length];
    for (int c = 0; c < input.length; c++) {
      input[c] = (float) (factor * (scores[c] - mean));
    }
    return input;
  }
}
