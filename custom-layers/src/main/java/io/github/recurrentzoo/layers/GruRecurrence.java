package io.github.recurrentzoo.layers;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The equations of {@link Gru} in SameDiff, one direction, unrolled over T time steps: one product
 * with x over all of them, and one with the state in each.
 */
final class GruRecurrence extends UnrolledRecurrence {

  private final Gru conf;
  private final SDVariable w; // W_xr, W_xz, W_xn, [D, 3H]
  private final SDVariable rw; // W_hr, W_hz, W_hn, [H, 3H]
  private final SDVariable b; // b_r, b_z, b_n, [1, 3H]
  private final SDVariable c; // c_n, [1, H]

  GruRecurrence(SameDiff sd, Gru conf, Map<String, SDVariable> params, boolean forward) {
    super(sd, conf, forward);
    this.conf = conf;
    this.w = params.get(GruParams.WEIGHT);
    this.rw = params.get(GruParams.RECURRENT_WEIGHT);
    this.b = params.get(GruParams.BIAS);
    this.c = params.get(GruParams.RECURRENT_BIAS);
  }

  @Override
  protected Result unroll(Sequence sequence) {
    int steps = sequence.steps();
    SDVariable[] masks = masks(sequence);
    SDVariable fromInput = rows(sequence.x(), inputs).mmul(w).add(b); // [T*B, 3H]
    SDVariable[] zx = unstack(fromInput, steps, 3 * hidden);
    SDVariable[] h = new SDVariable[steps];
    SDVariable state = sequence.initialState();
    for (int i = 0; i < steps; i++) {
      int t = index(i, steps);
      h[t] = masked(step(zx[t], state), masks, t);
      state = h[t];
    }
    List<SDVariable> states = List.of(h);
    SDVariable output =
        returnsSequences() ? stack(states).permute(1, 2, 0) : last(states, isLast(sequence));
    return new Result(output, state);
  }

  /** h_t from {@code x_t W + b}, [B, 3H], and h_{t-1}, [B, H]. */
  private SDVariable step(SDVariable fromInput, SDVariable previous) {
    SDVariable[] zx = blocks(fromInput, 3);
    SDVariable[] zh = blocks(previous.mmul(rw), 3);
    SDVariable r = activate(conf.getGateActivation(), zx[0].add(zh[0]));
    SDVariable z = activate(conf.getGateActivation(), zx[1].add(zh[1]));
    SDVariable n = activate(conf.getActivation(), zx[2].add(r.mul(zh[2].add(c))));
    return n.add(z.mul(previous.sub(n))); // (1 - z) n + z h
  }
}
