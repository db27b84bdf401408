package io.github.recurrentzoo.zoo;

/**
 * How a pipeline trains, whatever its network.
 *
 * @param epochs the largest number of passes over the training rows
 * @param batchSize rows per step of the optimiser; the last batch of an epoch may be smaller
 * @param validationFraction the fraction of the rows of each class that is kept out of training to
 *     choose the best epoch, in (0, 1)
 * @param patience training stops after this many epochs in a row without a lower validation loss
 * @param seed of the validation split, the order of the batches and dropout
 */
public record TrainingOptions(
    int epochs, int batchSize, double validationFraction, int patience, long seed) {

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is impossible; the message names it
   */
  public TrainingOptions {
    Require.atLeast("epochs", 1, epochs);
    Require.atLeast("batchSize", 1, batchSize);
    Require.atLeast("patience", 1, patience);
    if (!(validationFraction > 0 && validationFraction < 1)) {
      throw new IllegalArgumentException(
          "validationFraction must be in (0, 1), but is " + validationFraction);
    }
  }

  /** A builder with the defaults that its methods name. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds {@link TrainingOptions}. */
  public static final class Builder {
    private int epochs = 20;
    private int batchSize = 32;
    private double validationFraction = 0.1;
    private int patience = 3;
    private long seed = 42;

    private Builder() {}

    /** The largest number of passes over the training rows. Default: 20. */
    public Builder epochs(int epochs) {
      this.epochs = epochs;
      return this;
    }

    /** Rows per step of the optimiser. Default: 32. */
    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    /** The fraction of rows that chooses the best epoch. Default: 0.1. */
    public Builder validationFraction(double validationFraction) {
      this.validationFraction = validationFraction;
      return this;
    }

    /** Epochs without a lower validation loss before training stops. Default: 3. */
    public Builder patience(int patience) {
      this.patience = patience;
      return this;
    }

    /** The seed of the validation split, the order of the batches and dropout. Default: 42. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if one is impossible; the message names it
     */
    public TrainingOptions build() {
      return new TrainingOptions(epochs, batchSize, validationFraction, patience, seed);
    }
  }
}
