package io.github.recurrentzoo.layers;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.recurrentzoo.layers.kernel.Cell;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonInclude.Include;
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
 * outputActivation} (identity). {@link StateCarry} says which state is carried, {@link RrnnParams}
 * how the parameters are laid out, {@link DualRecurrence} how all this is computed.
 *
 * <p>{@link RecurrentSameDiffLayer} says what goes in and comes out, and which options of a network
 * reach the layer.
 */
public final class Rrnn extends RecurrentSameDiffLayer {

  private static final long serialVersionUID = 1L;

  @JsonProperty private Activation gateActivation = Activation.SIGMOID;
  @JsonProperty private Activation outputActivation = Activation.SIGMOID;
  @JsonProperty private StateCarry stateCarry = StateCarry.MAIN;

  @JsonProperty
  @JsonInclude(Include.NON_NULL) // so that models without it look as they always did
  private StateStart stateStart;

  @JsonProperty
  @JsonInclude(Include.NON_DEFAULT)
  private double stateScale;

  private Rrnn(Builder builder) {
    super(builder);
    this.gateActivation = builder.gateActivation;
    this.outputActivation = builder.outputActivation;
    this.stateCarry = builder.stateCarry;
    this.stateStart = builder.stateStart;
    this.stateScale = stateStart == null ? 0 : stateStart.scale(builder.stateScale);
  }

  /** For JSON and YAML only. */
  @SuppressWarnings("unused") // called by Jackson
  private Rrnn() {}

  @Override
  public List<CellParameter> parameters() {
    return RrnnParams.of(getNIn(), getNOut());
  }

  @Override
  public Map<String, Activation> activations() {
    Map<String, Activation> activations = new LinkedHashMap<>();
    activations.put("activation", getActivation());
    activations.put("gate activation", gateActivation);
    activations.put("output activation", outputActivation);
    return activations;
  }

  @Override
  protected UnrolledRecurrence recurrence(
      SameDiff sd, Map<String, SDVariable> params, boolean forward) {
    return new DualRecurrence(sd, this, params, forward);
  }

  @Override
  public Optional<Cell> cell() {
    return Optional.of(
        new Cell.Rrnn(
            Math.toIntExact(getNIn()),
            Math.toIntExact(getNOut()),
            known(getActivation()),
            known(gateActivation),
            known(outputActivation),
            stateCarry));
  }

  @Override
  protected void start(Map<String, INDArray> params) {
    if (stateStart == null) {
      return;
    }
    boolean updated = stateCarry == StateCarry.UPDATED;
    long first = updated ? 2 * getNOut() : 0;
    INDArray carried =
        params.get(RrnnParams.RECURRENT_WEIGHT).get(all(), interval(first, first + getNOut()));
    carried.assign(stateStart.values(carried, stateScale));
    params
        .get(RrnnParams.WEIGHT)
        .get(all(), interval(first, first + getNOut()))
        .muliRowVector(stateStart.inputFactors(carried, stateScale));
    if (updated && stateStart != StateStart.ORTHOGONAL) {
      params.get(RrnnParams.GATE_WEIGHT).assign(0);
    }
  }

  @Override
  protected List<Object> options() {
    List<Object> options = super.options();
    options.addAll(
        Arrays.asList(gateActivation, outputActivation, stateCarry, stateStart, stateScale));
    return options;
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

  /** How the weights begin that carry the state; null where they begin as the other ones. */
  public StateStart getStateStart() {
    return stateStart;
  }

  /** The number that the {@link StateStart} takes; 0 for one that takes none. */
  public double getStateScale() {
    return stateScale;
  }

  /** Builds an {@link Rrnn}; nOut is required, all else has a default. */
  @SuppressWarnings("unchecked") // build() of Deeplearning4j's builders promises any layer type
  public static final class Builder extends RecurrentSameDiffLayer.Builder<Builder> {

    private Activation gateActivation = Activation.SIGMOID;
    private Activation outputActivation = Activation.IDENTITY;
    private StateCarry stateCarry = StateCarry.MAIN;
    private StateStart stateStart;
    private double stateScale;

    /** With the defaults. */
    public Builder() {}

    /** g, the activation of the auxiliary recurrence. Default: SIGMOID. */
    public Builder gateActivation(Activation gateActivation) {
      this.gateActivation = gateActivation;
      return this;
    }

    /** g_o, the activation of the output. Default: IDENTITY. */
    public Builder outputActivation(Activation outputActivation) {
      this.outputActivation = outputActivation;
      return this;
    }

    /** Which state is carried. Default: {@link StateCarry#MAIN}. */
    public Builder stateCarry(StateCarry stateCarry) {
      this.stateCarry = stateCarry;
      return this;
    }

    /**
     * How the weights begin that carry the state: W_hh with {@link StateCarry#MAIN}, W_h'h with
     * {@link StateCarry#UPDATED}. With UPDATED and any start but ORTHOGONAL W_rh begins with 0, so
     * that the gate leaves the state alone at first. Default: as the other recurrent weights, which
     * {@link #recurrentWeightInit} says.
     */
    public Builder stateStart(StateStart stateStart) {
      this.stateStart = stateStart;
      return this;
    }

    /**
     * The factor of {@link StateStart#SCALED_IDENTITY}, which needs one, or the longest time scale
     * of {@link StateStart#TIME_SCALES} in steps, by default {@value
     * StateStart#LONGEST_TIME_SCALE}.
     */
    public Builder stateScale(double stateScale) {
      this.stateScale = stateScale;
      return this;
    }

    @Override
    public Rrnn build() {
      requireValid("Rrnn");
      Objects.requireNonNull(stateCarry, "Rrnn: stateCarry is null; use MAIN or UPDATED");
      requireScale();
      requireActivation("Rrnn", "gateActivation", gateActivation);
      requireActivation("Rrnn", "outputActivation", outputActivation);
      return new Rrnn(this);
    }

    private void requireScale() {
      if (stateStart == null && stateScale != 0) {
        throw new DL4JInvalidConfigException(
            "Rrnn: stateScale = " + stateScale + ", but no stateStart that takes it is set");
      }
      try {
        if (stateStart != null) {
          stateStart.scale(stateScale);
        }
      } catch (IllegalArgumentException e) {
        throw new DL4JInvalidConfigException("Rrnn: " + e.getMessage(), e);
      }
    }
  }
}
