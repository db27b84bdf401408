package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.CellActivation;
import io.github.recurrentzoo.layers.runtime.RecurrentSameDiffRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * The base of recurrent layers whose equations are given in SameDiff: what a layer has beside its
 * equations, with a runtime that works around the faults of Deeplearning4j's own for SameDiff
 * layers (gradients twice too large, one sequence length only, no state, no dropout). {@link Rrnn}
 * is such a layer.
 *
 * <p>A subclass gives its {@link #parameters}, its {@link #activations} and its equations ({@link
 * #recurrence}). That is enough: gradients, masks, both directions, state from call to call and
 * truncated BPTT follow. With a {@link #cell}, a kernel computes it, which is several times faster.
 * It needs a private constructor without arguments for JSON, and each field of its own a
 * {@code @JsonProperty} and a place in {@link #options}.
 *
 * <p>One state [B, nOut] is carried from step to step. Input: [B, nIn, T] (Deeplearning4j's NCW
 * format), any T and B from one minibatch to the next. Output: [B, nOut, T]; with {@code
 * returnSequences(false)} [B, nOut], the last unmasked step that each direction processes (for a
 * backward pass, the first unmasked one). {@link Direction#BOTH} doubles nOut. Masks are [B, T] of
 * 0 and 1; a masked step zeroes state and output, as in Deeplearning4j's own layers.
 *
 * <p>Only what is set on the layer, or an updater, regularization, dropout or gradient
 * normalization set for the whole network, applies. A network's {@code activation}, {@code
 * weightInit} and {@code biasInit} do not reach it, since Deeplearning4j cannot tell its defaults
 * from a choice; weight noise is refused. {@code network.setLearningRate} and the updater, L2 and
 * dropout of a {@code FineTuneConfiguration} do not reach it either: Deeplearning4j applies them to
 * layers of its own only. Set them on the layer, or change {@link #setUpdater its updater} before
 * the network is initialised; learning rate schedules work.
 */
public abstract class RecurrentSameDiffLayer extends SameDiffLayer {

  private static final long serialVersionUID = 1L;

  @JsonProperty private long nIn;
  @JsonProperty private long nOut;
  @JsonProperty private Activation activation = Activation.TANH;
  @JsonProperty private Direction direction = Direction.FORWARD;
  @JsonProperty private boolean returnSequences = true;
  @JsonProperty private IWeightInit recurrentWeightInit;
  @JsonProperty private double biasInit;
  @JsonProperty private boolean checked;
  @JsonProperty private KernelMode kernel = KernelMode.AUTO;

  /** Takes the options of a builder. */
  protected RecurrentSameDiffLayer(Builder<?> builder) {
    super(builder);
    this.nIn = builder.nIn;
    this.nOut = builder.nOut;
    this.activation = builder.activation;
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
  protected RecurrentSameDiffLayer() {}

  // ---- what a subclass gives

  /** The parameters of one direction, in the order of the layer's vector; weights before biases. */
  public abstract List<CellParameter> parameters();

  /** All activations, by the name of their option, in an order of the subclass's. */
  public abstract Map<String, Activation> activations();

  /**
   * The equations of one direction.
   *
   * @param sd the graph to define them in
   * @param params by the keys of {@link #parameters}
   * @param forward whether time runs from the first step to the last
   */
  protected abstract UnrolledRecurrence recurrence(
      SameDiff sd, Map<String, SDVariable> params, boolean forward);

  /**
   * What a kernel computes for this layer, with the same parameters under the same keys. Is asked
   * for only where kernels know all of {@link #activations}.
   *
   * @return empty (the default) where there is no kernel
   */
  public Optional<Cell> cell() {
    return Optional.empty();
  }

  /** What tells one layer from another: these, and what the subclass adds. */
  protected List<Object> options() {
    return new ArrayList<>(
        Arrays.asList(
            getClass(),
            nIn,
            nOut,
            activation,
            direction,
            returnSequences,
            recurrentWeightInit,
            biasInit,
            checked,
            kernel));
  }

  /** The name that kernels have for an activation that they know. */
  protected static CellActivation known(Activation activation) {
    return CellActivation.of(activation.getActivationFunction()).orElseThrow();
  }

  // ---- the graph

  @Override
  public final SDVariable defineLayer(
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
  public final UnrolledRecurrence.Result define(
      SameDiff sameDiff,
      SDVariable x,
      Map<String, SDVariable> params,
      SDVariable mask,
      SDVariable initialState) {
    List<UnrolledRecurrence.Result> results = new ArrayList<>();
    for (String prefix : prefixes()) {
      boolean forward =
          direction == Direction.BOTH ? results.isEmpty() : direction == Direction.FORWARD;
      results.add(
          recurrence(sameDiff, withoutPrefix(params, prefix), forward)
              .define(x, mask, initialState));
    }
    if (results.size() == 1) {
      return results.get(0);
    }
    SDVariable both = sameDiff.concat(1, results.get(0).output(), results.get(1).output());
    return new UnrolledRecurrence.Result(both, null);
  }

  private List<String> prefixes() {
    return direction == Direction.BOTH
        ? List.of(CellParameter.FORWARD_PREFIX, CellParameter.BACKWARD_PREFIX)
        : List.of("");
  }

  // ---- parameters

  @Override
  public final void defineParameters(SDLayerParams params) {
    params.clear();
    for (String prefix : prefixes()) {
      for (CellParameter p : parameters()) {
        if (p.isBias()) {
          params.addBiasParam(prefix + p.key(), p.rows(), p.columns());
        } else {
          params.addWeightParam(prefix + p.key(), p.rows(), p.columns());
        }
      }
    }
  }

  @Override
  public final void initializeParameters(Map<String, INDArray> params) {
    RecurrentInitializer initializer = new RecurrentInitializer(this);
    for (String prefix : prefixes()) {
      initializer.initialize(params, prefix);
      start(withoutPrefix(params, prefix));
    }
  }

  /**
   * Changes the first values of one direction's parameters, which have been drawn. Does nothing,
   * unless a subclass has something of its own.
   *
   * @param params views, by the keys of {@link #parameters}
   */
  protected void start(Map<String, INDArray> params) {}

  private <T> Map<String, T> withoutPrefix(Map<String, T> params, String prefix) {
    Map<String, T> own = new HashMap<>();
    parameters().forEach(p -> own.put(p.key(), params.get(prefix + p.key())));
    return own;
  }

  // ---- what Deeplearning4j asks of a layer

  @Override
  public final Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    RecurrentChecks.requireSizes(this);
    RecurrentSameDiffRuntime layer = new RecurrentSameDiffRuntime(conf, networkDataType);
    layer.setListeners(trainingListeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(layerParamsView);
    layer.setParamTable(initializer().init(conf, layerParamsView, initializeParams));
    return layer;
  }

  /** The size of the output: nOut, or twice that for {@link Direction#BOTH}. */
  public final long outputSize() {
    return direction == Direction.BOTH ? 2 * nOut : nOut;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    RecurrentChecks.requireRecurrent(this, inputType);
    if (!returnSequences) {
      return InputType.feedForward(outputSize());
    }
    long steps = ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength();
    return InputType.recurrent(outputSize(), steps, RNNFormat.NCW);
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    RecurrentChecks.requireRecurrent(this, inputType);
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
    RecurrentChecks.requireNoWeightNoise(this, global.getWeightNoise());
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

  // ---- options

  /** Input size D. */
  public long getNIn() {
    return nIn;
  }

  /** Hidden size H; the output size of one direction. */
  public long getNOut() {
    return nOut;
  }

  /** f, the activation of the state. */
  public Activation getActivation() {
    return activation;
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
  public final boolean equals(Object other) {
    return this == other
        || (other instanceof RecurrentSameDiffLayer that
            && super.equals(that)
            && options().equals(that.options()));
  }

  @Override
  public final int hashCode() {
    return Objects.hash(nIn, nOut, direction, returnSequences);
  }

  /**
   * What builders of such layers share; nOut is required, all else has a default.
   *
   * @param <B> the builder
   */
  public abstract static class Builder<B extends Builder<B>> extends SameDiffLayer.Builder<B> {

    private long nIn;
    private long nOut;
    private Activation activation = Activation.TANH;
    private Direction direction = Direction.FORWARD;
    private boolean returnSequences = true;
    private IWeightInit recurrentWeightInit;
    private double biasInit;
    private boolean checked;
    private KernelMode kernel = KernelMode.AUTO;
    private GradientNormalization gradientNormalization;
    private double gradientNormalizationThreshold = Double.NaN;

    /** With the defaults. */
    protected Builder() {}

    @SuppressWarnings("unchecked") // B is the class of this builder
    private B self() {
      return (B) this;
    }

    /** Input size D; not needed where the network has an input type. */
    public B nIn(long nIn) {
      this.nIn = nIn;
      return self();
    }

    /** Hidden size H, also the output size of one direction. */
    public B nOut(long nOut) {
      this.nOut = nOut;
      return self();
    }

    /** f, the activation of the state. Default: TANH. */
    public B activation(Activation activation) {
      this.activation = activation;
      return self();
    }

    /** The direction of time. Default: {@link Direction#FORWARD}. */
    public B direction(Direction direction) {
      this.direction = direction;
      return self();
    }

    /** True (default): all time steps are returned; false: the last one of each row. */
    public B returnSequences(boolean returnSequences) {
      this.returnSequences = returnSequences;
      return self();
    }

    /**
     * How the recurrent weights RW begin, each of their [H, H] blocks by itself. Default: {@link
     * OrthogonalInit}.
     */
    public B recurrentWeightInit(IWeightInit recurrentWeightInit) {
      this.recurrentWeightInit = recurrentWeightInit;
      return self();
    }

    /** As {@link #recurrentWeightInit(IWeightInit)}. */
    public B recurrentWeightInit(WeightInit recurrentWeightInit) {
      return recurrentWeightInit(recurrentWeightInit.getWeightInitFunction());
    }

    /** What all biases begin with. Default: 0. */
    public B biasInit(double biasInit) {
      this.biasInit = biasInit;
      return self();
    }

    /**
     * Whether each input is searched for NaN and infinities, which costs a pass over it. Default:
     * false. {@code -Drecurrentzoo.checked=true} does the same for all layers.
     */
    public B checked(boolean checked) {
      this.checked = checked;
      return self();
    }

    /**
     * Which code computes this layer. Default: {@link KernelMode#AUTO}, which is the fused kernel
     * in float on the CPU, unless the system property {@value KernelMode#PROPERTY} says otherwise.
     */
    public B kernel(KernelMode kernel) {
      this.kernel = kernel;
      return self();
    }

    /** Gradient normalization or clipping of this layer. Default: the network's. */
    public B gradientNormalization(GradientNormalization gradientNormalization) {
      this.gradientNormalization = gradientNormalization;
      return self();
    }

    /** Threshold of {@link #gradientNormalization}. Default: the network's. */
    public B gradientNormalizationThreshold(double threshold) {
      this.gradientNormalizationThreshold = threshold;
      return self();
    }

    @Override
    public B weightDecay(double coefficient) {
      super.weightDecay(coefficient);
      return self();
    }

    @Override
    public B weightDecay(double coefficient, boolean applyLR) {
      super.weightDecay(coefficient, applyLR);
      return self();
    }

    /**
     * Refuses what no such layer can be built with; for {@code build()}.
     *
     * @param layer the name of the layer's class, for messages
     * @throws DL4JInvalidConfigException if a size is wrong
     * @throws NullPointerException if an option is null
     * @throws IllegalArgumentException if the activation has no gradient in SameDiff
     */
    protected final void requireValid(String layer) {
      if (nOut <= 0) {
        throw new DL4JInvalidConfigException(
            layer + ": nOut = " + nOut + ", but it must be at least 1; set nOut(hidden size)");
      }
      if (nIn < 0) {
        throw new DL4JInvalidConfigException(
            layer
                + ": nIn = "
                + nIn
                + ", but it must be at least 1; leave it out where the network"
                + " has an input type");
      }
      Objects.requireNonNull(
          direction, () -> layer + ": direction is null; use FORWARD, BACKWARD or BOTH");
      Objects.requireNonNull(
          kernel, () -> layer + ": kernel is null; use AUTO, FUSED, REFERENCE or OFF");
      requireActivation(layer, "activation", activation);
    }

    /**
     * Refuses an activation that is null or that SameDiff cannot differentiate.
     *
     * @param layer the name of the layer's class, for the message
     * @param option what the activation is of
     * @throws IllegalArgumentException if it is one of these
     */
    protected static void requireActivation(String layer, String option, Activation activation) {
      SameDiffActivation.requireSupported(layer, option, activation);
    }
  }
}
