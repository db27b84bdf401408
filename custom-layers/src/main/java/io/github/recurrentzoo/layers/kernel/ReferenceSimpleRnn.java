package io.github.recurrentzoo.layers.kernel;

import static io.github.recurrentzoo.layers.kernel.Vectors.sum;

/**
 * The reference of {@link Cell.SimpleRnn}.
 *
 * <pre>
 * h_t = f(x_t W + h_{t-1} RW + b)
 * </pre>
 */
final class ReferenceSimpleRnn extends ReferenceKernel<ReferenceSimpleRnn.SimpleStep> {

  private final CellActivation f;

  ReferenceSimpleRnn(Spec spec, Cell.SimpleRnn cell) {
    super(spec);
    this.f = cell.activation();
  }

  static final class SimpleStep implements Step {
    private final double[] x; // [D], x_t
    private final double[] previous; // [H], h_{t-1}
    private final double[] h; // [H], h_t

    private SimpleStep(double[] x, double[] previous, double[] h) {
      this.x = x;
      this.previous = previous;
      this.h = h;
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
  SimpleStep step(double[] x, RowState before) {
    double[] z = preActivation(x, before.h); // [H]
    double[] h = new double[hidden()]; // [H]
    for (int j = 0; j < h.length; j++) {
      h[j] = f.apply(z[j]);
    }
    return new SimpleStep(x, before.h, h);
  }

  @Override
  StepGradient back(SimpleStep s, double[] output, RowState state) {
    double[] dh = sum(output, state.h); // [H]
    double[] dz = new double[hidden()]; // [H]
    for (int j = 0; j < dz.length; j++) {
      dz[j] = dh[j] * f.slope(s.h[j]);
    }
    addPreActivationGradients(s.x, s.previous, dz);
    return new StepGradient(inputGradient(dz), new RowState(stateGradient(dz), new double[0]));
  }
}
