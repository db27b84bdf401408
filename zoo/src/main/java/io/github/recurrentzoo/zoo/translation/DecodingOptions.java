package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.internal.Require;

/**
 * How {@link SequenceTranslator} looks for an output.
 *
 * @param beamSize how many beginnings of an output are followed at a time; 1 takes the most
 *     probable symbol at each step, which is greedy decoding
 * @param lengthPenalty of outputs found, that with the largest log p(y) / |y|^a is taken, where |y|
 *     counts the end symbol; this is a, 0 at least. 0 takes the most probable output, and 1 the one
 *     with the most probable symbols on average, which favours longer ones. Without a beam it
 *     changes nothing
 */
public record DecodingOptions(int beamSize, double lengthPenalty) {
  /** The most probable symbol at each step. */
  public static final DecodingOptions GREEDY = new DecodingOptions(1, 0);

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is impossible; the message names it
   */
  public DecodingOptions {
    Require.atLeast("beamSize", 1, beamSize);
    Require.notNegative("lengthPenalty", lengthPenalty);
  }

  /** Beam search without length normalisation. */
  public static DecodingOptions beam(int width) {
    return new DecodingOptions(width, 0);
  }

  double score(double logProbability, int symbols) {
    return logProbability / Math.pow(symbols, lengthPenalty);
  }
}
