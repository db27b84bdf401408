package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.kernel.SoftmaxKernel.Ready;
import io.github.recurrentzoo.layers.kernel.SoftmaxKernel.Target;

/** What a {@link SoftmaxKernel} has a thread do for the loss of some time steps. */
interface LossShard {

  /**
   * The loss of the steps [from, until), and its gradients if they are wanted.
   *
   * @param inputGradient null if no gradients are wanted
   */
  void loss(Ready in, Target target, BatchArray inputGradient, int from, int until);

  /** The loss of the last pass. */
  double loss();

  /** The gradient by the weights of one class, in the last pass. */
  void readWeightGradient(int v, float[] column);

  /** The gradient by the bias of one class, in the last pass. */
  float biasGradient(int v);
}
