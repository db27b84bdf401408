package io.github.recurrentzoo.layers.kernel;

import static io.github.recurrentzoo.layers.GruParams.BIAS;
import static io.github.recurrentzoo.layers.GruParams.RECURRENT_BIAS;
import static io.github.recurrentzoo.layers.GruParams.RECURRENT_WEIGHT;
import static io.github.recurrentzoo.layers.GruParams.WEIGHT;
import static io.github.recurrentzoo.layers.kernel.Vectors.product;
import static io.github.recurrentzoo.layers.kernel.Vectors.sum;

import java.util.Arrays;

/**
 * The reference of {@link Cell.Gru}.
 *
 * <pre>
 * r_t = g(x_t W_xr + h_{t-1} W_hr + b_r)           reset gate
 * z_t = g(x_t W_xz + h_{t-1} W_hz + b_z)           update gate
 * q_t = h_{t-1} W_hn + c_n                         what is reset
 * n_t = f(x_t W_xn + b_n + r_t (.) q_t)            candidate
 * h_t = (1 - z_t) (.) n_t + z_t (.) h_{t-1}
 * </pre>
 */
final class ReferenceGru extends ReferenceKernel<ReferenceGru.GruStep> {

  private final CellActivation f;
  private final CellActivation g;

  ReferenceGru(Spec spec, Cell.Gru cell) {
    super(spec);
    this.f = cell.activation();
    this.g = cell.gateActivation();
  }

  /** All in the letters of the equations. */
  static final class GruStep implements Step {
    private final double[] x; // [D], x_t
    private final double[] previous; // [H], h_{t-1}
    private final double[] r; // [H]
    private final double[] z; // [H]
    private final double[] q; // [H]
    private final double[] n; // [H]
    private final double[] h; // [H], h_t

    private GruStep(double[] x, double[] previous, int hidden) {
      this.x = x;
      this.previous = previous;
      this.r = new double[hidden];
      this.z = new double[hidden];
      this.q = new double[hidden];
      this.n = new double[hidden];
      this.h = new double[hidden];
    }

    @Override
    public RowState state() {
      return new RowState(h, new double[0]);
    }

    @Override
    public double[] output() {
      return h;
    }
  }

  @Override
  GruStep step(double[] x, RowState before) {
    int hidden = hidden();
    double[] fromInput = sum(product(x, param(WEIGHT)), param(BIAS)[0]); // [3H]
    double[] fromState = product(before.h, param(RECURRENT_WEIGHT)); // [3H]
    double[] c = param(RECURRENT_BIAS)[0]; // [H]
    GruStep s = new GruStep(x, before.h, hidden);
    for (int j = 0; j < hidden; j++) {
      s.r[j] = g.apply(fromInput[j] + fromState[j]);
      s.z[j] = g.apply(fromInput[hidden + j] + fromState[hidden + j]);
      s.q[j] = fromState[2 * hidden + j] + c[j];
      s.n[j] = f.apply(fromInput[2 * hidden + j] + s.r[j] * s.q[j]);
      s.h[j] = (1 - s.z[j]) * s.n[j] + s.z[j] * before.h[j];
    }
    return s;
  }

  @Override
  StepGradient back(GruStep s, double[] output, RowState state) {
    int hidden = hidden();
    double[] dh = sum(output, state.h); // [H]
    double[] byInput = new double[3 * hidden]; // [3H], by x_t W + b
    double[] byState = new double[3 * hidden]; // [3H], by h_{t-1} RW
    double[] direct = new double[hidden]; // [H], by h_{t-1} where z_t lets it through
    for (int j = 0; j < hidden; j++) {
      double dn = dh[j] * (1 - s.z[j]) * f.slope(s.n[j]);
      byInput[j] = dn * s.q[j] * g.slope(s.r[j]);
      byInput[hidden + j] = dh[j] * (s.previous[j] - s.n[j]) * g.slope(s.z[j]);
      byInput[2 * hidden + j] = dn;
      byState[j] = byInput[j];
      byState[hidden + j] = byInput[hidden + j];
      byState[2 * hidden + j] = dn * s.r[j]; // by q_t
      direct[j] = dh[j] * s.z[j];
    }
    addWeightGradient(WEIGHT, s.x, byInput);
    addWeightGradient(RECURRENT_WEIGHT, s.previous, byState);
    addBiasGradient(BIAS, byInput);
    addBiasGradient(RECURRENT_BIAS, Arrays.copyOfRange(byState, 2 * hidden, 3 * hidden));
    double[] dPrevious = sum(direct, stateGradient(byState)); // [H]
    return new StepGradient(inputGradient(byInput), new RowState(dPrevious, new double[0]));
  }
}
