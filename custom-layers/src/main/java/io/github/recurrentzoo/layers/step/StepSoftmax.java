package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.SoftmaxKernel;
import io.github.recurrentzoo.layers.runtime.FusedSoftmaxLayer;
import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.util.List;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A softmax over sequences in a {@link TrainingStep}. */
final class StepSoftmax extends StepOutput {

  private final FusedSoftmaxLayer layer;
  private double loss;

  /** An output of the network. */
  StepSoftmax(List<StepNode> below, int index, FusedSoftmaxLayer layer, StepDropout dropout) {
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
    StepShape shape = prepareSequence(pass, layer.layerConf(), layer.stepMask());
    if (FusedSoftmaxLayer.areIds(labels(pass), shape.size())
        && !SoftmaxKernel.areClasses(labels(pass), shape.size())) {
      throw new Unserved("a label is no class of the output layer");
    }
    return shape;
  }

  @Override
  StepShape labelShape(StepPass pass, StepShape shape) {
    boolean ids = FusedSoftmaxLayer.areIds(labels(pass), shape.size());
    return ids ? new StepShape(shape.rows(), 1, shape.steps()) : shape;
  }

  @Override
  void backward(StepPass pass, INDArray inputGradient) {
    loss =
        layer.step(
            new SoftmaxKernel.Input(
                input(),
                layer.getParam(DefaultParamInitializer.WEIGHT_KEY),
                layer.getParam(DefaultParamInitializer.BIAS_KEY),
                layer.stepMask()),
            labels(pass),
            inputGradient);
  }
}
