package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.kernel.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The gated recurrent unit, which Deeplearning4j has no layer for.
 *
 * <pre>
 * r_t = g(x_t W_xr + h_{t-1} W_hr + b_r)                                  reset gate
 * z_t = g(x_t W_xz + h_{t-1} W_hz + b_z)                                  update gate
 * n_t = f(x_t W_xn + b_n + r_t (.) (h_{t-1} W_hn + c_n))                  candidate
 * h_t = (1 - z_t) (.) n_t + z_t (.) h_{t-1}                               state and output
 * </pre>
 *
 * with h_0 = 0; f is {@code activation} (tanh), g {@code gateActivation} (sigmoid). {@link
 * GruParams} says how the parameters are laid out.
 *
 * <p>Cho et al. 2014, arXiv:1406.1078, in the form that resets after the product, which is the
 * default of Keras ({@code reset_after}), the only one of PyTorch and cuDNN, and ONNX's {@code
 * linear_before_reset = 1}: all products with h_{t-1} are one.
 *
 * <p>{@link RecurrentSameDiffLayer} says what goes in and comes out, and which options of a network
 * reach the layer.
 */
public final class Gru extends RecurrentSameDiffLayer {

  private static final long serialVersionUID = 1L;

  @JsonProperty private Activation gateActivation = Activation.SIGMOID;

  private Gru(Builder builder) {
    super(builder);
    this.gateActivation = builder.gateActivation;
  }

  /** For JSON and YAML only. */
  @SuppressWarnings("unused") // called by Jackson
  private Gru() {}

  @Override
  public List<CellParameter> parameters() {
    return GruParams.of(getNIn(), getNOut());
  }

  @Override
  public Map<String, Activation> activations() {
    Map<String, Activation> activations = new LinkedHashMap<>();
    activations.put("activation", getActivation());
    activations.put("gate activation", gateActivation);
    return activations;
  }

  @Override
  protected UnrolledRecurrence recurrence(
      SameDiff sd, Map<String, SDVariable> params, boolean forward) {
    return new GruRecurrence(sd, this, params, forward);
  }

  @Override
  public Optional<Cell> cell() {
    return Optional.of(
        new Cell.Gru(
            Math.toIntExact(getNIn()),
            Math.toIntExact(getNOut()),
            known(getActivation()),
            known(gateActivation)));
  }

  @Override
  protected List<Object> options() {
    List<Object> options = super.options();
    options.add(gateActivation);
    return options;
  }

  /** g, the activation of both gates. */
  public Activation getGateActivation() {
    return gateActivation;
  }

  /** Builds a {@link Gru}; nOut is required, all else has a default. */
  @SuppressWarnings("unchecked") // build() of Deeplearning4j's builders promises any layer type
  public static final class Builder extends RecurrentSameDiffLayer.Builder<Builder> {

    private Activation gateActivation = Activation.SIGMOID;

    /** With the defaults. */
    public Builder() {}

    /** g, the activation of both gates. Default: SIGMOID. */
    public Builder gateActivation(Activation gateActivation) {
      this.gateActivation = gateActivation;
      return this;
    }

    @Override
    public Gru build() {
      requireValid("Gru");
      requireActivation("Gru", "gateActivation", gateActivation);
      return new Gru(this);
    }
  }
}
