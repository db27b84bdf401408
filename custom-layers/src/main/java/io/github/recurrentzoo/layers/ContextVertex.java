package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.runtime.ContextRuntimeVertex;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeFeedForward;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gives a vector to each step of a sequence, as the decoder of an encoder-decoder network reads the
 * encoder's context: {@code y_t = [x_t ; c]}.
 *
 * <p>Two inputs: the sequence x, [B, D, T], and the context c, [B, C]; output y, [B, D + C, T]. The
 * sequence's mask goes on to the output. The gradient by c is the sum over all steps, and so takes
 * nothing from masked steps where the layer above passes none on.
 *
 * <p>Does what {@code MergeVertex} over {@code DuplicateToTimeSeriesVertex} would do. That vertex
 * takes the number of steps from a network input of rank 3, and so cannot serve token ids [B, T];
 * and it copies element by element.
 */
public final class ContextVertex extends SequenceVertex {
  private static final long serialVersionUID = 1L;

  /** A vertex without options. */
  public ContextVertex() {}

  @Override
  public GraphVertex clone() {
    return new ContextVertex();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContextVertex;
  }

  @Override
  public int hashCode() {
    return ContextVertex.class.getName().hashCode();
  }

  @Override
  public String toString() {
    return "ContextVertex()";
  }

  @Override
  int inputs() {
    return 2;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType dataType) {
    return new ContextRuntimeVertex(graph, name, index, dataType);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    if (inputs.length != 2
        || !(inputs[0] instanceof InputTypeRecurrent sequence)
        || !(inputs[1] instanceof InputTypeFeedForward context)) {
      throw new InvalidInputTypeException(
          "ContextVertex reads a sequence and a vector, in this order, but its inputs are "
              + Arrays.toString(inputs));
    }
    return InputType.recurrent(
        sequence.getSize() + context.getSize(), sequence.getTimeSeriesLength());
  }
}
