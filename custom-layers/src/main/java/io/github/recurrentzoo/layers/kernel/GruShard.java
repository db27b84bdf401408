package io.github.recurrentzoo.layers.kernel;

import static io.github.recurrentzoo.layers.GruParams.RECURRENT_BIAS;

import java.util.Arrays;

/**
 * The equations of {@link Cell.Gru}, fused, in the letters of {@link ReferenceGru}. The candidate
 * has two gradients: that by x W_xn + b_n, and that by q, which is r times as large.
 */
final class GruShard extends Shard {

  private static final int RESET = 0; // r
  private static final int UPDATE = 1; // z
  private static final int CANDIDATE = 2; // n

  private final CellActivation f;
  private final CellActivation g;
  private final Slots[] gate = {new Slots(), new Slots(), new Slots()}; // r, z, n by step
  private final Slots resettable = new Slots(); // q by step
  private final Slots recurrentBias = new Slots(); // c_n, R times; then the gradient by it
  private final NativeFloats byInput = new NativeFloats(); // gradient by x W_xn + b_n, [N, H]
  private float[] h = {};
  private float[] dh = {};
  private float[] delta = {};
  private float[] direct = {};

  GruShard(RecurrentKernel.Spec spec, Cell.Gru cell) {
    super(spec);
    f = cell.activation();
    g = cell.gateActivation();
  }

  @Override
  void run() {
    int kept = batch.keepsTape() ? steps : 1;
    for (Slots slots : gate) {
      slots.ensure(kept, block);
    }
    resettable.ensure(kept, block);
    recurrentBias.ensure(1, block);
    if (h.length < block) {
      h = new float[block];
      dh = new float[block];
      delta = new float[block];
      direct = new float[block];
    }
    for (int row = 0; row < rows; row++) {
      System.arraycopy(
          weights.vector(RECURRENT_BIAS), 0, recurrentBias.at(0), row * hidden, hidden);
    }
    for (int k = 0; k < gates; k++) {
      multiplyInput(k);
    }
    states.get(0, h, block);
    for (int i = 0; i < steps; i++) {
      step(i);
    }
  }

  /** From the state before, in h, to the state after, in h. */
  private void step(int i) {
    float[] r = gate[RESET].at(i);
    float[] z = gate[UPDATE].at(i);
    float[] n = gate[CANDIDATE].at(i);
    float[] q = resettable.at(i);
    addRecurrent(RESET, i);
    activateGate(RESET, i, g, r);
    addRecurrent(UPDATE, i);
    activateGate(UPDATE, i, g, z);
    multiplyRecurrent(CANDIDATE, i, q);
    VectorMath.add(q, recurrentBias.at(0), block);
    VectorMath.multiply(r, q, delta, block);
    activateGate(CANDIDATE, i, f, delta, n);
    VectorMath.subtract(h, n, h, block);
    VectorMath.multiply(z, h, h, block);
    VectorMath.add(h, n, block); // n + z (h - n)
    applyMask(i, h);
    putState(i, h);
    putOutput(i, h);
  }

  @Override
  void runBack(Batch.Errors errors, Weights gradients) {
    byInput.ensure(readsTable() ? 0 : (long) steps * block);
    Arrays.fill(recurrentBias.at(0), 0, block, 0);
    for (int i = steps - 1; i >= 0; i--) {
      readEpsilon(errors.epsilon(), i, dh);
      if (i < steps - 1) {
        VectorMath.add(dh, h, block); // what step i + 1 carried back
      }
      stepBack(i);
      if (i > 0 || errors.initialHidden() != null) {
        carryBack(i, gates, h);
        VectorMath.add(h, direct, block);
      }
    }
    if (errors.initialHidden() != null) {
      errors.initialHidden().write(0, first, rows, h);
    }
    sumRows(recurrentBias.at(0), gradients.vector(RECURRENT_BIAS), 0);
    finishRecurrent(gates, gradients);
    Matrix[] dz = allGates();
    dz[CANDIDATE] = Matrix.rowMajor(byInput.address(0), steps * rows, hidden);
    finishInput(dz, gradients);
  }

  /** From dh after step i: the gradients by z of all gates, and that by h before it through z. */
  private void stepBack(int i) {
    applyMask(i, dh);
    float[] r = gate[RESET].at(i);
    float[] z = gate[UPDATE].at(i);
    float[] n = gate[CANDIDATE].at(i);
    states.get((long) i * block, delta, block);
    VectorMath.subtract(delta, n, delta, block);
    VectorMath.multiply(dh, delta, delta, block);
    VectorMath.timesSlope(g, delta, z, block);
    putGateGradient(UPDATE, i, delta);

    VectorMath.multiply(dh, z, direct, block);
    VectorMath.subtract(dh, direct, dh, block);
    VectorMath.timesSlope(f, dh, n, block); // by x W_xn + b_n from here on
    if (!readsTable()) {
      byInput.put((long) i * block, dh, block);
    }
    addInputGradient(CANDIDATE, dh);

    VectorMath.multiply(dh, resettable.at(i), delta, block);
    VectorMath.timesSlope(g, delta, r, block);
    putGateGradient(RESET, i, delta);

    VectorMath.multiply(dh, r, delta, block); // by q
    putProductGradient(CANDIDATE, i, delta);
    VectorMath.add(recurrentBias.at(0), delta, block);
    endStepBack(i);
  }
}
