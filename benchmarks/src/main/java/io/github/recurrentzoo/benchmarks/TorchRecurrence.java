package io.github.recurrentzoo.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * A recurrence in PyTorch. Its parameters are a list that the caller keeps and hands in, so that it
 * can hand in the stored ones or ones that gather gradients.
 *
 * <p>All arrays that come out belong to the manager of x.
 */
interface TorchRecurrence {

  /** The problem's parameters in the shapes that this recurrence wants, in its order. */
  List<Parameter> parameters(Problem problem);

  /**
   * Runs over all time steps from a state of zeros.
   *
   * @param x [T, B, D]
   * @param training whether gradients will be asked for
   * @return what the layer alone gives: [T, B, H], or [B, H] for the last step only
   */
  NDArray forward(NDArray x, NDList parameters, boolean training);

  /** The last step, [B, H], of the output. */
  NDArray last(NDArray x, NDList parameters, boolean training);

  /** How many arrays a state has. */
  int states();

  /**
   * One time step of one row.
   *
   * @param x [1, 1, D]
   * @param state as {@link #states} says, each [1, 1, H]; zeros to begin with
   * @return the output, H numbers; then the next state
   */
  NDList step(NDArray x, NDList state, NDList parameters);

  /**
   * A parameter at its beginning.
   *
   * @param value its numbers
   * @param isVector whether PyTorch wants it without the dimension of one row
   * @param trained whether it has a gradient
   */
  record Parameter(Matrix value, boolean isVector, boolean trained) {

    static Parameter matrix(Matrix value) {
      return new Parameter(value, false, true);
    }

    static Parameter vector(Matrix value) {
      return new Parameter(value, true, true);
    }

    /**
     * PyTorch's modules add two biases where we and Deeplearning4j add one: the second stays zero,
     * so that all train the same function.
     */
    static Parameter zeroBias(int size) {
      return new Parameter(Matrix.zeros(1, size), true, false);
    }
  }
}
