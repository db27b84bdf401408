package io.github.recurrentzoo.layers.kernel;

/** {@code h_t = f(x_t W + h_{t-1} RW + b)}, fused. */
final class SimpleRnnShard extends Shard {

  private final CellActivation activation;
  private final Slots values = new Slots(); // by step, f before the mask
  private float[] h = {};
  private float[] carriedBack = {};

  SimpleRnnShard(RecurrentKernel.Spec spec, Cell.SimpleRnn cell) {
    super(spec);
    activation = cell.activation();
  }

  @Override
  void run() {
    values.ensure(batch.keepsTape() ? steps : 1, block);
    if (h.length < block) {
      h = new float[block];
      carriedBack = new float[block];
    }
    multiplyInput(0);
    for (int i = 0; i < steps; i++) {
      addRecurrent(0, i);
      float[] y = values.at(i);
      activateGate(0, i, activation, y);
      float[] state = y;
      if (isMasked()) {
        System.arraycopy(y, 0, h, 0, block);
        applyMask(i, h);
        state = h;
      }
      putState(i, state);
      putOutput(i, state);
    }
  }

  @Override
  void runBack(Batch.Errors errors, Weights gradients) {
    for (int i = steps - 1; i >= 0; i--) {
      readEpsilon(errors.epsilon(), i, h);
      if (i < steps - 1) {
        VectorMath.add(h, carriedBack, block);
      }
      applyMask(i, h);
      VectorMath.timesSlope(activation, h, values.at(i), block);
      putGateGradient(0, i, h);
      endStepBack(i);
      if (i > 0 || errors.initialHidden() != null) {
        carryBack(i, gates, carriedBack);
      }
    }
    if (errors.initialHidden() != null) {
      errors.initialHidden().write(0, first, rows, carriedBack);
    }
    finishGradients(gates, gradients);
  }
}
