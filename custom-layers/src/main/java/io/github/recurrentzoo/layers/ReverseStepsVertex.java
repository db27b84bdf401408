package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.runtime.ReverseStepsRuntimeVertex;
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
 * Turns the steps of each row round, those that are there; padding on the right stays on the right.
 * So a layer that runs forwards reads a row backwards, and padding never comes before it.
 *
 * <p>Input and output [B, S, T]; rows are padded on the right. At padding the output is zero.
 *
 * <p>Needed since {@code Bidirectional(LSTM)} in Deeplearning4j does not mask: its backward
 * direction begins with the padding, and what it answers for a row depends on how long the other
 * rows are. Does what {@code ReverseTimeSeriesVertex} does, which copies step by step.
 */
public final class ReverseStepsVertex extends GraphVertex {
  private static final long serialVersionUID = 1L;

  private final String maskedInput;

  /**
   * For an input or a layer.
   *
   * @param maskedInput the network input whose mask, [B, T], says which steps are there
   */
  public ReverseStepsVertex(@JsonProperty("maskedInput") String maskedInput) {
    this.maskedInput = Objects.requireNonNull(maskedInput, "maskedInput");
  }

  /** The network input whose mask says which steps are there. */
  public String getMaskedInput() {
    return maskedInput;
  }

  @Override
  public GraphVertex clone() {
    return new ReverseStepsVertex(maskedInput);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReverseStepsVertex vertex && vertex.maskedInput.equals(maskedInput);
  }

  @Override
  public int hashCode() {
    return Objects.hash(ReverseStepsVertex.class.getName(), maskedInput);
  }

  @Override
  public String toString() {
    return "ReverseStepsVertex(maskedInput=" + maskedInput + ")";
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
    return new ReverseStepsRuntimeVertex(graph, name, index, dataType, maskedInput);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    if (inputs.length != 1 || !(inputs[0] instanceof InputTypeRecurrent sequence)) {
      throw new InvalidInputTypeException(
          this + " reads one sequence, but its inputs are " + Arrays.toString(inputs));
    }
    return InputType.recurrent(sequence.getSize(), sequence.getTimeSeriesLength());
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    InputType output = getOutputType(-1, inputs);
    return new LayerMemoryReport.Builder(null, ReverseStepsVertex.class, inputs[0], output)
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }
}
