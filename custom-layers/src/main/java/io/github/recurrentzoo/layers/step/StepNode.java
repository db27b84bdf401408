package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.VertexKernel;
import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vertex of a network in a {@link TrainingStep}: what it computes, into arrays that are kept. A
 * step calls {@link #prepare} of all vertices from the input on, then {@link #forward} likewise,
 * then {@link #backward} from the output on.
 */
abstract class StepNode {

  private final List<StepNode> below;
  private final int[] maskInputs;
  private boolean learns;
  private StepShape shape;
  private INDArray output;
  private StepTable table; // in place of the output, or null
  private INDArray epsilon; // the gradient by the output or table, or null while there is none

  /** A vertex above others. */
  StepNode(List<StepNode> below) {
    this.below = List.copyOf(below);
    this.learns = below.stream().anyMatch(StepNode::learns);
    this.maskInputs =
        below.stream().flatMapToInt(node -> Arrays.stream(node.maskInputs())).distinct().toArray();
  }

  /** What the vertex reads. */
  final StepNode below() {
    return below.get(0);
  }

  /** All that it reads. */
  final List<StepNode> allBelow() {
    return below;
  }

  /** Whether a gradient by the output is wanted: parameters here or below learn. */
  final boolean learns() {
    return learns;
  }

  /** There are parameters here, and they learn. */
  final void setLearns() {
    learns = true;
  }

  /** The network inputs whose sequences the output comes from, and whose masks it has. */
  int[] maskInputs() {
    return maskInputs;
  }

  /** Neither this vertex nor any below it learns. */
  final void freeze() {
    learns = false;
  }

  /** The shape of the output in this step. */
  final StepShape shape() {
    return shape;
  }

  /** The output of this step. */
  final INDArray output() {
    return output;
  }

  final void setOutput(INDArray newOutput) {
    output = newOutput;
  }

  /**
   * The table that stands in for the output, for vertices above that {@link #readsTables}; null if
   * the output itself was made.
   */
  final StepTable table() {
    return table;
  }

  /** Sets the table, or null where there is an output. */
  final void setTable(StepTable newTable) {
    table = newTable;
  }

  /** Whether this vertex can read a table where it would read a sequence. */
  boolean readsTables() {
    return false;
  }

  /**
   * Called when all vertices are there.
   *
   * @param all whether all vertices above can read a table in place of this one's output
   */
  void setReadAsTable(boolean all) {}

  /** The gradient by the output, or by the table in place of it. */
  final INDArray epsilon() {
    return epsilon;
  }

  /**
   * A vertex above has the gradient by this one's output.
   *
   * @param part changed where several vertices read this one
   */
  final void addEpsilon(INDArray part) {
    if (epsilon == null) {
      epsilon = part;
    } else {
      VertexKernel.add(part, epsilon);
    }
  }

  /** Gets ready for a step. */
  final void begin(StepPass pass) throws Unserved {
    epsilon = null;
    shape = prepare(pass);
    for (StepNode input : below) {
      boolean ids = this instanceof StepEmbedding;
      if (!ids && input.output() != null && input.output().dataType() != DataType.FLOAT) {
        throw new Unserved("an input is not FLOAT");
      }
    }
  }

  /** Lets go of what was kept for the backward pass. */
  void end() {
    epsilon = null;
  }

  /**
   * Looks at the input's shape and at masks.
   *
   * @return the shape of the output
   * @throws Unserved if Deeplearning4j is to train on this minibatch, or to say why not
   */
  abstract StepShape prepare(StepPass pass) throws Unserved;

  /** Computes the output. */
  abstract void forward(StepPass pass);

  /** From the gradient by the output: those by the parameters, and by the outputs below. */
  abstract void backward(StepPass pass);
}
