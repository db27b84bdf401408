package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.runtime.ConcatPoolingRuntimeVertex;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What a recurrent layer says of a whole sequence: its final state, the mean and the largest of its
 * states, one after the other (concat pooling).
 *
 * <pre>
 * output_b = [ final_b ; 1/n_b sum_t h_bt ; max_t h_bt ]        t from 0 to n_b - 1
 * </pre>
 *
 * <p>Input [B, S, T], rows padded on the right, n_b steps of row b unmasked; output [B, 3S]. The
 * final state is that of step n_b - 1; with both directions, whose outputs lie one after the other
 * in S, the second half of it is that of step 0, where the backward direction ends.
 *
 * <p>Source: Howard and Ruder, Universal language model fine-tuning for text classification, 2018,
 * section 3.3.
 */
public final class ConcatPoolingVertex extends MaskedSequenceVertex {
  private static final long serialVersionUID = 1L;

  private final boolean bidirectional;

  /**
   * For a recurrent layer.
   *
   * @param maskedInput the network input whose mask, [B, T], says which steps are there
   * @param bidirectional whether the second half of S comes from the backward direction; S is even
   *     then
   */
  public ConcatPoolingVertex(
      @JsonProperty("maskedInput") String maskedInput,
      @JsonProperty("bidirectional") boolean bidirectional) {
    super(maskedInput);
    this.bidirectional = bidirectional;
  }

  /** Whether the second half of S comes from the backward direction. */
  public boolean isBidirectional() {
    return bidirectional;
  }

  @Override
  public GraphVertex clone() {
    return new ConcatPoolingVertex(getMaskedInput(), bidirectional);
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType dataType) {
    return new ConcatPoolingRuntimeVertex(
        graph, name, index, dataType, getMaskedInput(), bidirectional);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    return InputType.feedForward(3 * sequence(inputs).getSize());
  }

  @Override
  boolean sameOptions(MaskedSequenceVertex other) {
    return other instanceof ConcatPoolingVertex pooling && pooling.bidirectional == bidirectional;
  }

  @Override
  int hashOfOptions() {
    return Objects.hash(bidirectional);
  }
}
