package io.github.recurrentzoo.layers;

import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A {@link StateStart} for Deeplearning4j's SimpleRnn, whose state h_t = f(x_t W_xh + h_{t-1} W_hh
 * + b_h) is that of an {@link Rrnn} with {@link StateCarry#MAIN}:
 *
 * <pre>{@code
 * new SimpleRnn.Builder()
 *     .weightInit(StateInit.input(StateStart.TIME_SCALES, 0))
 *     .weightInitRecurrent(StateInit.recurrent(StateStart.TIME_SCALES, 0))
 * }</pre>
 *
 * {@link Rrnn} takes the start itself, by {@link Rrnn.Builder#stateStart}.
 */
public final class StateInit implements IWeightInit {

  private static final long serialVersionUID = 1L;

  @JsonProperty private StateStart start;
  @JsonProperty private double scale;
  @JsonProperty private boolean input;

  private StateInit(StateStart start, double scale, boolean input) {
    this.start = start;
    this.scale = start.scale(scale);
    this.input = input;
  }

  /** For JSON and YAML only. */
  @SuppressWarnings("unused") // called by Jackson
  private StateInit() {}

  /**
   * The first values of W_xh, [D, H]: drawn as XAVIER says, then multiplied by a factor for each
   * unit, which is 1 unless the start says otherwise.
   *
   * @param scale the number that the start takes; 0 for none, or for its default
   * @throws IllegalArgumentException if the scale is not one of this start's
   */
  public static StateInit input(StateStart start, double scale) {
    return new StateInit(start, scale, true);
  }

  /**
   * The first values of W_hh, [H, H].
   *
   * @param scale the number that the start takes; 0 for none, or for its default
   * @throws IllegalArgumentException if the scale is not one of this start's
   */
  public static StateInit recurrent(StateStart start, double scale) {
    return new StateInit(start, scale, false);
  }

  @Override
  public INDArray init(double fanIn, double fanOut, long[] shape, char order, INDArray paramView) {
    INDArray view = paramView.reshape(order, shape);
    if (!input) {
      return view.assign(start.values(view, scale));
    }
    new WeightInitXavier().init(fanIn, fanOut, shape, order, paramView);
    return view.muliRowVector(start.inputFactors(view, scale));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateInit that
        && start == that.start
        && Double.compare(scale, that.scale) == 0
        && input == that.input;
  }

  @Override
  public int hashCode() {
    return 31 * start.hashCode() + Double.hashCode(scale) + (input ? 1 : 0);
  }

  @Override
  public String toString() {
    return "StateInit(" + start + ", " + scale + ", " + (input ? "input" : "recurrent") + ")";
  }
}
