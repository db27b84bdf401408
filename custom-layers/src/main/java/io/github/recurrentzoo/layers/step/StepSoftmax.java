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
    StepShape input = below().shape();
    if (!input.isSequence() || input.size() != layer.layerConf().getNIn()) {
      throw new Unserved("an output layer's input has another shape than expected");
    }
    StepShape shape = new StepShape(input.rows(), layer.layerConf().getNOut(), input.steps());
    requireLabels(pass, shape);
    if (layer.stepMask() != labelMask(pass)) {
      throw new Unserved("the output layer has another mask than its labels");
    }
    if (layer.stepMask() != null) {
      StepPass.requireMask(layer.stepMask(), shape);
    }
    return shape;
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
