package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.runtime.LuongAttentionRuntimeVertex;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitUtil;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;

/**
 * Multiplicative attention of a decoder over the states of an encoder: Luong, Pham and Manning
 * (2015), "Effective Approaches to Attention-based Neural Machine Translation", score "general",
 * without input feeding, so that all steps are computed at once.
 *
 * <pre>
 * e_tj = h_t W s_j + r[clip(j - t, -K, K)]     the score of state j for query t
 * a_t  = softmax(e_t)                          over the states that the mask says are there
 * c_t  = sum_j a_tj s_j                        the context
 * y_t  = tanh([c_t ; h_t] W_c + b)             the attentional state
 * </pre>
 *
 * <p>Inputs, in this order: the decoder's states h, [B, H, T], and the encoder's states s, [B, E,
 * S]; S and T may differ. Several inputs [B, E1, S], [B, E2, S] ... after the first are taken for
 * one of E = E1 + E2 ..., as {@code MergeVertex} would make it, but without copying: both
 * directions of an encoder, say. Output y, [B, A, T]. Parameters: W [H, E], Wc [E + H, A], b [1,
 * A], and, if K is above 0, r [1, 2K + 1]: how likely an output symbol is to rest on the input
 * symbol at the same place, on the next, the one before ..., which helps where both sides run in
 * the same order. It begins with zeros.
 *
 * <p>Masks are those of network inputs, [B, T] and [B, S]. A state whose mask is 0 has no weight,
 * and each row needs one state whose mask is not; the output is multiplied by the mask of the
 * queries.
 *
 * <p>Deeplearning4j's own {@code AttentionVertex} has gradients by keys and values that are twice
 * what they should be. The parameters of any vertex are left out where Deeplearning4j goes through
 * the layers only: by {@code ComputationGraph.numParams()} ({@code params().length()} has them),
 * and by the score, to which penalties by L1 and L2 are not added, though they apply in training.
 */
public final class LuongAttentionVertex extends SameDiffVertex {
  private static final long serialVersionUID = 1L;

  /** The key of W, [H, E]. */
  public static final String SCORE_WEIGHT = "W";

  /** The key of W_c, [E + H, A]. */
  public static final String OUTPUT_WEIGHT = "Wc";

  /** The key of r, [1, 2K + 1]. */
  public static final String OFFSET_BIAS = "r";

  /** The key of b, [1, A]. */
  public static final String BIAS = "b";

  private long querySize;
  private long stateSize;
  private long outputSize;
  private int maxOffset;
  private String queryMask;
  private String stateMask;
  private WeightInit weightInit = WeightInit.XAVIER;

  /** For JSON; use {@link #builder}. */
  public LuongAttentionVertex() {}

  private LuongAttentionVertex(LuongAttentionVertex other) {
    querySize = other.querySize;
    stateSize = other.stateSize;
    outputSize = other.outputSize;
    maxOffset = other.maxOffset;
    queryMask = other.queryMask;
    stateMask = other.stateMask;
    weightInit = other.weightInit;
    regularization = other.regularization;
    regularizationBias = other.regularizationBias;
    updater = other.updater == null ? null : other.updater.clone();
    biasUpdater = other.biasUpdater == null ? null : other.biasUpdater.clone();
    gradientNormalization = other.gradientNormalization;
    gradientNormalizationThreshold = other.gradientNormalizationThreshold;
    dataType = other.dataType;
  }

  /** A builder; all three sizes must be set. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Where an output is decoded step by step, sets the time of the next query, from 0, by which
   * offsets are counted. It stays until it is set again.
   *
   * @param vertex the name of a vertex of this kind
   */
  public static void setFirstStep(ComputationGraph network, String vertex, int step) {
    ((LuongAttentionRuntimeVertex) network.getVertex(vertex)).setFirstStep(step);
  }

  /**
   * The weights a of the last forward pass, [B][T][S]: of each state in each context.
   *
   * @param vertex the name of a vertex of this kind
   */
  public static double[][][] weights(ComputationGraph network, String vertex) {
    return ((LuongAttentionRuntimeVertex) network.getVertex(vertex)).weights();
  }

  /** H, the size of the decoder's states. */
  public long getQuerySize() {
    return querySize;
  }

  /** For JSON. */
  public void setQuerySize(long querySize) {
    this.querySize = querySize;
  }

  /** E, the size of the encoder's states. */
  public long getStateSize() {
    return stateSize;
  }

  /** For JSON. */
  public void setStateSize(long stateSize) {
    this.stateSize = stateSize;
  }

  /** A, the size of the output. */
  public long getOutputSize() {
    return outputSize;
  }

  /** For JSON. */
  public void setOutputSize(long outputSize) {
    this.outputSize = outputSize;
  }

  /** K, the largest offset that has a bias of its own; 0 for no such bias. */
  public int getMaxOffset() {
    return maxOffset;
  }

  /** For JSON. */
  public void setMaxOffset(int maxOffset) {
    this.maxOffset = maxOffset;
  }

  /** The network input whose mask says which queries are there; null for all. */
  public String getQueryMask() {
    return queryMask;
  }

  /** For JSON. */
  public void setQueryMask(String queryMask) {
    this.queryMask = queryMask;
  }

  /** The network input whose mask says which states are there; null for all. */
  public String getStateMask() {
    return stateMask;
  }

  /** For JSON. */
  public void setStateMask(String stateMask) {
    this.stateMask = stateMask;
  }

  /** How W and W_c begin. */
  public WeightInit getWeightInit() {
    return weightInit;
  }

  /** For JSON. */
  public void setWeightInit(WeightInit weightInit) {
    this.weightInit = weightInit;
  }

  @Override
  @JsonIgnore
  public SDVertexParams getVertexParams() {
    SDVertexParams params = new SDVertexParams();
    defineParametersAndInputs(params);
    return params;
  }

  @Override
  public void defineParametersAndInputs(SDVertexParams params) {
    params.defineInputs("queries", "states");
    params.addWeightParam(SCORE_WEIGHT, querySize, stateSize);
    params.addWeightParam(OUTPUT_WEIGHT, stateSize + querySize, outputSize);
    if (maxOffset > 0) {
      params.addBiasParam(OFFSET_BIAS, 1, 2L * maxOffset + 1);
    }
    params.addBiasParam(BIAS, 1, outputSize);
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    params.forEach(
        (key, array) -> {
          if (key.equals(SCORE_WEIGHT) || key.equals(OUTPUT_WEIGHT)) {
            WeightInitUtil.initWeights(
                (double) array.size(0),
                (double) array.size(1),
                array.shape(),
                weightInit,
                null,
                'c',
                array);
          } else {
            array.assign(0);
          }
        });
  }

  /** Not supported: a kernel computes the vertex, not SameDiff. */
  @Override
  public SDVariable defineVertex(
      SameDiff sameDiff,
      Map<String, SDVariable> layerInput,
      Map<String, SDVariable> paramTable,
      Map<String, SDVariable> maskVars) {
    throw new UnsupportedOperationException("LuongAttentionVertex is not computed by SameDiff");
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return -1; // any number
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType networkDataType) {
    setName(name);
    return new LuongAttentionRuntimeVertex(
        this, graph, name, index, paramsView, initializeParams, networkDataType);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    long size = 0;
    for (int i = 1; i < inputs.length; i++) {
      size += inputs[i] instanceof InputTypeRecurrent states ? states.getSize() : 0;
    }
    if (inputs.length < 2
        || !(inputs[0] instanceof InputTypeRecurrent queries)
        || queries.getSize() != querySize
        || size != stateSize) {
      throw new InvalidInputTypeException(
          this
              + " reads queries and states of these sizes, but its inputs are "
              + Arrays.toString(inputs));
    }
    return InputType.recurrent(outputSize, queries.getTimeSeriesLength());
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return masks == null || masks[0] == null ? null : new Pair<>(masks[0], state);
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(getLayerName(), getClass(), inputs[0], inputs[0])
        .standardMemory(numParams(true), updater == null ? 0 : updater.stateSize(numParams(true)))
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public LuongAttentionVertex clone() {
    return new LuongAttentionVertex(this);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof LuongAttentionVertex;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LuongAttentionVertex vertex
        && querySize == vertex.querySize
        && stateSize == vertex.stateSize
        && outputSize == vertex.outputSize
        && maxOffset == vertex.maxOffset
        && Objects.equals(queryMask, vertex.queryMask)
        && Objects.equals(stateMask, vertex.stateMask)
        && weightInit == vertex.weightInit
        && Objects.equals(updater, vertex.updater)
        && Objects.equals(biasUpdater, vertex.biasUpdater)
        && Objects.equals(regularization, vertex.regularization)
        && Objects.equals(regularizationBias, vertex.regularizationBias)
        && gradientNormalization == vertex.gradientNormalization
        && Double.compare(gradientNormalizationThreshold, vertex.gradientNormalizationThreshold)
            == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(querySize, stateSize, outputSize, maxOffset, queryMask, stateMask);
  }

  @Override
  public String toString() {
    return "LuongAttentionVertex(querySize=%d, stateSize=%d, outputSize=%d, maxOffset=%d, queryMask=%s, stateMask=%s)"
        .formatted(querySize, stateSize, outputSize, maxOffset, queryMask, stateMask);
  }

  /** Builds {@link LuongAttentionVertex}. */
  public static final class Builder {
    private final LuongAttentionVertex vertex = new LuongAttentionVertex();

    private Builder() {}

    /** H, the size of the decoder's states. */
    public Builder querySize(long querySize) {
      vertex.querySize = querySize;
      return this;
    }

    /** E, the size of the encoder's states. */
    public Builder stateSize(long stateSize) {
      vertex.stateSize = stateSize;
      return this;
    }

    /** A, the size of the output. */
    public Builder outputSize(long outputSize) {
      vertex.outputSize = outputSize;
      return this;
    }

    /** K, the largest offset with a bias of its own. Default: 0, no such bias. */
    public Builder maxOffset(int maxOffset) {
      vertex.maxOffset = maxOffset;
      return this;
    }

    /** The network input whose mask says which queries are there. Default: all are. */
    public Builder queryMask(String networkInput) {
      vertex.queryMask = networkInput;
      return this;
    }

    /** The network input whose mask says which states are there. Default: all are. */
    public Builder stateMask(String networkInput) {
      vertex.stateMask = networkInput;
      return this;
    }

    /** How W and W_c begin. Default: Xavier. */
    public Builder weightInit(WeightInit weightInit) {
      vertex.weightInit = Objects.requireNonNull(weightInit, "weightInit");
      return this;
    }

    /**
     * The vertex.
     *
     * @throws IllegalArgumentException if a size is not set, or maxOffset is negative
     */
    public LuongAttentionVertex build() {
      if (vertex.querySize < 1
          || vertex.stateSize < 1
          || vertex.outputSize < 1
          || vertex.maxOffset < 0) {
        throw new IllegalArgumentException(
            "querySize, stateSize and outputSize must be 1 at least, and maxOffset 0, but it is "
                + vertex);
      }
      return new LuongAttentionVertex(vertex);
    }
  }
}
