package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.internal.Require;

/**
 * How a {@link TextGenerator} chooses characters or words.
 *
 * @param length the largest number of characters to generate; a word that has no room left ends the
 *     text
 * @param temperature probabilities p become proportional to {@code p^(1/temperature)}: below 1 the
 *     likely ones gain, at 0 the likeliest one is always taken
 * @param topK how many of the likeliest characters or words are drawn from; 0 for all
 * @param topP the likeliest characters or words are drawn from, as few as have this probability
 *     together (nucleus sampling: Holtzman et al. 2020), after temperature and {@code topK}; 1 for
 *     all
 * @param repetitionPenalty characters or words that stand in the prompt or were written become less
 *     likely: their probability p becomes proportional to {@code p^repetitionPenalty}, before
 *     temperature, {@code topK} and {@code topP}; 1 for no penalty. Signs of punctuation and ends
 *     of lines are spared where the units are words. After Keskar et al., CTRL: a conditional
 *     transformer language model for controllable generation, 2019, who divide by it what the
 *     softmax is taken of; log p is negative, so it is multiplied here
 * @param seed of what is drawn: the same seed, prompt and model give the same text
 * @param stopAt a code point before which generation ends; -1 for none
 */
public record GenerationOptions(
    int length,
    double temperature,
    int topK,
    double topP,
    double repetitionPenalty,
    long seed,
    int stopAt) {

  /** No character ends a text. */
  public static final int NEVER = -1;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is impossible; the message names it
   */
  public GenerationOptions {
    Require.atLeast("length", 0, length);
    Require.atLeast("topK", 0, topK);
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature must be 0 or a positive number, but is " + temperature);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP must be above 0 and at most 1, but is " + topP);
    }
    if (!(repetitionPenalty >= 1 && repetitionPenalty < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "repetitionPenalty must be 1 or more, but is " + repetitionPenalty);
    }
    if (stopAt != NEVER && !Character.isValidCodePoint(stopAt)) {
      throw new IllegalArgumentException(
          "stopAt must be a code point, or -1 for none, but is " + stopAt);
    }
  }

  /** A builder with the defaults that its methods name. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds {@link GenerationOptions}. */
  public static final class Builder {
    private int length = 500;
    private double temperature = 0.8;
    private int topK;
    private double topP = 1;
    private double repetitionPenalty = 1;
    private long seed = 42;
    private int stopAt = NEVER;

    private Builder() {}

    /** The largest number of characters to generate. Default: 500. */
    public Builder length(int length) {
      this.length = length;
      return this;
    }

    /** Below 1 the likely characters gain; 0 always takes the likeliest. Default: 0.8. */
    public Builder temperature(double temperature) {
      this.temperature = temperature;
      return this;
    }

    /** How many of the likeliest characters are drawn from; 0 for all. Default: 0. */
    public Builder topK(int topK) {
      this.topK = topK;
      return this;
    }

    /**
     * The likeliest characters are drawn from, as few as have this probability together, after
     * temperature and {@link #topK}; 1 for all. Default: 1.
     */
    public Builder topP(double topP) {
      this.topP = topP;
      return this;
    }

    /**
     * Makes less likely what stands in the prompt or was written: 1.1 to 1.3 for words; characters
     * repeat in any text. 1 for no penalty. Default: 1.
     */
    public Builder repetitionPenalty(double repetitionPenalty) {
      this.repetitionPenalty = repetitionPenalty;
      return this;
    }

    /** The seed of what is drawn. Default: 42. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** A character before which generation ends, such as a new line. Default: none. */
    public Builder stopAt(int codePoint) {
      this.stopAt = codePoint;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if one is impossible; the message names it
     */
    public GenerationOptions build() {
      return new GenerationOptions(
          length, temperature, topK, topP, repetitionPenalty, seed, stopAt);
    }
  }
}
