package io.github.recurrentzoo.layers;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The dual recurrence of RRNN in SameDiff, one direction, unrolled over T time steps.
 *
 * <pre>
 * h_t  = f(x_t W_xh  + h_{t-1} W_hh  + b_h)                               main recurrence
 * r_t  = g(x_t W_xr  + h_{t-1} W_rr  + b_r)                               auxiliary recurrence
 * h'_t = f(x_t W_x'h + h_{t-1} W_h'h + (r_t W_rh) (.) h_{t-1} + b_h')
 * o_t  = g_o(h'_t W_ho + h_t W_ho' + b_o)                                 output
 * </pre>
 *
 * Row vectors; (.) is the element-wise product. With {@link StateCarry#UPDATED} {@code h'_{t-1}}
 * takes the place of {@code h_{t-1}} everywhere. At a masked time step both states and the output
 * are zero, as in Deeplearning4j's own layers.
 *
 * <p>SameDiff loops have no gradient, so the time loop is unrolled, and as each operation costs
 * some 10 to 25 microseconds to dispatch, whatever does not depend on the loop is one operation
 * over all T*B rows: the products with x, the output, and with {@link StateCarry#MAIN} everything
 * but {@code h_{t-1} W_hh} and f. When only the last step is wanted, the rest is computed for that
 * step alone.
 */
public final class DualRecurrence {

  private final SameDiff sd;
  private final Rrnn conf;
  private final boolean forward;
  private final int inputs; // D
  private final int hidden; // H
  private final SDVariable[] w; // W_xh, W_xr, W_x'h, each [D, H]
  private final SDVariable[] rw; // W_hh, W_rr, W_h'h, each [H, H]
  private final SDVariable[] b; // b_h, b_r, b_h', each [1, H]
  private final SDVariable gw; // W_rh, [H, H]
  private final SDVariable ow; // W_ho above W_ho', [2H, H]
  private final SDVariable bo; // [1, H]

  /**
   * What the recurrence gives.
   *
   * @param output [B, H, T], or [B, H] when the layer returns its last step only
   * @param finalState [B, H], the carried state after the last step that was processed
   */
  public record Result(SDVariable output, SDVariable finalState) {}

  /** The states of each step, T times [B, H]: before it, h_t, and h'_t where the loop makes it. */
  private record States(List<SDVariable> previous, List<SDVariable> main, List<SDVariable> gated) {}

  /**
   * Prepares the definition of one direction.
   *
   * @param sd the graph to define the recurrence in
   * @param conf sizes, activations, state carry
   * @param params the parameters, by the keys of {@link RrnnParams}
   * @param prefix what stands before each key: empty, or that of one half of {@link Direction#BOTH}
   * @param forward whether time runs from the first step to the last
   */
  public DualRecurrence(
      SameDiff sd, Rrnn conf, Map<String, SDVariable> params, String prefix, boolean forward) {
    this.sd = sd;
    this.conf = conf;
    this.forward = forward;
    this.inputs = Math.toIntExact(conf.getNIn());
    this.hidden = Math.toIntExact(conf.getNOut());
    // Blocks by split: the gradient of a strided slice fails on a matrix of one row.
    this.w = sd.split(params.get(prefix + RrnnParams.WEIGHT), 3, 1);
    this.rw = sd.split(params.get(prefix + RrnnParams.RECURRENT_WEIGHT), 3, 1);
    this.b = sd.split(params.get(prefix + RrnnParams.BIAS), 3, 1);
    this.gw = params.get(prefix + RrnnParams.GATE_WEIGHT);
    this.ow = params.get(prefix + RrnnParams.OUTPUT_WEIGHT);
    this.bo = params.get(prefix + RrnnParams.OUTPUT_BIAS);
  }

  /**
   * Defines output and final state.
   *
   * @param x the input, [B, D, T]; T is known
   * @param mask [B, T] of 0 and 1, or null
   * @param initialState [B, H], or null for zeros
   */
  public Result define(SDVariable x, SDVariable mask, SDVariable initialState) {
    int steps = Math.toIntExact(x.getShape()[2]);
    SDVariable xs = x.permute(2, 0, 1); // [T, B, D]
    SDVariable ms = mask == null ? null : mask.permute(1, 0).reshape(steps, -1, 1); // [T, B, 1]
    SDVariable initial = initialState == null ? zeroState(xs, steps) : initialState;
    return conf.getStateCarry() == StateCarry.MAIN
        ? carryMain(xs, ms, initial, steps)
        : carryUpdated(xs, ms, initial, steps);
  }

  /** Zeros, [B, H]: as many rows as x has, which only the graph knows. */
  private SDVariable zeroState(SDVariable xs, int steps) {
    return sd.zerosLike(inputAt(xs, 0, steps).mmul(w[0]));
  }

  private Result carryMain(SDVariable xs, SDVariable ms, SDVariable initialState, int steps) {
    SDVariable xMain = rows(xs, inputs).mmul(w[0]).add(b[0]); // [T*B, H]
    States states = unrollMain(unstack(xMain, steps, hidden), masks(ms, steps), initialState);
    SDVariable output;
    if (conf.isReturnSequences()) {
      SDVariable previous = rows(stack(states.previous()), hidden);
      SDVariable gated = gated(rows(xs, inputs), previous); // [T*B, H]
      output = timeLast(output(gated, rows(stack(states.main()), hidden)), ms, steps);
    } else {
      SDVariable isLast = ms == null ? null : isLast(ms);
      SDVariable gated = gated(lastInput(xs, isLast, steps), last(states.previous(), isLast));
      output = output(gated, last(states.main(), isLast)); // [B, H]
    }
    return new Result(output, states.main().get(lastIndex(steps)));
  }

  private Result carryUpdated(SDVariable xs, SDVariable ms, SDVariable initialState, int steps) {
    SDVariable xAll = rows(xs, inputs).mmul(sd.concat(1, w)).add(sd.concat(1, b)); // [T*B, 3H]
    States states = unrollUpdated(unstack(xAll, steps, 3 * hidden), masks(ms, steps), initialState);
    SDVariable output;
    if (conf.isReturnSequences()) {
      SDVariable gated = rows(stack(states.gated()), hidden); // [T*B, H]
      output = timeLast(output(gated, rows(stack(states.main()), hidden)), ms, steps);
    } else {
      SDVariable isLast = ms == null ? null : isLast(ms);
      output = output(last(states.gated(), isLast), last(states.main(), isLast)); // [B, H]
    }
    return new Result(output, states.gated().get(lastIndex(steps)));
  }

  /** The time loop of {@link StateCarry#MAIN}: one product and one activation per step. */
  private States unrollMain(SDVariable[] xMain, SDVariable[] masks, SDVariable initialState) {
    int steps = xMain.length;
    SDVariable[] previous = new SDVariable[steps];
    SDVariable[] main = new SDVariable[steps];
    SDVariable state = initialState;
    for (int i = 0; i < steps; i++) {
      int t = index(i, steps);
      previous[t] = state;
      main[t] = masked(f(xMain[t].add(state.mmul(rw[0]))), masks, t);
      state = main[t];
    }
    return new States(List.of(previous), List.of(main), List.of());
  }

  /** The time loop of {@link StateCarry#UPDATED}: two products and three activations per step. */
  private States unrollUpdated(SDVariable[] xAll, SDVariable[] masks, SDVariable initialState) {
    int steps = xAll.length;
    SDVariable recurrent = sd.concat(1, rw); // [H, 3H]
    SDVariable[] main = new SDVariable[steps];
    SDVariable[] gated = new SDVariable[steps];
    SDVariable state = initialState;
    for (int i = 0; i < steps; i++) {
      int t = index(i, steps);
      SDVariable[] z = sd.split(xAll[t].add(state.mmul(recurrent)), 3, 1);
      main[t] = f(z[0]);
      SDVariable r = g(z[1]);
      gated[t] = masked(f(z[2].add(r.mmul(gw).mul(state))), masks, t);
      state = gated[t];
    }
    return new States(List.of(), List.of(main), List.of(gated));
  }

  /** r_t, then h'_t, from x [N, D] and the state before [N, H]. */
  private SDVariable gated(SDVariable x, SDVariable previous) {
    SDVariable r = g(x.mmul(w[1]).add(previous.mmul(rw[1])).add(b[1]));
    SDVariable gate = r.mmul(gw).mul(previous);
    return f(x.mmul(w[2]).add(previous.mmul(rw[2])).add(gate).add(b[2]));
  }

  /** o_t from h'_t and h_t, each [N, H]. */
  private SDVariable output(SDVariable gated, SDVariable main) {
    SDVariable z = sd.concat(1, gated, main).mmul(ow).add(bo);
    return SameDiffActivation.apply(conf.getOutputActivation(), sd, z);
  }

  private SDVariable f(SDVariable z) {
    return SameDiffActivation.apply(conf.getActivation(), sd, z);
  }

  private SDVariable g(SDVariable z) {
    return SameDiffActivation.apply(conf.getGateActivation(), sd, z);
  }

  /** The time step that is processed i-th. */
  private int index(int i, int steps) {
    return forward ? i : steps - 1 - i;
  }

  private int lastIndex(int steps) {
    return index(steps - 1, steps);
  }

  /** [T, B, K] to [T*B, K]. */
  private static SDVariable rows(SDVariable timeMajor, int size) {
    return timeMajor.reshape(-1, size);
  }

  /** [T*B, K] to T times [B, K]. */
  private SDVariable[] unstack(SDVariable rows, int steps, int size) {
    return sd.unstack(rows.reshape(steps, -1, size), 0, steps);
  }

  /** [T, B, 1] to T times [B, 1]; null for none. */
  private SDVariable[] masks(SDVariable ms, int steps) {
    return ms == null ? null : sd.unstack(ms, 0, steps);
  }

  private static SDVariable masked(SDVariable state, SDVariable[] masks, int t) {
    return masks == null ? state : state.mul(masks[t]);
  }

  /** [T*B, H] to [B, H, T], zero where masked. */
  private SDVariable timeLast(SDVariable rows, SDVariable ms, int steps) {
    SDVariable timeMajor = rows.reshape(steps, -1, hidden);
    SDVariable masked = ms == null ? timeMajor : timeMajor.mul(ms);
    return masked.permute(1, 2, 0);
  }

  /** 1 at the last unmasked step that is processed of each row, 0 elsewhere, [T, B, 1]. */
  private SDVariable isLast(SDVariable ms) {
    SDVariable unmaskedToCome = sd.cumsum(ms, true, forward, 0);
    return ms.mul(sd.eq(unmaskedToCome, 0.0).castTo(ms.dataType()));
  }

  /** T times [B, H] to [B, H] at the last step. */
  private SDVariable last(List<SDVariable> states, SDVariable isLast) {
    return isLast == null ? states.get(lastIndex(states.size())) : stack(states).mul(isLast).sum(0);
  }

  private SDVariable stack(List<SDVariable> states) {
    return sd.stack(0, states.toArray(SDVariable[]::new));
  }

  /** [T, B, D] to [B, D] at the last step. */
  private SDVariable lastInput(SDVariable xs, SDVariable isLast, int steps) {
    return isLast == null ? inputAt(xs, lastIndex(steps), steps) : xs.mul(isLast).sum(0);
  }

  /** [T, B, D] to [B, D] by a product with 0 and 1: the gradients of slice and gather fail. */
  private SDVariable inputAt(SDVariable xs, int t, int steps) {
    INDArray isStep = Nd4j.zeros(xs.dataType(), steps, 1, 1);
    isStep.putScalar(t, 0, 0, 1.0);
    return xs.mul(sd.constant(isStep)).sum(0);
  }
}
