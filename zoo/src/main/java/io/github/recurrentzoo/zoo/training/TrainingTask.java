package io.github.recurrentzoo.zoo.training;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One task's side of a training; {@link TrainingLoop} is the side that all tasks share. */
public interface TrainingTask {

  /** What {@link Measures#metric} is, such as "accuracy". */
  String metric();

  /** What listens to the network while it is trained. */
  default List<TrainingListener> listeners() {
    return List.of();
  }

  /**
   * The minibatches of an epoch in the order in which they are trained. All are held at once, so
   * each makes its arrays when it is trained.
   *
   * @param epoch from 1
   * @param random draws the order, and whatever else the task leaves to chance, also while the
   *     minibatches are trained; the same state gives the same minibatches
   */
  List<Minibatch> epoch(int epoch, Random random);

  /**
   * What the next step depends on beside the network, the minibatches of the epoch and the random
   * numbers, for a checkpoint in the middle of an epoch.
   */
  default Map<String, INDArray> carried() {
    return Map.of();
  }

  /**
   * Goes on with what {@link #carried} gave.
   *
   * @throws IllegalArgumentException if these are none of this task
   */
  default void carry(Map<String, INDArray> carried) {}

  /**
   * Whether there are validation rows. Without them all epochs are trained, the weights of the last
   * one stay, and what was measured while training takes the place of {@link #validate}.
   */
  default boolean validates() {
    return true;
  }

  /** Measures the network on the validation rows, without dropout and without penalties. */
  Measures validate(ComputationGraph network);
}
