package io.github.recurrentzoo.zoo.pipeline;

import io.github.recurrentzoo.zoo.training.RowDigest;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Rows to train on that lie on several machines. What is counted of them and what trains on them
 * goes to the rows; what is done here needs the counts and the validation rows alone.
 *
 * @param <R> a row
 */
public interface DistributedRows<R> {

  /** What counts of a row; sent to the machines. */
  @FunctionalInterface
  interface Names<R> extends Serializable {

    /** The names that the row has, each as often as it has it. */
    List<String> of(R row);
  }

  /**
   * What trains where the rows are; sent to the machines once, and used there by several threads.
   *
   * @param <R> a row
   * @param <E> what is kept of a row there
   */
  interface Worker<R, E extends Serializable> extends Serializable {

    /** What the network reads of a row. */
    E encode(R row);

    /** The number of rows of a minibatch. */
    int batchSize();

    /**
     * A training on some of the rows, without validation.
     *
     * @param batchSize near to {@link #batchSize()}
     */
    TrainingTask task(List<E> rows, int batchSize);
  }

  /** The number of all rows, those that validate included. */
  long size();

  /** Of all rows, in whatever order. */
  RowDigest digest();

  /** The number of rows to learn from. */
  long training();

  /** The rows that are kept out of training. */
  List<R> validation();

  /**
   * How often names come in the rows to learn from.
   *
   * @param most how many names are told at most: the most frequent ones, in this order; equally
   *     frequent ones in the order of {@link String#compareTo}
   */
  Map<String, Long> counts(Names<R> names, int most);

  /** What the result depends on beside the rows, by name. */
  Map<String, Object> settings();

  /**
   * A training on the rows, wherever they are.
   *
   * @param validating measures the network here
   */
  <E extends Serializable> TrainingTask task(Worker<R, E> worker, TrainingTask validating);
}
