package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.zoo.classification.DistributedTexts;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.training.CheckpointException;
import io.github.recurrentzoo.zoo.training.TrainingDivergedException;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TrainingStoppedException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trains on the rows of a dataset, where they are.
 *
 * <pre>{@code
 * TextClassifier classifier =
 *     SparkTraining.builder().workers(8).build()
 *         .textClassifier(reviews, "text", "stars", TextClassification.builder().build(),
 *             TrainingOptions.builder().epochs(10).build(), TrainingRun.SILENT);
 * classifier.save(Path.of("reviews.zip"));
 * }</pre>
 *
 * <p>Parameters are averaged: in a round, each of W workers trains a copy of the network for some
 * steps on rows of its own, and the mean of the copies, rows weighted alike, begins the next round:
 *
 * <pre>
 * theta_{k+1} = sum_w (n_w / n) theta_w        n = sum_w n_w
 * </pre>
 *
 * for weights and the optimizer's state alike. Per epoch that learns less than one machine does (W
 * copies make one round's progress together); it pays where rows are too many for one machine.
 * Vocabulary, counts and minibatches are made on the executors; validation, early stopping and
 * checkpoints are the driver's.
 *
 * <p>The same rows, in any order and partitions, options, seed and number of workers give the same
 * model to the bit, with the same number of kernel threads ({@code recurrentzoo.threads}, in
 * executors one per core of a task) and on processors of one kind, whatever executors were lost
 * meanwhile.
 *
 * <p>Source: McDonald, Hall, Mann, Distributed training strategies for the structured perceptron,
 * 2010.
 */
public final class SparkTraining {
  private final int workers;
  private final int stepsPerRound;
  private final int mostValidationRows;

  private SparkTraining(Builder builder) {
    workers = builder.workers;
    stepsPerRound = builder.stepsPerRound;
    mostValidationRows = builder.mostValidationRows;
  }

  /** A builder with the defaults that its methods name. */
  public static Builder builder() {
    return new Builder();
  }

  int workers() {
    return workers;
  }

  int stepsPerRound() {
    return stepsPerRound;
  }

  int mostValidationRows() {
    return mostValidationRows;
  }

  /**
   * Trains a new text classifier. The dataset is read five times, and more if executors are lost:
   * cache it where that is dear. What the network reads of its rows is kept on the executors, in
   * memory or on disk.
   *
   * @param rows without rows that lack a text or a label
   * @param text a column of strings
   * @param label a column of strings; labels with less than 20 rows are learned, but not validated
   * @param architecture the network, in FLOAT and without evidence and embeddings; its vocabulary
   *     size is an upper bound, and its number of classes is replaced by the number of labels
   * @param training how to train; {@code batchSize} is that of a worker, and {@code
   *     validationSplit} the fraction of rows that validates on the driver, {@link
   *     Builder#mostValidationRows} at most
   * @param run hears of a round where it would of a step, may stop the training after each round,
   *     and has checkpoints, written on the driver's machine; its listeners hear of epochs only
   * @throws DataException if the rows cannot be learned from
   * @throws IllegalArgumentException if a column is missing or no column of strings, or the
   *     architecture has what Spark does not train
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   * @throws TrainingStoppedException if the run stops it
   * @throws CheckpointException if the checkpoint is another training's
   */
  public TextClassifier textClassifier(
      Dataset<Row> rows,
      String text,
      String label,
      TextClassification architecture,
      TrainingOptions training,
      TrainingRun run) {
    Columns.check(rows, text, Cells::isText, "a string");
    Columns.check(rows, label, Cells::isText, "a string");
    try (SparkRows<LabeledText> read =
        new SparkRows<>(
            rows.select(rows.col(text), rows.col(label)),
            new TextColumns(),
            this,
            training.validationSplit(),
            training.seed())) {
      return DistributedTexts.train(read, architecture, training, run);
    }
  }

  /** Builds a {@link SparkTraining}. */
  public static final class Builder {
    private int workers;
    private int stepsPerRound = 10;
    private int mostValidationRows = 20_000;

    private Builder() {}

    /**
     * How many copies are trained at the same time, W; the number of cores that all executors have
     * together, or a part of it. The result depends on it. Default: {@code
     * spark.default.parallelism}, which is the number of cores that there are.
     */
    public Builder workers(int workers) {
      this.workers = atLeastOne("workers", workers);
      return this;
    }

    /**
     * The steps that a copy makes between two averagings, about. More of them cost less time, as
     * each round sends the network there and back, and learn less. Default: 10.
     */
    public Builder stepsPerRound(int stepsPerRound) {
      this.stepsPerRound = atLeastOne("stepsPerRound", stepsPerRound);
      return this;
    }

    /**
     * How many rows validate at most; they are fetched to the driver, and answered there after each
     * epoch. Default: 20,000.
     */
    public Builder mostValidationRows(int mostValidationRows) {
      this.mostValidationRows = atLeastOne("mostValidationRows", mostValidationRows);
      return this;
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be 1 or more, but is " + value);
      }
      return value;
    }

    /** The training; changing the builder later leaves it as it is. */
    public SparkTraining build() {
      return new SparkTraining(this);
    }
  }
}
