package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.runtime.FinalStateRuntimeVertex;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
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
public final class FinalStateVertex extends GraphVertex {
  private static final long serialVersionUID = 1L;

  private final String maskedInput;

  /**
   * For a layer.
   *
   * @param maskedInput the network input whose mask, [B, T], says which steps are there
   */
  public FinalStateVertex(@JsonProperty("maskedInput") String maskedInput) {
    this.maskedInput = Objects.requireNonNull(maskedInput, "maskedInput");
  }

  /** The network input whose mask says which steps are there. */
  public String getMaskedInput() {
    return maskedInput;
  }

  @Override
  public GraphVertex clone() {
    return new FinalStateVertex(maskedInput);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FinalStateVertex vertex && vertex.maskedInput.equals(maskedInput);
  }

  @Override
  public int hashCode() {
    return Objects.hash(FinalStateVertex.class.getName(), maskedInput);
  }

  @Override
  public String toString() {
    return "FinalStateVertex(maskedInput=" + maskedInput + ")";
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  public int maxVertexInputs() {
    return 1;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType dataType) {
    return new FinalStateRuntimeVertex(graph, name, index, dataType, maskedInput);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    if (inputs.length != 1 || !(inputs[0] instanceof InputTypeRecurrent sequence)) {
      throw new InvalidInputTypeException(
          this + " reads one sequence, but its inputs are " + Arrays.toString(inputs));
    }
    return InputType.feedForward(sequence.getSize());
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    InputType output = getOutputType(-1, inputs);
    return new LayerMemoryReport.Builder(null, FinalStateVertex.class, inputs[0], output)
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }
}
