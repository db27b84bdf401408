package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.runtime.CrfRuntimeLayer;
import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.util.List;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A CRF over sequences in a {@link TrainingStep}. */
final class StepCrf extends StepOutput {

  private final CrfRuntimeLayer layer;
  private double loss;

  /** An output of the network. */
  StepCrf(List<StepNode> below, int index, CrfRuntimeLayer layer, StepDropout dropout) {
    super(below, index, dropout);
    this.layer = layer;
  }

  @Override
  BaseOutputLayer<?> layer() {
    return layer;
  }

  @Override
  double loss() {
    return loss;
  }

  @Override
  StepShape prepare(StepPass pass) throws Unserved {
    return prepareSequence(pass, layer.layerConf(), layer.stepMask());
  }

  @Override
  void backward(StepPass pass, INDArray inputGradient) {
    loss = layer.step(input(), labels(pass), inputGradient);
  }
}
