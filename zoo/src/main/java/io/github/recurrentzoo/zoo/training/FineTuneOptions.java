package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.internal.Require;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * How a trained model is fitted to rows of another kind: other labels, words, columns. All
 * pipelines take it. What is an option of the network (sizes, dropout, penalties, clipping) stays
 * as the model has it; its updater begins anew, as Adam.
 *
 * @param freeze which layers stay as they are
 * @param learningRate of Adam in the first epoch, for all that is not frozen
 * @param learningRateDecay what the learning rate is multiplied by after each epoch, in (0, 1]
 * @param headFactor what the learning rate of the output layer is multiplied by
 * @param newWords how many words that the model does not know may be added, the most frequent ones
 *     of the training rows; characters in text generation, symbols of each side in sequence to
 *     sequence; without meaning for a forecaster
 * @param training epochs, batch size, validation, early stopping, seed (also of what is new in the
 *     network)
 */
public record FineTuneOptions(
    Freeze freeze,
    double learningRate,
    double learningRateDecay,
    double headFactor,
    int newWords,
    TrainingOptions training) {

  private static final int MANY_WORDS = 10_000;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is impossible, or new words are asked for while the
   *     embedding is frozen; the message names it
   */
  public FineTuneOptions {
    Require.notNull("freeze", freeze);
    Require.notNull("training", training);
    Require.positive("learningRate", learningRate);
    Require.positive("headFactor", headFactor);
    Require.atLeast("newWords", 0, newWords);
    if (!(learningRateDecay > 0 && learningRateDecay <= 1)) {
      throw new IllegalArgumentException(
          "learningRateDecay must be in (0, 1], but is " + learningRateDecay);
    }
    if (freeze != Freeze.NOTHING && newWords > 0) {
      throw new IllegalArgumentException(
          "newWords is "
              + newWords
              + ", but with freeze "
              + freeze
              + " a new word could not learn its vector; leave newWords at 0, or freeze NOTHING");
    }
  }

  /** The same options with another number of epochs. */
  public FineTuneOptions withEpochs(int epochs) {
    return new FineTuneOptions(
        freeze, learningRate, learningRateDecay, headFactor, newWords, training.withEpochs(epochs));
  }

  /** Of the layers below the head. */
  IUpdater updater() {
    return adam(learningRate);
  }

  /** Of the output layer. */
  IUpdater headUpdater() {
    return adam(learningRate * headFactor);
  }

  private Adam adam(double rate) {
    return learningRateDecay == 1
        ? new Adam(rate)
        : new Adam(new ExponentialSchedule(ScheduleType.EPOCH, rate, learningRateDecay));
  }

  /** A builder with the defaults that its methods name. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds {@link FineTuneOptions}. */
  public static final class Builder {
    private Freeze freeze = Freeze.NOTHING;
    private double learningRate = 1e-3;
    private double learningRateDecay = 1;
    private double headFactor = 1;
    private Integer newWords;
    private TrainingOptions training = TrainingOptions.builder().build();

    private Builder() {}

    /** Which layers stay as they are. Default: {@link Freeze#NOTHING}. */
    public Builder freeze(Freeze freeze) {
      this.freeze = freeze;
      return this;
    }

    /** Adam's learning rate in the first epoch, for all that is not frozen. Default: 0.001. */
    public Builder learningRate(double learningRate) {
      this.learningRate = learningRate;
      return this;
    }

    /** What the learning rate is multiplied by after each epoch. Default: 1. */
    public Builder learningRateDecay(double learningRateDecay) {
      this.learningRateDecay = learningRateDecay;
      return this;
    }

    /**
     * What the learning rate of the output layer is multiplied by: a new one has more to learn than
     * the layers below it. Default: 1.
     */
    public Builder headFactor(double headFactor) {
      this.headFactor = headFactor;
      return this;
    }

    /**
     * How many unknown words (characters, symbols) may be added. Default: 10,000 if nothing is
     * frozen, else 0.
     */
    public Builder newWords(int newWords) {
      this.newWords = newWords;
      return this;
    }

    /** Epochs, batch size, validation, early stopping, seed. Default: those of its builder. */
    public Builder training(TrainingOptions training) {
      this.training = training;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if one is impossible; the message names it
     */
    public FineTuneOptions build() {
      int words = newWords != null ? newWords : freeze == Freeze.NOTHING ? MANY_WORDS : 0;
      return new FineTuneOptions(
          freeze, learningRate, learningRateDecay, headFactor, words, training);
    }
  }
}
