package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.VertexKernel;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.DropOutInverted;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dropout of a layer's input in a {@link TrainingStep}, with the random numbers that
 * Deeplearning4j's own would draw.
 */
final class StepDropout {

  private final IDropout dropout; // null for none
  private final KeptArray masks = new KeptArray();
  private final KeptArray thinned = new KeptArray();
  private INDArray mask;

  StepDropout(IDropout dropout) {
    this.dropout = dropout;
  }

  /** Whether nothing is dropped. */
  boolean isNone() {
    return dropout == null;
  }

  /**
   * The input with some numbers dropped, or the input itself.
   *
   * @param shape of the input
   */
  INDArray apply(INDArray input, StepShape shape, StepPass pass) {
    if (dropout == null) {
      return input;
    }
    INDArray output = thinned.as(shape);
    if (dropout.getClass() != Dropout.class) {
      return dropout.applyDropout(input, output, pass.iteration(), pass.epoch(), pass.workspaces());
    }
    Dropout own = (Dropout) dropout;
    double retained =
        own.getPSchedule() == null
            ? own.getP()
            : own.getPSchedule().valueAt(pass.iteration(), pass.epoch());
    mask = masks.as(shape, output.ordering()); // without gaps, as Deeplearning4j's
    mask.assign(1.0);
    Nd4j.getExecutioner().exec(new DropOutInverted(mask, mask, retained));
    VertexKernel.multiply(input, mask, output);
    return output;
  }

  /** From the gradient by what {@link #apply} gave to that by its input, in place. */
  void back(INDArray gradient, StepPass pass) {
    if (dropout == null) {
      return;
    }
    if (mask == null) {
      dropout.backprop(gradient, gradient, pass.iteration(), pass.epoch());
    } else {
      VertexKernel.multiply(mask, gradient);
    }
  }
}
