package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.runtime.FinalStateRuntimeVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The final state of a recurrent layer: its output at the last unmasked step of each row.
 *
 * <p>Input [B, S, T], output [B, S].
 *
 * <p>Does what {@code LastTimeStepVertex} does, which makes several small arrays for each row.
 */
public final class FinalStateVertex extends MaskedSequenceVertex {
  private static final long serialVersionUID = 1L;

  /**
   * For a layer.
   *
   * @param maskedInput the network input whose mask, [B, T], says which steps are there
   */
  public FinalStateVertex(@JsonProperty("maskedInput") String maskedInput) {
    super(maskedInput);
  }

  @Override
  public GraphVertex clone() {
    return new FinalStateVertex(getMaskedInput());
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType dataType) {
    return new FinalStateRuntimeVertex(graph, name, index, dataType, getMaskedInput());
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    return InputType.feedForward(sequence(inputs).getSize());
  }
}
