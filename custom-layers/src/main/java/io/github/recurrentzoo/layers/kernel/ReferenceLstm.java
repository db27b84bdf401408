package io.github.recurrentzoo.layers.kernel;

import static io.github.recurrentzoo.layers.kernel.Vectors.sum;

/**
 * The reference of {@link Cell.Lstm}.
 *
 * <pre>
 * a = f(x_t W_a + h_{t-1} RW_a + b_a)        candidate
 * q = g(x_t W_q + h_{t-1} RW_q + b_q)        forget gate
 * o = g(x_t W_o + h_{t-1} RW_o + b_o)        output gate
 * i = g(x_t W_i + h_{t-1} RW_i + b_i)        input gate
 * c_t = q (.) c_{t-1} + i (.) a              memory
 * h_t = o (.) f(c_t)
 * </pre>
 */
final class ReferenceLstm extends ReferenceKernel<ReferenceLstm.LstmStep> {

  private final CellActivation f;
  private final CellActivation g;

  ReferenceLstm(Spec spec, Cell.Lstm cell) {
    super(spec);
    this.f = cell.activation();
    this.g = cell.gateActivation();
  }

  /** All in the letters of the equations. */
  static final class LstmStep implements Step {
    private final double[] x; // [D], x_t
    private final RowState before; // h_{t-1}, c_{t-1}
    private final double[] a; // [H]
    private final double[] q; // [H]
    private final double[] o; // [H]
    private final double[] i; // [H]
    private final double[] c; // [H], c_t
    private final double[] fc; // [H], f(c_t)
    private final double[] h; // [H], h_t

    private LstmStep(double[] x, RowState before, int hidden) {
      this.x = x;
      this.before = before;
      this.a = new double[hidden];
      this.q = new double[hidden];
      this.o = new double[hidden];
      this.i = new double[hidden];
      this.c = new double[hidden];
      this.fc = new double[hidden];
      this.h = new double[hidden];
    }

    @Override
    public RowState state() {
      return new RowState(h, c);
    }

    @Override
    public double[] output() {
      return h;
    }
  }

  @Override
  LstmStep step(double[] x, RowState before) {
    int hidden = hidden();
    double[] z = preActivation(x, before.h); // [4H]
    LstmStep s = new LstmStep(x, before, hidden);
    for (int j = 0; j < hidden; j++) {
      s.a[j] = f.apply(z[j]);
      s.q[j] = g.apply(z[hidden + j]);
      s.o[j] = g.apply(z[2 * hidden + j]);
      s.i[j] = g.apply(z[3 * hidden + j]);
      s.c[j] = s.q[j] * before.c[j] + s.i[j] * s.a[j];
      s.fc[j] = f.apply(s.c[j]);
      s.h[j] = s.o[j] * s.fc[j];
    }
    return s;
  }

  @Override
  StepGradient back(LstmStep s, double[] output, RowState state) {
    int hidden = hidden();
    double[] dh = sum(output, state.h); // [H]
    double[] dz = new double[4 * hidden]; // [4H]
    double[] dcBefore = new double[hidden]; // [H], by c_{t-1}
    for (int j = 0; j < hidden; j++) {
      double dc = state.c[j] + dh[j] * s.o[j] * f.slope(s.fc[j]);
      dz[j] = dc * s.i[j] * f.slope(s.a[j]);
      dz[hidden + j] = dc * s.before.c[j] * g.slope(s.q[j]);
      dz[2 * hidden + j] = dh[j] * s.fc[j] * g.slope(s.o[j]);
      dz[3 * hidden + j] = dc * s.a[j] * g.slope(s.i[j]);
      dcBefore[j] = dc * s.q[j];
    }
    addPreActivationGradients(s.x, s.before.h, dz);
    return new StepGradient(inputGradient(dz), new RowState(stateGradient(dz), dcBefore));
  }
}
