package io.github.recurrentzoo.layers.kernel;

import static io.github.recurrentzoo.layers.RrnnParams.GATE_WEIGHT;
import static io.github.recurrentzoo.layers.RrnnParams.OUTPUT_BIAS;
import static io.github.recurrentzoo.layers.RrnnParams.OUTPUT_WEIGHT;
import static io.github.recurrentzoo.layers.kernel.Vectors.concat;
import static io.github.recurrentzoo.layers.kernel.Vectors.product;
import static io.github.recurrentzoo.layers.kernel.Vectors.productTransposed;
import static io.github.recurrentzoo.layers.kernel.Vectors.sum;

import io.github.recurrentzoo.layers.StateCarry;

/**
 * The reference of {@link Cell.Rrnn}. With p the state that is carried, h or h',
 *
 * <pre>
 * h_t  = f(x_t W_xh  + p_{t-1} W_hh  + b_h)                               main recurrence
 * r_t  = g(x_t W_xr  + p_{t-1} W_rr  + b_r)                               auxiliary recurrence
 * h'_t = f(x_t W_x'h + p_{t-1} W_h'h + (r_t W_rh) (.) p_{t-1} + b_h')
 * o_t  = g_o(h'_t W_ho + h_t W_ho' + b_o)                                 output
 * </pre>
 */
final class ReferenceRrnn extends ReferenceKernel<ReferenceRrnn.DualStep> {

  private final CellActivation f;
  private final CellActivation g;
  private final CellActivation outputActivation; // g_o
  private final boolean carriesMain; // p is h; otherwise it is h'

  ReferenceRrnn(Spec spec, Cell.Rrnn cell) {
    super(spec);
    this.f = cell.activation();
    this.g = cell.gateActivation();
    this.outputActivation = cell.outputActivation();
    this.carriesMain = cell.carry() == StateCarry.MAIN;
  }

  /** All in the letters of the equations. */
  final class DualStep implements Step {
    private final double[] x; // [D], x_t
    private final double[] p; // [H], p_{t-1}
    private final double[] h = new double[hidden()]; // [H], h_t
    private final double[] r = new double[hidden()]; // [H], r_t
    private final double[] gate; // [H], r_t W_rh
    private final double[] gated = new double[hidden()]; // [H], h'_t
    private final double[] o = new double[hidden()]; // [H], o_t

    private DualStep(double[] x, double[] p) {
      this.x = x;
      this.p = p;
      double[] z = preActivation(x, p); // [3H]
      for (int j = 0; j < hidden(); j++) {
        h[j] = f.apply(z[j]);
        r[j] = g.apply(z[hidden() + j]);
      }
      gate = product(r, param(GATE_WEIGHT));
      for (int j = 0; j < hidden(); j++) {
        gated[j] = f.apply(z[2 * hidden() + j] + gate[j] * p[j]);
      }
      double[] zo = sum(product(concat(gated, h), param(OUTPUT_WEIGHT)), param(OUTPUT_BIAS)[0]);
      for (int j = 0; j < hidden(); j++) {
        o[j] = outputActivation.apply(zo[j]);
      }
    }

    @Override
    public RowState state() {
      return new RowState(carriesMain ? h : gated, new double[0]);
    }

    @Override
    public double[] output() {
      return o;
    }
  }

  @Override
  DualStep step(double[] x, RowState before) {
    return new DualStep(x, before.h);
  }

  @Override
  StepGradient back(DualStep s, double[] output, RowState state) {
    int hidden = hidden();
    double[] dzo = new double[hidden]; // [H]
    for (int j = 0; j < hidden; j++) {
      dzo[j] = output[j] * outputActivation.slope(s.o[j]);
    }
    addWeightGradient(OUTPUT_WEIGHT, concat(s.gated, s.h), dzo);
    addBiasGradient(OUTPUT_BIAS, dzo);
    double[] both = productTransposed(dzo, param(OUTPUT_WEIGHT)); // [2H], by h'_t and h_t

    double[] dz = new double[3 * hidden]; // [3H]
    double[] dGate = new double[hidden]; // [H]
    for (int j = 0; j < hidden; j++) {
      double dGated = both[j] + (carriesMain ? 0 : state.h[j]);
      double dh = both[hidden + j] + (carriesMain ? state.h[j] : 0);
      dz[j] = dh * f.slope(s.h[j]);
      dz[2 * hidden + j] = dGated * f.slope(s.gated[j]);
      dGate[j] = dz[2 * hidden + j] * s.p[j];
    }
    addWeightGradient(GATE_WEIGHT, s.r, dGate);
    double[] dr = productTransposed(dGate, param(GATE_WEIGHT)); // [H]
    for (int j = 0; j < hidden; j++) {
      dz[hidden + j] = dr[j] * g.slope(s.r[j]);
    }
    addPreActivationGradients(s.x, s.p, dz);

    double[] dp = stateGradient(dz); // [H]
    for (int j = 0; j < hidden; j++) {
      dp[j] += dz[2 * hidden + j] * s.gate[j];
    }
    return new StepGradient(inputGradient(dz), new RowState(dp, new double[0]));
  }
}
