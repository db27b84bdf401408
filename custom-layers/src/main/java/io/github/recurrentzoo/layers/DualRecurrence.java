package io.github.recurrentzoo.layers;

import java.util.List;
import java.util.Map;
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
 * <p>Whatever does not depend on the loop is one operation over all T*B rows: the products with x,
 * the output, and with {@link StateCarry#MAIN} everything but {@code h_{t-1} W_hh} and f. When only
 * the last step is wanted, the rest is computed for that step alone.
 */
public final class DualRecurrence extends UnrolledRecurrence {

  private final Rrnn conf;
  private final SDVariable[] w; // W_xh, W_xr, W_x'h, each [D, H]
  private final SDVariable[] rw; // W_hh, W_rr, W_h'h, each [H, H]
  private final SDVariable[] b; // b_h, b_r, b_h', each [1, H]
  private final SDVariable gw; // W_rh, [H, H]
  private final SDVariable ow; // W_ho above W_ho', [2H, H]
  private final SDVariable bo; // [1, H]

  /** The states of each step, T times [B, H]: before it, h_t, and h'_t where the loop makes it. */
  private record States(List<SDVariable> previous, List<SDVariable> main, List<SDVariable> gated) {}

  /**
   * Prepares the definition of one direction.
   *
   * @param sd the graph to define the recurrence in
   * @param conf sizes, activations, state carry
   * @param params the parameters, by the keys of {@link RrnnParams}, without prefix
   * @param forward whether time runs from the first step to the last
   */
  public DualRecurrence(SameDiff sd, Rrnn conf, Map<String, SDVariable> params, boolean forward) {
    super(sd, conf, forward);
    this.conf = conf;
    this.w = blocks(params.get(RrnnParams.WEIGHT), 3);
    this.rw = blocks(params.get(RrnnParams.RECURRENT_WEIGHT), 3);
    this.b = blocks(params.get(RrnnParams.BIAS), 3);
    this.gw = params.get(RrnnParams.GATE_WEIGHT);
    this.ow = params.get(RrnnParams.OUTPUT_WEIGHT);
    this.bo = params.get(RrnnParams.OUTPUT_BIAS);
  }

  @Override
  protected Result unroll(Sequence sequence) {
    return conf.getStateCarry() == StateCarry.MAIN ? carryMain(sequence) : carryUpdated(sequence);
  }

  private Result carryMain(Sequence sequence) {
    SDVariable xMain = rows(sequence.x(), inputs).mmul(w[0]).add(b[0]); // [T*B, H]
    States states = unrollMain(unstack(xMain, sequence.steps(), hidden), sequence);
    SDVariable output;
    if (returnsSequences()) {
      SDVariable previous = rows(stack(states.previous()), hidden);
      SDVariable gated = gated(rows(sequence.x(), inputs), previous); // [T*B, H]
      output = timeLast(output(gated, rows(stack(states.main()), hidden)), sequence);
    } else {
      SDVariable isLast = isLast(sequence);
      SDVariable gated = gated(lastInput(sequence, isLast), last(states.previous(), isLast));
      output = output(gated, last(states.main(), isLast)); // [B, H]
    }
    return new Result(output, states.main().get(lastIndex(sequence.steps())));
  }

  private Result carryUpdated(Sequence sequence) {
    SDVariable xAll =
        rows(sequence.x(), inputs).mmul(sd.concat(1, w)).add(sd.concat(1, b)); // [T*B, 3H]
    States states = unrollUpdated(unstack(xAll, sequence.steps(), 3 * hidden), sequence);
    SDVariable output;
    if (returnsSequences()) {
      SDVariable gated = rows(stack(states.gated()), hidden); // [T*B, H]
      output = timeLast(output(gated, rows(stack(states.main()), hidden)), sequence);
    } else {
      SDVariable isLast = isLast(sequence);
      output = output(last(states.gated(), isLast), last(states.main(), isLast)); // [B, H]
    }
    return new Result(output, states.gated().get(lastIndex(sequence.steps())));
  }

  /** The time loop of {@link StateCarry#MAIN}: one product and one activation per step. */
  private States unrollMain(SDVariable[] xMain, Sequence sequence) {
    int steps = sequence.steps();
    SDVariable[] masks = masks(sequence);
    SDVariable[] previous = new SDVariable[steps];
    SDVariable[] main = new SDVariable[steps];
    SDVariable state = sequence.initialState();
    for (int i = 0; i < steps; i++) {
      int t = index(i, steps);
      previous[t] = state;
      main[t] = masked(f(xMain[t].add(state.mmul(rw[0]))), masks, t);
      state = main[t];
    }
    return new States(List.of(previous), List.of(main), List.of());
  }

  /** The time loop of {@link StateCarry#UPDATED}: two products and three activations per step. */
  private States unrollUpdated(SDVariable[] xAll, Sequence sequence) {
    int steps = sequence.steps();
    SDVariable[] masks = masks(sequence);
    SDVariable recurrent = sd.concat(1, rw); // [H, 3H]
    SDVariable[] main = new SDVariable[steps];
    SDVariable[] gated = new SDVariable[steps];
    SDVariable state = sequence.initialState();
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
    return activate(conf.getOutputActivation(), z);
  }

  private SDVariable f(SDVariable z) {
    return activate(conf.getActivation(), z);
  }

  private SDVariable g(SDVariable z) {
    return activate(conf.getGateActivation(), z);
  }
}
