package io.github.recurrentzoo.layers;

import static io.github.recurrentzoo.layers.RrnnParams.BACKWARD_PREFIX;
import static io.github.recurrentzoo.layers.RrnnParams.BIAS;
import static io.github.recurrentzoo.layers.RrnnParams.FORWARD_PREFIX;
import static io.github.recurrentzoo.layers.RrnnParams.GATE_WEIGHT;
import static io.github.recurrentzoo.layers.RrnnParams.OUTPUT_BIAS;
import static io.github.recurrentzoo.layers.RrnnParams.OUTPUT_WEIGHT;
import static io.github.recurrentzoo.layers.RrnnParams.RECURRENT_WEIGHT;
import static io.github.recurrentzoo.layers.RrnnParams.WEIGHT;

import io.github.recurrentzoo.layers.runtime.RrnnLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * RRNN, a recurrent layer with a dual recurrence.
 *
 * <pre>
 * h_t  = f(x_t W_xh  + h_{t-1} W_hh  + b_h)                               main recurrence
 * r_t  = g(x_t W_xr  + h_{t-1} W_rr  + b_r)                               auxiliary recurrence
 * h'_t = f(x_t W_x'h + h_{t-1} W_h'h + (r_t W_rh) (.) h_{t-1} + b_h')
 * o_t  = g_o(h'_t W_ho + h_t W_ho' + b_o)                                 output
 * </pre>
 *
 * with h_0 = 0; f is {@code activation} (tanh), g {@code gateActivation} (sigmoid), g_o {@code
 * outputActivation} (as g). {@link StateCarry} says which state is carried, {@link RrnnParams} how
 * the parameters are laid out, {@link DualRecurrence} how all this is computed.
 *
 * <p>Input: [B, nIn, T] (Deeplearning4j's NCW format), any T and B from one minibatch to the next.
 * Output: [B, nOut, T]; with {@code returnSequences(false)} [B, nOut], the last unmasked step that
 * each direction processes (for a backward pass, the first unmasked one). {@link Direction#BOTH}
 * doubles nOut. Masks are [B, T] of 0 and 1; a masked step zeroes state and output, as in
 * Deeplearning4j's own layers.
 *
 * <p>Only what is set on this layer, or an updater, regularization, dropout or gradient
 * normalization set for the whole network, applies. A network's {@code activation}, {@code
 * weightInit} and {@code biasInit} do not reach it, since Deeplearning4j cannot tell its defaults
 * from a choice; weight noise is refused. {@code network.setLearningRate} and the updater, L2 and
 * dropout of a {@code FineTuneConfiguration} do not reach it either: Deeplearning4j applies them to
 * layers of its own only. Set them on the layer, or change {@link #setUpdater its updater} before
 * the network is initialised; learning rate schedules work.
 */
public final class Rrnn extends SameDiffLayer {

  private static final long serialVersionUID = 1L;

  @JsonProperty private long nIn;
  @JsonProperty private long nOut;
  @JsonProperty private Activation activation = Activation.TANH;
  @JsonProperty private Activation gateActivation = Activation.SIGMOID;
  @JsonProperty private Activation outputActivation = Activation.SIGMOID;
  @JsonProperty private StateCarry stateCarry = StateCarry.MAIN;
  @JsonProperty private Direction direction = Direction.FORWARD;
  @JsonProperty private boolean returnSequences = true;
  @JsonProperty private IWeightInit recurrentWeightInit;
  @JsonProperty private double biasInit;
  @JsonProperty private boolean checked;
  @JsonProperty private KernelMode kernel = KernelMode.AUTO;

  private Rrnn(Builder builder) {
    super(builder);
    this.nIn = builder.nIn;
    this.nOut = builder.nOut;
    this.activation = builder.activation;
    this.gateActivation = builder.gateActivation;
    this.outputActivation =
        builder.outputActivation == null ? builder.gateActivation : builder.outputActivation;
    this.stateCarry = builder.stateCarry;
    this.direction = builder.direction;
    this.returnSequences = builder.returnSequences;
    this.recurrentWeightInit = builder.recurrentWeightInit;
    this.biasInit = builder.biasInit;
    this.checked = builder.checked;
    this.kernel = builder.kernel;
    this.gradientNormalization = builder.gradientNormalization;
    this.gradientNormalizationThreshold = builder.gradientNormalizationThreshold;
    initializeConstraints(builder);
  }

  /** For JSON and YAML only. */
  @SuppressWarnings("unused") // called by Jackson
  private Rrnn() {}

  @Override
  public SDVariable defineLayer(
      SameDiff sameDiff,
      SDVariable layerInput,
      Map<String, SDVariable> paramTable,
      SDVariable mask) {
    return define(sameDiff, layerInput, paramTable, mask, null).output();
  }

  /**
   * Defines the layer with a state to begin with.
   *
   * @param sameDiff the graph
   * @param x the input, [B, nIn, T]; T is known
   * @param params the parameters, by their keys
   * @param mask [B, T], or null
   * @param initialState [B, nOut], for both directions the same; null for zeros
   * @return the output, and the final state (null for {@link Direction#BOTH})
   */
  public DualRecurrence.Result define(
      SameDiff sameDiff,
      SDVariable x,
      Map<String, SDVariable> params,
      SDVariable mask,
      SDVariable initialState) {
    if (direction != Direction.BOTH) {
      return new DualRecurrence(sameDiff, this, params, "", direction == Direction.FORWARD)
          .define(x, mask, initialState);
    }
    SDVariable forward =
        new DualRecurrence(sameDiff, this, params, FORWARD_PREFIX, true)
            .define(x, mask, initialState)
            .output();
    SDVariable backward =
        new DualRecurrence(sameDiff, this, params, BACKWARD_PREFIX, false)
            .define(x, mask, initialState)
            .output();
    return new DualRecurrence.Result(sameDiff.concat(1, forward, backward), null);
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
    for (String prefix : prefixes()) {
      params.addWeightParam(prefix + WEIGHT, nIn, 3 * nOut);
      params.addWeightParam(prefix + RECURRENT_WEIGHT, nOut, 3 * nOut);
      params.addWeightParam(prefix + GATE_WEIGHT, nOut, nOut);
      params.addWeightParam(prefix + OUTPUT_WEIGHT, 2 * nOut, nOut);
      params.addBiasParam(prefix + BIAS, 1, 3 * nOut);
      params.addBiasParam(prefix + OUTPUT_BIAS, 1, nOut);
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    RrnnInitializer initializer = new RrnnInitializer(this);
    for (String prefix : prefixes()) {
      initializer.initialize(params, prefix);
    }
  }

  private List<String> prefixes() {
    return direction == Direction.BOTH ? List.of(FORWARD_PREFIX, BACKWARD_PREFIX) : List.of("");
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    RrnnChecks.requireSizes(this);
    RrnnLayer layer = new RrnnLayer(conf, networkDataType);
    layer.setListeners(trainingListeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(layerParamsView);
    layer.setParamTable(initializer().init(conf, layerParamsView, initializeParams));
    return layer;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    RrnnChecks.requireRecurrent(this, inputType);
    long size = direction == Direction.BOTH ? 2 * nOut : nOut;
    if (!returnSequences) {
      return InputType.feedForward(size);
    }
    long steps = ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength();
    return InputType.recurrent(size, steps, RNNFormat.NCW);
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    RrnnChecks.requireRecurrent(this, inputType);
    if (nIn <= 0 || override) {
      nIn = ((InputType.InputTypeRecurrent) inputType).getSize();
      setLayerParams(null); // their shapes were kept from before nIn was known
    }
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return InputTypeUtil.getPreprocessorForInputTypeRnnLayers(
        inputType, RNNFormat.NCW, getLayerName());
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray maskArray, MaskState currentMaskState, int minibatchSize) {
    // Without a time axis there is nothing left to mask.
    return new Pair<>(returnSequences ? maskArray : null, currentMaskState);
  }

  @Override
  public void applyGlobalConfig(NeuralNetConfiguration.Builder global) {
    RrnnChecks.requireNoWeightNoise(this, global.getWeightNoise());
    super.applyGlobalConfig(global);
    // Instances of its own, as every other layer gets: a learning rate set later is this layer's.
    regularization = regularization == null ? null : cloneAll(regularization);
    regularizationBias = regularizationBias == null ? null : cloneAll(regularizationBias);
    updater = updater == null ? null : updater.clone();
    biasUpdater = biasUpdater == null ? null : biasUpdater.clone();
  }

  private static List<Regularization> cloneAll(List<Regularization> from) {
    List<Regularization> clones = new ArrayList<>(from.size());
    for (Regularization r : from) {
      clones.add(r.clone());
    }
    return clones;
  }

  /** Input size D. */
  public long getNIn() {
    return nIn;
  }

  /** Hidden size H; the output size of one direction. */
  public long getNOut() {
    return nOut;
  }

  /** f, the activation of both states. */
  public Activation getActivation() {
    return activation;
  }

  /** g, the activation of the auxiliary recurrence. */
  public Activation getGateActivation() {
    return gateActivation;
  }

  /** The activation of the output. */
  public Activation getOutputActivation() {
    return outputActivation;
  }

  /** Which state is carried. */
  public StateCarry getStateCarry() {
    return stateCarry;
  }

  /** The direction of time. */
  public Direction getDirection() {
    return direction;
  }

  /** Whether the output has a time axis. */
  public boolean isReturnSequences() {
    return returnSequences;
  }

  /** How the recurrent weights begin; null for {@link OrthogonalInit}. */
  public IWeightInit getRecurrentWeightInit() {
    return recurrentWeightInit;
  }

  /** What all biases begin with. */
  public double getBiasInit() {
    return biasInit;
  }

  /** Whether each input is searched for NaN and infinities. */
  public boolean isChecked() {
    return checked;
  }

  /** Which code computes this layer. */
  public KernelMode getKernel() {
    return kernel;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Rrnn that
            && super.equals(that)
            && ownFields().equals(that.ownFields()));
  }

  @Override
  public int hashCode() {
    return Objects.hash(nIn, nOut, stateCarry, direction, returnSequences);
  }

  private List<Object> ownFields() {
    return Arrays.asList(
        nIn,
        nOut,
        activation,
        gateActivation,
        outputActivation,
        stateCarry,
        direction,
        returnSequences,
        recurrentWeightInit,
        biasInit,
        checked,
        kernel);
  }

  /** Builds an {@link Rrnn}; nOut is required, all else has a default. */
  @SuppressWarnings("unchecked") // build() of Deeplearning4j's builders promises any layer type
  public static final class Builder extends SameDiffLayer.Builder<Builder> {

    private long nIn;
    private long nOut;
    private Activation activation = Activation.TANH;
    private Activation gateActivation = Activation.SIGMOID;
    private Activation outputActivation;
    private StateCarry stateCarry = StateCarry.MAIN;
    private Direction direction = Direction.FORWARD;
    private boolean returnSequences = true;
    private IWeightInit recurrentWeightInit;
    private double biasInit;
    private boolean checked;
    private KernelMode kernel = KernelMode.AUTO;
    private GradientNormalization gradientNormalization;
    private double gradientNormalizationThreshold = Double.NaN;

    /** Input size D; not needed where the network has an input type. */
    public Builder nIn(long nIn) {
      this.nIn = nIn;
      return this;
    }

    /** Hidden size H, also the output size of one direction. */
    public Builder nOut(long nOut) {
      this.nOut = nOut;
      return this;
    }

    /** f, the activation of h and h'. Default: TANH. */
    public Builder activation(Activation activation) {
      this.activation = activation;
      return this;
    }

    /** g, the activation of the auxiliary recurrence. Default: SIGMOID. */
    public Builder gateActivation(Activation gateActivation) {
      this.gateActivation = gateActivation;
      return this;
    }

    /** The activation of the output. Default: as the gate activation. */
    public Builder outputActivation(Activation outputActivation) {
      this.outputActivation = outputActivation;
      return this;
    }

    /** Which state is carried. Default: {@link StateCarry#MAIN}. */
    public Builder stateCarry(StateCarry stateCarry) {
      this.stateCarry = stateCarry;
      return this;
    }

    /** The direction of time. Default: {@link Direction#FORWARD}. */
    public Builder direction(Direction direction) {
      this.direction = direction;
      return this;
    }

    /** True (default): all time steps are returned; false: the last one of each row. */
    public Builder returnSequences(boolean returnSequences) {
      this.returnSequences = returnSequences;
      return this;
    }

    /**
     * How the recurrent weights RW begin, each of their three [H, H] blocks by itself. Default:
     * {@link OrthogonalInit}.
     */
    public Builder recurrentWeightInit(IWeightInit recurrentWeightInit) {
      this.recurrentWeightInit = recurrentWeightInit;
      return this;
    }

    /** As {@link #recurrentWeightInit(IWeightInit)}. */
    public Builder recurrentWeightInit(WeightInit recurrentWeightInit) {
      return recurrentWeightInit(recurrentWeightInit.getWeightInitFunction());
    }

    /** What all biases begin with. Default: 0. */
    public Builder biasInit(double biasInit) {
      this.biasInit = biasInit;
      return this;
    }

    /**
     * Whether each input is searched for NaN and infinities, which costs a pass over it. Default:
     * false. {@code -Drecurrentzoo.checked=true} does the same for all layers.
     */
    public Builder checked(boolean checked) {
      this.checked = checked;
      return this;
    }

    /**
     * Which code computes this layer. Default: {@link KernelMode#AUTO}, which is the fused kernel
     * in float on the CPU, unless the system property {@value KernelMode#PROPERTY} says otherwise.
     */
    public Builder kernel(KernelMode kernel) {
      this.kernel = kernel;
      return this;
    }

    /** Gradient normalization or clipping of this layer. Default: the network's. */
    public Builder gradientNormalization(GradientNormalization gradientNormalization) {
      this.gradientNormalization = gradientNormalization;
      return this;
    }

    /** Threshold of {@link #gradientNormalization}. Default: the network's. */
    public Builder gradientNormalizationThreshold(double threshold) {
      this.gradientNormalizationThreshold = threshold;
      return this;
    }

    @Override
    public Builder weightDecay(double coefficient) {
      super.weightDecay(coefficient);
      return this;
    }

    @Override
    public Builder weightDecay(double coefficient, boolean applyLR) {
      super.weightDecay(coefficient, applyLR);
      return this;
    }

    @Override
    public Rrnn build() {
      if (nOut <= 0) {
        throw new DL4JInvalidConfigException(
            "Rrnn: nOut = " + nOut + ", but it must be at least 1; set nOut(hidden size)");
      }
      if (nIn < 0) {
        throw new DL4JInvalidConfigException(
            "Rrnn: nIn = "
                + nIn
                + ", but it must be at least 1; leave it out where the network"
                + " has an input type");
      }
      Objects.requireNonNull(stateCarry, "Rrnn: stateCarry is null; use MAIN or UPDATED");
      Objects.requireNonNull(direction, "Rrnn: direction is null; use FORWARD, BACKWARD or BOTH");
      Objects.requireNonNull(kernel, "Rrnn: kernel is null; use AUTO, FUSED, REFERENCE or OFF");
      SameDiffActivation.requireSupported("activation", activation);
      SameDiffActivation.requireSupported("gateActivation", gateActivation);
      if (outputActivation != null) {
        SameDiffActivation.requireSupported("outputActivation", outputActivation);
      }
      return new Rrnn(this);
    }
  }
}
