package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An output layer in a {@link TrainingStep}, which has no output of its own but a loss. */
abstract class StepOutput extends StepNode {

  private final int index;
  private final StepDropout dropout;
  private final KeptArray byInput = new KeptArray();
  private INDArray input;

  /**
   * An output of the network.
   *
   * @param index its number
   */
  StepOutput(List<StepNode> below, int index, StepDropout dropout) {
    super(below);
    this.index = index;
    this.dropout = dropout;
    setLearns();
  }

  /** The layer, for listeners that ask it. */
  abstract BaseOutputLayer<?> layer();

  /** The loss, a sum over the rows. */
  abstract double loss();

  /** What the layer reads, after dropout. */
  final INDArray input() {
    return input;
  }

  final INDArray labels(StepPass pass) {
    return pass.labels(index);
  }

  final INDArray labelMask(StepPass pass) {
    return pass.labelMask(index);
  }

  /** Refuses labels that are not FLOAT of this shape. */
  final void requireLabels(StepPass pass, StepShape shape) throws Unserved {
    INDArray labels = labels(pass);
    if (labels == null
        || labels.dataType() != DataType.FLOAT
        || labels.rank() != (shape.isSequence() ? 3 : 2)
        || labels.size(0) != shape.rows()
        || labels.size(1) != shape.size()
        || (shape.isSequence() && labels.size(2) != shape.steps())) {
      throw new Unserved("labels have another shape or type than the output");
    }
  }

  /**
   * The shape of an output at each step of a sequence.
   *
   * @param mask that the layer has, or null
   */
  final StepShape prepareSequence(StepPass pass, FeedForwardLayer conf, INDArray mask)
      throws Unserved {
    StepShape sequence = below().shape();
    if (!sequence.isSequence() || sequence.size() != conf.getNIn()) {
      throw new Unserved("an output layer's input has another shape than expected");
    }
    StepShape shape = new StepShape(sequence.rows(), conf.getNOut(), sequence.steps());
    requireLabels(pass, labelShape(pass, shape));
    if (mask != labelMask(pass)) {
      throw new Unserved("the output layer has another mask than its labels");
    }
    if (mask != null) {
      StepPass.requireMask(mask, shape);
    }
    return shape;
  }

  /** The shape that labels have to have for an output at each step. */
  StepShape labelShape(StepPass pass, StepShape shape) {
    return shape;
  }

  @Override
  void forward(StepPass pass) {
    input = dropout.apply(below().output(), below().shape(), pass);
  }

  @Override
  void backward(StepPass pass) {
    INDArray inputGradient = byInput.as(below().shape());
    backward(pass, inputGradient);
    if (below().learns()) {
      dropout.back(inputGradient, pass);
      below().addEpsilon(inputGradient);
    }
  }

  /** Computes the loss, the gradients by the parameters, and that by the input. */
  abstract void backward(StepPass pass, INDArray inputGradient);
}
