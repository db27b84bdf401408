package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.OutputKernel;
import io.github.recurrentzoo.layers.kernel.VertexKernel;
import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * A dense output layer in a {@link TrainingStep}, of a vector or of each step of a sequence. The
 * usual losses have a kernel; any other one, or one with a mask or weights, is asked for its
 * gradient. The steps of a sequence are the rows of a matrix [T B, S], those of one time together.
 */
final class StepDense extends StepOutput {

  private final BaseOutputLayer<?> layer;
  private final Map<String, INDArray> gradients;
  private final KeptArray preOutput = new KeptArray();
  private final KeptArray inputRows = new KeptArray();
  private final KeptArray labelRows = new KeptArray();
  private ILossFunction kernelsLoss; // of the kernel
  private OutputKernel kernel; // null where the loss has none
  private double loss;

  /**
   * An output of the network.
   *
   * @param gradients where those by the parameters go, by key
   */
  StepDense(
      List<StepNode> below,
      int index,
      BaseOutputLayer<?> layer,
      Map<String, INDArray> gradients,
      StepDropout dropout) {
    super(below, index, dropout);
    this.layer = layer;
    this.gradients = gradients;
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
    if (input.isSequence()) {
      INDArray mask = labelMask(pass); // of which the layer has a vector of all steps
      if ((mask == null) != (layer.getMaskArray() == null)) {
        throw new Unserved("the output layer has another mask than its labels");
      }
      return prepareSequence(pass, layer.layerConf(), mask);
    }
    if (input.size() != layer.layerConf().getNIn()) {
      throw new Unserved("an output layer's input has another shape than expected");
    }
    StepShape shape = new StepShape(input.rows(), layer.layerConf().getNOut(), 0);
    requireLabels(pass, shape);
    if (layer.getMaskArray() != labelMask(pass)) {
      throw new Unserved("the output layer has another mask than its labels");
    }
    return shape;
  }

  /** The steps as rows of a matrix; a matrix as it is. */
  private static INDArray rows(INDArray array, StepShape shape, KeptArray room) {
    if (!shape.isSequence()) {
      return array;
    }
    VertexKernel.copyUnits(array, 0, room.as(shape), 0, (int) shape.size());
    return room.as(shape.flat());
  }

  @Override
  void backward(StepPass pass, INDArray inputGradient) {
    ILossFunction function = layer.layerConf().getLossFn();
    IActivation activation = layer.layerConf().getActivationFn();
    if (function != kernelsLoss || kernel == null) {
      kernelsLoss = function;
      kernel = kernel(function, activation).orElse(new OutputKernel(null, 0));
    }
    boolean isSequence = shape().isSequence();
    OutputKernel.Input read =
        new OutputKernel.Input(
            rows(input(), below().shape(), inputRows),
            layer.getParam(DefaultParamInitializer.WEIGHT_KEY),
            layer.hasBias() ? layer.getParam(DefaultParamInitializer.BIAS_KEY) : null);
    INDArray written = isSequence ? inputRows.as(below().shape().flat()) : inputGradient;
    OutputKernel.Gradients gradientsWritten =
        new OutputKernel.Gradients(
            below().learns() ? written : null,
            gradients.get(DefaultParamInitializer.WEIGHT_KEY),
            layer.hasBias() ? gradients.get(DefaultParamInitializer.BIAS_KEY) : null);
    run(
        function,
        read,
        rows(labels(pass), shape(), labelRows),
        maskRows(labelMask(pass), isSequence),
        gradientsWritten);
    if (isSequence && below().learns()) {
      VertexKernel.copyUnits(
          inputRows.as(below().shape()), 0, inputGradient, 0, (int) below().shape().size());
    }
  }

  private static INDArray maskRows(INDArray mask, boolean isSequence) {
    return mask == null || !isSequence ? mask : mask.transpose().dup('c').reshape(mask.length(), 1);
  }

  private void run(
      ILossFunction function,
      OutputKernel.Input read,
      INDArray labels,
      INDArray mask,
      OutputKernel.Gradients written) {
    if (kernel.hasLoss() && mask == null) {
      loss = kernel.run(read, labels, written);
      return;
    }
    IActivation activation = layer.layerConf().getActivationFn();
    INDArray z = preOutput.as(shape().isSequence() ? shape().flat() : shape());
    kernel.multiply(read, z);
    loss = function.computeScore(labels, z, activation, mask, false);
    kernel.back(read, function.computeGradient(labels, z, activation, mask), written);
  }

  /** The kernel of a loss; empty if it has none. */
  private static Optional<OutputKernel> kernel(ILossFunction loss, IActivation activation) {
    if (loss.getClass() == LossMCXENT.class
        && activation instanceof ActivationSoftmax
        && ((LossMCXENT) loss).getWeights() == null) {
      double smallest = ((LossMCXENT) loss).getSoftmaxClipEps();
      return Optional.of(new OutputKernel(OutputKernel.Loss.SOFTMAX_CROSS_ENTROPY, smallest));
    }
    if (loss.getClass() == LossBinaryXENT.class
        && activation instanceof ActivationSigmoid
        && ((LossBinaryXENT) loss).getWeights() == null) {
      double smallest = ((LossBinaryXENT) loss).getClipEps();
      return Optional.of(new OutputKernel(OutputKernel.Loss.SIGMOID_CROSS_ENTROPY, smallest));
    }
    boolean identity = activation instanceof ActivationIdentity;
    if (loss.getClass() == LossMSE.class && identity && ((LossMSE) loss).getWeights() == null) {
      return Optional.of(new OutputKernel(OutputKernel.Loss.MEAN_SQUARE, 0));
    }
    if (loss.getClass() == LossMAE.class && identity && ((LossMAE) loss).getWeights() == null) {
      return Optional.of(new OutputKernel(OutputKernel.Loss.MEAN_ABSOLUTE, 0));
    }
    return Optional.empty();
  }
}
