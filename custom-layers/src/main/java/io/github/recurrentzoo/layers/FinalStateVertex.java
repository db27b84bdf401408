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
 * The final state of a recurrent layer, one direction or two: of the units that run forwards the
 * output at the last unmasked step of each row, of those that run backwards the output at the
 * first.
 *
 * <p>Input [B, S, T], output [B, S]. The last {@code backwardUnits} of the S units are those that
 * run backwards: H for a bidirectional layer that puts H and H units side by side, 0 for one
 * direction.
 *
 * <p>Deeplearning4j's {@code LastTimeStepVertex} knows one direction only and copies row by row
 * with several small arrays for each.
 */
public final class FinalStateVertex extends GraphVertex {
  private static final long serialVersionUID = 1L;

  private final String maskedInput;
  private final int backwardUnits;

  /**
   * For a layer.
   *
   * @param maskedInput the network input whose mask, [B, T], says which steps are there
   * @param backwardUnits how many of the units run backwards, the last ones
   */
  public FinalStateVertex(
      @JsonProperty("maskedInput") String maskedInput,
      @JsonProperty("backwardUnits") int backwardUnits) {
    this.maskedInput = Objects.requireNonNull(maskedInput, "maskedInput");
    this.backwardUnits = backwardUnits;
    if (backwardUnits < 0) {
      throw new IllegalArgumentException(
          "backwardUnits must be 0 (one direction) or the number of units that run backwards, but"
              + " is "
              + backwardUnits);
    }
  }

  /** The network input whose mask says which steps are there. */
  public String getMaskedInput() {
    return maskedInput;
  }

  /** How many of the units run backwards. */
  public int getBackwardUnits() {
    return backwardUnits;
  }

  @Override
  public GraphVertex clone() {
    return new FinalStateVertex(maskedInput, backwardUnits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FinalStateVertex vertex
        && vertex.maskedInput.equals(maskedInput)
        && vertex.backwardUnits == backwardUnits;
  }

  @Override
  public int hashCode() {
    return Objects.hash(maskedInput, backwardUnits);
  }

  @Override
  public String toString() {
    return "FinalStateVertex(maskedInput=" + maskedInput + ", backwardUnits=" + backwardUnits + ")";
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
    return new FinalStateRuntimeVertex(graph, name, index, dataType, maskedInput, backwardUnits);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    if (inputs.length != 1
        || !(inputs[0] instanceof InputTypeRecurrent sequence)
        || sequence.getSize() < backwardUnits) {
      throw new InvalidInputTypeException(
          this
              + " reads one sequence of that many units at least, but its inputs are "
              + Arrays.toString(inputs));
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
