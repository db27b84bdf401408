package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.kernel.SoftmaxKernel.Ready;
import io.github.recurrentzoo.layers.kernel.SoftmaxKernel.Target;

/** What a {@link SoftmaxKernel} has a thread do for the loss of some time steps. */
abstract class LossShard {

  final NativeFloats weightGradient = new NativeFloats(); // [V, H]
  float[] biasGradient = {}; // [V]
  int inputs; // H
  double loss;

  /**
   * The loss of the steps [from, until), and its gradients if they are wanted.
   *
   * @param inputGradient null if no gradients are wanted
   */
  abstract void loss(Ready in, Target target, BatchArray inputGradient, int from, int until);

  /** Begins with a loss of 0, and makes room for the gradients. */
  final void beginLoss(Ready in, boolean backward) {
    inputs = in.inputs;
    loss = 0;
    if (backward) {
      weightGradient.ensure((long) in.classes * inputs);
      biasGradient = new float[in.classes];
    }
  }

  /** The loss of the last pass. */
  final double loss() {
    return loss;
  }

  /** The gradient by the weights of one class, in the last pass. */
  final void readWeightGradient(int v, float[] column) {
    weightGradient.get((long) v * inputs, column, inputs);
  }

  /** The gradient by the bias of one class, in the last pass. */
  final float biasGradient(int v) {
    return biasGradient[v];
  }
}
