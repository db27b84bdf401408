package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.runtime.ReverseStepsRuntimeVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Turns the steps of each row round, those that are there; padding on the right stays on the right.
 * So a layer that runs forwards reads a row backwards, and padding never comes before it.
 *
 * <p>Input and output [B, S, T]; rows are padded on the right. At padding the output is zero.
 *
 * <p>Needed since {@code Bidirectional(LSTM)} in Deeplearning4j does not mask: its backward
 * direction begins with the padding, and what it answers for a row depends on how long the other
 * rows are. Does what {@code ReverseTimeSeriesVertex} does, which copies step by step.
 */
public final class ReverseStepsVertex extends MaskedSequenceVertex {
  private static final long serialVersionUID = 1L;

  /**
   * For an input or a layer.
   *
   * @param maskedInput the network input whose mask, [B, T], says which steps are there
   */
  public ReverseStepsVertex(@JsonProperty("maskedInput") String maskedInput) {
    super(maskedInput);
  }

  @Override
  public GraphVertex clone() {
    return new ReverseStepsVertex(getMaskedInput());
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType dataType) {
    return new ReverseStepsRuntimeVertex(graph, name, index, dataType, getMaskedInput());
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    InputTypeRecurrent sequence = sequence(inputs);
    return InputType.recurrent(sequence.getSize(), sequence.getTimeSeriesLength());
  }
}
