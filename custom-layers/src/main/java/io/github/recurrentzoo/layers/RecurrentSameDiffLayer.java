package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.CellActivation;
import io.github.recurrentzoo.layers.runtime.RecurrentSameDiffRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonInclude;
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
 * <p>It is a {@link BaseRecurrentLayer}, so that networks treat it as they treat LSTM and
 * SimpleRnn: a network without input type, {@code setLearningRate}, {@code FineTuneConfiguration},
 * {@code nOutReplace} and {@code nInReplace} of {@code TransferLearning}, {@code LastTimeStep} and
 * {@code Bidirectional} work. Three things are different. A network's {@code activation}, {@code
 * weightInit} and {@code biasInit} do not reach it, since it has defaults of its own. Weight noise
 * is refused. With {@link Direction#BOTH} the layer gives twice nOut, which {@code nOutReplace}
 * does not know: add {@code nInReplace} with twice the number for the layer above.
 */
public abstract class RecurrentSameDiffLayer extends BaseRecurrentLayer {

  private static final long serialVersionUID = 1L;

  @JsonProperty private Direction direction = Direction.FORWARD;
  @JsonProperty private boolean returnSequences = true;
  @JsonProperty private boolean checked;
  @JsonProperty private KernelMode kernel = KernelMode.AUTO;

  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private Map<String, IWeightInit> paramWeightInit;

  /** Takes the options of a builder. */
  protected RecurrentSameDiffLayer(Builder<?> builder) {
    super(builder);
    this.direction = builder.direction;
    this.returnSequences = builder.returnSequences;
    this.checked = builder.checked;
    this.kernel = builder.kernel;
    this.paramWeightInit = builder.paramWeightInit;
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
        Arrays.asList(getClass(), direction, returnSequences, checked, kernel, paramWeightInit));
  }

  /** The name that kernels have for an activation that they know. */
  protected static CellActivation known(Activation activation) {
    return CellActivation.of(activation.getActivationFunction()).orElseThrow();
  }

  // ---- the graph

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

  /** What stands before the keys of each direction. */
  final List<String> prefixes() {
    return direction == Direction.BOTH
        ? List.of(CellParameter.FORWARD_PREFIX, CellParameter.BACKWARD_PREFIX)
        : List.of("");
  }

  // ---- parameters

  @Override
  public final ParamInitializer initializer() {
    return RecurrentParams.INSTANCE;
  }

  /** Gives the parameters, which are views by their keys with prefix, their first values. */
  final void initializeParameters(Map<String, INDArray> params) {
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
    }
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return InputTypeUtil.getPreprocessorForInputTypeRnnLayers(
        inputType, RNNFormat.NCW, getLayerName());
  }

  /** As Deeplearning4j reports it for its own layers: parameters and state of the updater. */
  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    long params = initializer().numParams(this);
    long state = getIUpdater() == null ? 0 : getIUpdater().stateSize(params);
    return new LayerMemoryReport.Builder(
            getLayerName(), getClass(), inputType, getOutputType(-1, inputType))
        .standardMemory(params, state)
        .build();
  }

  @Override
  protected void initializeConstraints(org.deeplearning4j.nn.conf.layers.Layer.Builder<?> builder) {
    super.initializeConstraints(builder);
    Builder<?> own = (Builder<?>) builder;
    constrain(own.getRecurrentConstraints(), CellParameter.Kind.RECURRENT_WEIGHT);
    constrain(own.getInputWeightConstraints(), CellParameter.Kind.WEIGHT);
  }

  private void constrain(List<LayerConstraint> by, CellParameter.Kind kind) {
    if (by == null) {
      return;
    }
    Set<String> keys = new HashSet<>();
    for (String prefix : prefixes()) {
      for (CellParameter p : parameters()) {
        boolean meant =
            p.kind() == kind
                && (kind != CellParameter.Kind.WEIGHT || p.key().equals(CellParameter.WEIGHT));
        if (meant) {
          keys.add(prefix + p.key());
        }
      }
    }
    constraints = constraints == null ? new ArrayList<>() : constraints;
    for (LayerConstraint constraint : by) {
      LayerConstraint clone = constraint.clone();
      clone.setParams(keys);
      constraints.add(clone);
    }
  }

  // ---- what Deeplearning4j's networks, transfer learning and fine-tuning set

  /**
   * Refuses weight noise, which this layer does not have.
   *
   * @throws DL4JInvalidConfigException if it is not null
   */
  @Override
  public void setWeightNoise(IWeightNoise weightNoise) {
    RecurrentChecks.requireNoWeightNoise(this, weightNoise);
    super.setWeightNoise(weightNoise);
  }

  /**
   * Sets f.
   *
   * @throws IllegalArgumentException if SameDiff cannot differentiate it
   */
  @Override
  public void setActivationFn(IActivation activationFn) {
    SameDiffActivation.requireSupported(
        getClass().getSimpleName(), "activation", SameDiffActivation.of(activationFn));
    super.setActivationFn(activationFn);
  }

  // ---- how this was written while the layer was a SameDiffLayer: read, but no longer written

  @JsonProperty(value = "activation", access = JsonProperty.Access.WRITE_ONLY)
  @SuppressWarnings("unused") // called by Jackson
  private void setFormerActivation(Activation activation) {
    setActivationFn(activation.getActivationFunction());
  }

  @JsonProperty(value = "weightInit", access = JsonProperty.Access.WRITE_ONLY)
  @SuppressWarnings("unused") // called by Jackson
  private void setFormerWeightInit(WeightInit weightInit) {
    setWeightInitFn(weightInit.getWeightInitFunction());
  }

  @JsonProperty(value = "recurrentWeightInit", access = JsonProperty.Access.WRITE_ONLY)
  @SuppressWarnings("unused") // called by Jackson
  private void setFormerRecurrentWeightInit(IWeightInit recurrentWeightInit) {
    setWeightInitFnRecurrent(recurrentWeightInit);
  }

  @JsonProperty(value = "updater", access = JsonProperty.Access.WRITE_ONLY)
  @SuppressWarnings("unused") // called by Jackson
  private void setFormerUpdater(IUpdater updater) {
    setIUpdater(updater);
  }

  // ---- options

  /** f, the activation of the state. */
  @JsonIgnore
  public Activation getActivation() {
    return SameDiffActivation.of(getActivationFn());
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
  @JsonIgnore
  public IWeightInit getRecurrentWeightInit() {
    return getWeightInitFnRecurrent();
  }

  /** How single parameters begin, by their keys; null where none was given. */
  public Map<String, IWeightInit> getParamWeightInit() {
    return paramWeightInit;
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
  public abstract static class Builder<B extends Builder<B>> extends BaseRecurrentLayer.Builder<B> {

    private Direction direction = Direction.FORWARD;
    private boolean returnSequences = true;
    private boolean checked;
    private KernelMode kernel = KernelMode.AUTO;
    private Map<String, IWeightInit> paramWeightInit;

    /** With the defaults. */
    protected Builder() {
      activationFn = Activation.TANH.getActivationFunction();
      weightInitFn = WeightInit.XAVIER.getWeightInitFunction();
      biasInit = 0;
    }

    @SuppressWarnings("unchecked") // B is the class of this builder
    private B self() {
      return (B) this;
    }

    /** Input size D; not needed where the network has an input type. */
    @Override
    public B nIn(long nIn) {
      return super.nIn(nIn);
    }

    /** Hidden size H, also the output size of one direction. */
    @Override
    public B nOut(long nOut) {
      setNOut(nOut); // Deeplearning4j's own method cuts it to an int
      return self();
    }

    /** f, the activation of the state. Default: TANH. */
    @Override
    public B activation(Activation activation) {
      return activation(activation == null ? null : activation.getActivationFunction());
    }

    /** How one parameter begins, for example {@code "W"}; all its blocks alike. */
    public B weightInit(String param, IWeightInit weightInit) {
      paramWeightInit = paramWeightInit == null ? new HashMap<>() : paramWeightInit;
      paramWeightInit.put(param, weightInit);
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
      return weightInitRecurrent(recurrentWeightInit);
    }

    /** As {@link #recurrentWeightInit(IWeightInit)}. */
    public B recurrentWeightInit(WeightInit recurrentWeightInit) {
      return weightInitRecurrent(recurrentWeightInit);
    }

    /** What all biases begin with. Default: 0. */
    @Override
    public B biasInit(double biasInit) {
      return super.biasInit(biasInit);
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

    @Override
    public B weightNoise(IWeightNoise weightNoise) {
      if (weightNoise != null) {
        throw new DL4JInvalidConfigException(
            "A recurrent layer in SameDiff has no weight noise, but "
                + weightNoise
                + " was given; use dropOut");
      }
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
      if (rnnDataFormat == RNNFormat.NWC) {
        throw new DL4JInvalidConfigException(
            layer
                + ": data format NWC [batch, time, size], but the layer reads NCW [batch, size,"
                + " time]; leave dataFormat out and permute the data (0, 2, 1)");
      }
      requireActivation(layer, "activation", SameDiffActivation.of(activationFn));
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
