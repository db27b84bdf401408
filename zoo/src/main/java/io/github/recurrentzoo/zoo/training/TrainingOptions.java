package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.preset.Recipe;
import org.nd4j.shade.jackson.annotation.JsonAlias;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * How a pipeline trains, whatever its network. Model files hold it by the names of the components;
 * {@code validationSplit} was {@code validationFraction} in those of before 0.1, which is read
 * still.
 *
 * @param epochs the largest number of passes over the training rows
 * @param batchSize rows per step of the optimiser; the last batch of an epoch may be smaller. 0: by
 *     the number of rows, see {@link #batchSize(long)}
 * @param validationSplit the fraction of the rows of each class that is kept out of training to
 *     choose the best epoch, in (0, 1)
 * @param patience training stops after this many epochs in a row without a lower validation loss
 * @param seed of the validation split, the order of the batches and dropout
 * @param teacherForcing the fraction of a network's inputs in the first epoch that are the true
 *     symbols and not those that it would have answered itself, in [0, 1]; only for networks that
 *     read their own output (scheduled sampling, Bengio et al. 2015)
 * @param teacherForcingDecay what this fraction is multiplied by after each epoch, in (0, 1]
 * @param keepLast whether the weights of the last epoch stay, and not those with the lowest
 *     validation loss; then all epochs are trained
 * @param plateauPatience the learning rate falls after this many epochs in a row without a lower
 *     validation loss; 0: it does not
 * @param plateauFactor what it is multiplied by then, in (0, 1); 1 where it does not fall
 */
public record TrainingOptions(
    int epochs,
    int batchSize,
    @JsonAlias("validationFraction") double validationSplit,
    int patience,
    long seed,
    double teacherForcing,
    double teacherForcingDecay,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean keepLast,
    int plateauPatience,
    double plateauFactor) {
  private static final int SMALLEST_BATCH = 16;
  private static final int LARGEST_BATCH = 128;
  private static final int STEPS = 200;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is impossible; the message names it
   */
  public TrainingOptions {
    Require.atLeast("epochs", 1, epochs);
    Require.atLeast("batchSize", 0, batchSize);
    Require.atLeast("patience", 1, patience);
    if (!(validationSplit > 0 && validationSplit < 1)) {
      throw new IllegalArgumentException(
          "validationSplit must be in (0, 1), but is " + validationSplit);
    }
    if (!(teacherForcing >= 0 && teacherForcing <= 1)) {
      throw new IllegalArgumentException(
          "teacherForcing must be in [0, 1], but is " + teacherForcing);
    }
    if (!(teacherForcingDecay > 0 && teacherForcingDecay <= 1)) {
      throw new IllegalArgumentException(
          "teacherForcingDecay must be in (0, 1], but is " + teacherForcingDecay);
    }
    Require.atLeast("plateauPatience", 0, plateauPatience);
    if (plateauPatience == 0) {
      plateauFactor = 1; // files of before have neither
    } else if (!(plateauFactor > 0 && plateauFactor < 1)) {
      throw new IllegalArgumentException(
          "plateauFactor must be in (0, 1), but is " + plateauFactor);
    }
  }

  /**
   * Rows per step of the optimiser for this many rows to train on. Where none is set, it is a power
   * of two from {@value #SMALLEST_BATCH} to {@value #LARGEST_BATCH}, the smallest that makes no
   * more than {@value #STEPS} steps of an epoch: few rows need many steps, and many rows go faster
   * in large batches.
   */
  public int batchSize(long rows) {
    if (batchSize > 0) {
      return batchSize;
    }
    int size = SMALLEST_BATCH;
    while (size < LARGEST_BATCH && rows > (long) size * STEPS) {
      size *= 2;
    }
    return size;
  }

  /** The same options with another number of epochs. */
  public TrainingOptions withEpochs(int number) {
    return new TrainingOptions(
        number,
        batchSize,
        validationSplit,
        patience,
        seed,
        teacherForcing,
        teacherForcingDecay,
        keepLast,
        plateauPatience,
        plateauFactor);
  }

  /** The fraction of true symbols in an epoch, from 1. */
  public double teacherForcing(int epoch) {
    return teacherForcing * Math.pow(teacherForcingDecay, epoch - 1);
  }

  /** Refuses what has no meaning for a network that never reads its own output. */
  public void refuseTeacherForcing(String who) {
    if (teacherForcing != 1 || teacherForcingDecay != 1) {
      throw new IllegalArgumentException(
          "teacherForcing and teacherForcingDecay must be 1 for "
              + who
              + ", which does not read its own output, but are "
              + teacherForcing
              + " and "
              + teacherForcingDecay);
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
    private double validationSplit = 0.1;
    private int patience = 3;
    private long seed = 42;
    private double teacherForcing = 1;
    private double teacherForcingDecay = 1;
    private int plateauPatience;
    private double plateauFactor = 0.5;
    private boolean keepLast;

    private Builder() {}

    /**
     * The options of a recipe; what it says nothing of stays as it is, such as the seed.
     *
     * @throws IllegalArgumentException if the recipe sets an option that is not here
     */
    public Builder recipe(Recipe recipe) {
      recipe.training().forEach((name, value) -> set(recipe.name(), name, value.toString()));
      return this;
    }

    private void set(String recipe, String name, String value) {
      switch (name) {
        case "epochs" -> epochs(Integer.parseInt(value));
        case "batchSize" -> batchSize(Integer.parseInt(value));
        case "validationSplit" -> validationSplit(Double.parseDouble(value));
        case "patience" -> patience(Integer.parseInt(value));
        case "teacherForcing" -> teacherForcing(Double.parseDouble(value));
        case "keepLast" -> keepLast(Boolean.parseBoolean(value));
        case "teacherForcingDecay" -> teacherForcingDecay(Double.parseDouble(value));
        case "plateauPatience" -> plateauPatience = Integer.parseInt(value);
        case "plateauFactor" -> plateauFactor = Double.parseDouble(value);
        default ->
            throw new IllegalArgumentException(
                "The recipe %s has an option of training that there is not: %s"
                    .formatted(recipe, name));
      }
    }

    /** The largest number of passes over the training rows. Default: 20. */
    public Builder epochs(int epochs) {
      this.epochs = epochs;
      return this;
    }

    /** Rows per step of the optimiser; 0: by the number of rows. Default: 32. */
    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    /** The fraction of rows that chooses the best epoch. Default: 0.1. */
    public Builder validationSplit(double validationSplit) {
      this.validationSplit = validationSplit;
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
     * The fraction of true symbols among the inputs in the first epoch, for networks that read
     * their own output: text generation and sequence to sequence. Default: 1.
     */
    public Builder teacherForcing(double teacherForcing) {
      this.teacherForcing = teacherForcing;
      return this;
    }

    /** What this fraction is multiplied by after each epoch. Default: 1. */
    public Builder teacherForcingDecay(double teacherForcingDecay) {
      this.teacherForcingDecay = teacherForcingDecay;
      return this;
    }

    /**
     * Lets the learning rate fall where the validation loss does not: after {@code patience} epochs
     * in a row without a lower one it is multiplied by {@code factor}. For an updater with a
     * constant learning rate. Default: it does not.
     *
     * @param patience epochs; 0 switches it off
     * @param factor in (0, 1)
     */
    public Builder reduceOnPlateau(int patience, double factor) {
      this.plateauPatience = patience;
      this.plateauFactor = factor;
      return this;
    }

    /**
     * Whether the weights of the last epoch stay, and not those with the lowest validation loss:
     * for a learning rate that falls to 0 at the end. A few validation rows choose badly, and their
     * loss grows where a network becomes too sure of itself, though its answers get better. All
     * epochs are trained then. Default: false.
     */
    public Builder keepLast(boolean keepLast) {
      this.keepLast = keepLast;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if one is impossible; the message names it
     */
    public TrainingOptions build() {
      return new TrainingOptions(
          epochs,
          batchSize,
          validationSplit,
          patience,
          seed,
          teacherForcing,
          teacherForcingDecay,
          keepLast,
          plateauPatience,
          plateauFactor);
    }
  }
}
