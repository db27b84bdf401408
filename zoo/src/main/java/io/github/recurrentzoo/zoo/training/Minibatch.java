package io.github.recurrentzoo.zoo.training;

import org.deeplearning4j.nn.graph.ComputationGraph;

/** One step of the optimiser: which rows it is made with, and how. */
public interface Minibatch {

  /** The number of rows, by which means over several minibatches are weighted. */
  int rows();

  /**
   * Trains the network on the rows.
   *
   * @return the means over these rows while training, with penalties in the loss and with dropout
   */
  Measures train(ComputationGraph network);
}
