package io.github.recurrentzoo.layers;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

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
  private final SDVariable w; // [D, 3H]
  private final SDVariable rw; // [H, 3H]
  private final SDVariable gw; // [H, H]
  private final SDVariable ow; // [2H, H]
  private final SDVariable b; // [1, 3H]
  private final SDVariable bo; // [1, H]

  /**
   * What the recurrence gives.
   *
   * @param output [B, H, T], or [B, H] when the layer returns its last step only
   * @param finalState [B, H], the carried state after the last step that was processed
   */
  public record Result(SDVariable output, SDVariable finalState) {}

  /** The states before and after each step, [T, B, H]; {@code gated} is null where not needed. */
  private record States(
      SDVariable previous, SDVariable main, SDVariable gated, SDVariable finalState) {}

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
    this.w = params.get(prefix + RrnnParams.WEIGHT);
    this.rw = params.get(prefix + RrnnParams.RECURRENT_WEIGHT);
    this.gw = params.get(prefix + RrnnParams.GATE_WEIGHT);
    this.ow = params.get(prefix + RrnnParams.OUTPUT_WEIGHT);
    this.b = params.get(prefix + RrnnParams.BIAS);
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
    return conf.getStateCarry() == StateCarry.MAIN
        ? carryMain(xs, ms, initialState, steps)
        : carryUpdated(xs, ms, initialState, steps);
  }

  private Result carryMain(SDVariable xs, SDVariable ms, SDVariable initialState, int steps) {
    SDVariable xMain = inputProduct(rows(xs, inputs), 0, 1); // [T*B, H]
    States states = unrollMain(sequence(xMain, steps), ms, initialState);
    if (!conf.isReturnSequences()) {
      SDVariable previous = last(states.previous(), ms, steps);
      SDVariable gated = gated(inputProduct(last(xs, ms, steps), 1, 3), previous);
      return new Result(output(gated, last(states.main(), ms, steps)), states.finalState());
    }
    SDVariable gated = gated(inputProduct(rows(xs, inputs), 1, 3), rows(states.previous(), hidden));
    SDVariable output = output(gated, rows(states.main(), hidden));
    return new Result(timeLast(output, ms, steps), states.finalState());
  }

  private Result carryUpdated(SDVariable xs, SDVariable ms, SDVariable initialState, int steps) {
    SDVariable xAll = inputProduct(rows(xs, inputs), 0, 3); // [T*B, 3H]
    States states = unrollUpdated(sequence(xAll, steps), ms, initialState);
    if (!conf.isReturnSequences()) {
      SDVariable gated = last(states.gated(), ms, steps);
      return new Result(output(gated, last(states.main(), ms, steps)), states.finalState());
    }
    SDVariable output = output(rows(states.gated(), hidden), rows(states.main(), hidden));
    return new Result(timeLast(output, ms, steps), states.finalState());
  }

  /** The time loop of {@link StateCarry#MAIN}: one product and one activation per step. */
  private States unrollMain(SDVariable[] xMain, SDVariable ms, SDVariable initialState) {
    int steps = xMain.length;
    SDVariable[] masks = ms == null ? null : sd.unstack(ms, 0, steps); // T times [B, 1]
    SDVariable whh = columns(rw, 0, 1);
    SDVariable[] previous = new SDVariable[steps];
    SDVariable[] main = new SDVariable[steps];
    SDVariable state = initialState;
    for (int i = 0; i < steps; i++) {
      int t = forward ? i : steps - 1 - i;
      previous[t] = state == null ? sd.zerosLike(xMain[t]) : state;
      SDVariable h = f(xMain[t].add(previous[t].mmul(whh)));
      main[t] = masks == null ? h : h.mul(masks[t]);
      state = main[t];
    }
    return new States(sd.stack(0, previous), sd.stack(0, main), null, state);
  }

  /** The time loop of {@link StateCarry#UPDATED}: two products and three activations per step. */
  private States unrollUpdated(SDVariable[] xAll, SDVariable ms, SDVariable initialState) {
    int steps = xAll.length;
    SDVariable[] masks = ms == null ? null : sd.unstack(ms, 0, steps); // T times [B, 1]
    SDVariable[] main = new SDVariable[steps];
    SDVariable[] gated = new SDVariable[steps];
    SDVariable state = initialState;
    for (int i = 0; i < steps; i++) {
      int t = forward ? i : steps - 1 - i;
      SDVariable previous = state == null ? sd.zerosLike(columns(xAll[t], 0, 1)) : state;
      SDVariable z = xAll[t].add(previous.mmul(rw)); // [B, 3H]
      main[t] = f(columns(z, 0, 1));
      SDVariable r = g(columns(z, 1, 2));
      SDVariable updated = f(columns(z, 2, 3).add(r.mmul(gw).mul(previous)));
      gated[t] = masks == null ? updated : updated.mul(masks[t]);
      state = gated[t];
    }
    return new States(null, sd.stack(0, main), sd.stack(0, gated), state);
  }

  /** x W + b for blocks {@code from} to {@code to} of the three, [N, D] to [N, (to-from)*H]. */
  private SDVariable inputProduct(SDVariable x, int from, int to) {
    return x.mmul(columns(w, from, to)).add(columns(b, from, to));
  }

  /** r_t, then h'_t, from their input products [N, 2H] and the state before them [N, H]. */
  private SDVariable gated(SDVariable xAuxAndGated, SDVariable previous) {
    SDVariable z = xAuxAndGated.add(previous.mmul(columns(rw, 1, 3)));
    SDVariable r = g(columns(z, 0, 1));
    return f(columns(z, 1, 2).add(r.mmul(gw).mul(previous)));
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

  /** Columns of blocks {@code from} to {@code to} (exclusive), each H wide, of a matrix. */
  private SDVariable columns(SDVariable matrix, int from, int to) {
    return matrix.get(SDIndex.all(), SDIndex.interval((long) from * hidden, (long) to * hidden));
  }

  /** [T, B, K] to [T*B, K]. */
  private static SDVariable rows(SDVariable timeMajor, int size) {
    return timeMajor.reshape(-1, size);
  }

  /** [T*B, K] to T times [B, K]. */
  private SDVariable[] sequence(SDVariable rows, int steps) {
    int size = conf.getStateCarry() == StateCarry.MAIN ? hidden : 3 * hidden;
    return sd.unstack(rows.reshape(steps, -1, size), 0, steps);
  }

  /** [T*B, H] to [B, H, T], zero where masked. */
  private SDVariable timeLast(SDVariable rows, SDVariable ms, int steps) {
    SDVariable timeMajor = rows.reshape(steps, -1, hidden);
    SDVariable masked = ms == null ? timeMajor : timeMajor.mul(ms);
    return masked.permute(1, 2, 0);
  }

  /** The last unmasked step that is processed, [T, B, K] to [B, K]. */
  private SDVariable last(SDVariable timeMajor, SDVariable ms, int steps) {
    if (ms == null) {
      return timeMajor.get(SDIndex.point(forward ? steps - 1 : 0), SDIndex.all(), SDIndex.all());
    }
    // Unmasked steps still to come after each step; the last one is unmasked and has none.
    SDVariable remaining = sd.cumsum(ms, true, forward, 0);
    SDVariable isLast = ms.mul(sd.eq(remaining, 0.0).castTo(ms.dataType()));
    return timeMajor.mul(isLast).sum(0);
  }
}
