package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.OutputKernel;
import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer within the network in a {@link TrainingStep}: {@code y = f(x W + b)}. */
final class StepHidden extends StepNode {

  private final DenseLayer layer;
  private final Map<String, INDArray> gradients;
  private final StepDropout dropout;
  private final OutputKernel kernel = new OutputKernel(null, 0);
  private final KeptArray kept = new KeptArray();
  private final KeptArray preOutput = new KeptArray();
  private final KeptArray byInput = new KeptArray();
  private INDArray input;

  /**
   * A layer above another.
   *
   * @param gradients where those by the parameters go, by key
   */
  StepHidden(
      List<StepNode> below,
      DenseLayer layer,
      Map<String, INDArray> gradients,
      StepDropout dropout) {
    super(below);
    this.layer = layer;
    this.gradients = gradients;
    this.dropout = dropout;
    setLearns();
  }

  @Override
  StepShape prepare(StepPass pass) throws Unserved {
    StepShape read = below().shape();
    if (read.isSequence() || read.size() != layer.layerConf().getNIn()) {
      throw new Unserved("a dense layer's input has another shape than expected");
    }
    if (layer.getMaskArray() != null) {
      throw new Unserved("a dense layer has a mask");
    }
    return new StepShape(read.rows(), layer.layerConf().getNOut(), 0);
  }

  private OutputKernel.Input read() {
    return new OutputKernel.Input(
        input,
        layer.getParam(DefaultParamInitializer.WEIGHT_KEY),
        layer.hasBias() ? layer.getParam(DefaultParamInitializer.BIAS_KEY) : null);
  }

  private IActivation activation() {
    return layer.layerConf().getActivationFn();
  }

  @Override
  void forward(StepPass pass) {
    input = dropout.apply(below().output(), below().shape(), pass);
    INDArray z = preOutput.as(shape());
    kernel.multiply(read(), z);
    INDArray y = kept.as(shape());
    y.assign(z);
    setOutput(activation().getActivation(y, true));
  }

  @Override
  void backward(StepPass pass) {
    INDArray delta = activation().backprop(preOutput.as(shape()), epsilon()).getFirst();
    INDArray inputGradient = byInput.as(below().shape());
    kernel.back(
        read(),
        delta,
        new OutputKernel.Gradients(
            below().learns() ? inputGradient : null,
            gradients.get(DefaultParamInitializer.WEIGHT_KEY),
            layer.hasBias() ? gradients.get(DefaultParamInitializer.BIAS_KEY) : null));
    if (below().learns()) {
      dropout.back(inputGradient, pass);
      below().addEpsilon(inputGradient);
    }
  }

  @Override
  void end() {
    super.end();
    input = null;
  }
}
