package io.github.recurrentzoo.layers.kernel;

import static io.github.recurrentzoo.layers.RrnnParams.GATE_WEIGHT;

import java.util.Arrays;

/** RRNN that carries h'_t: all but the output is in the time loop. */
final class RrnnUpdatedShard extends RrnnShard {

  private final NativeFloats mains = new NativeFloats(); // h, [N, H]
  private final NativeFloats gateds = new NativeFloats(); // h' before the mask, [N, H]
  private final NativeFloats lastMain = new NativeFloats(); // of the last step of each row
  private final NativeFloats lastGated = new NativeFloats();
  private Matrix main; // [S, H]
  private Matrix gated; // [S, H]
  private float[] carriedBack = {};

  RrnnUpdatedShard(RecurrentKernel.Spec spec, Cell.Rrnn cell) {
    super(spec, cell);
  }

  @Override
  void run() {
    int all = steps * rows;
    allocate(all);
    mains.ensure((long) all * hidden);
    gateds.ensure((long) all * hidden);
    if (carriedBack.length < block) {
      carriedBack = new float[block];
    }
    for (int k = 0; k < gates; k++) {
      multiplyInput(k);
    }
    states.get(0, b, block);
    for (int i = 0; i < steps; i++) {
      step(i);
    }
    if (spec.returnSequences()) {
      main = matrix(mains);
      gated = matrix(gateds);
    } else {
      gather(mains, 0, hidden, 0, lastMain);
      gather(gateds, 0, hidden, 0, lastGated);
      main = matrix(lastMain);
      gated = matrix(lastGated);
    }
    putOutputs(gated, main);
  }

  /** From the state before, in b, to the state after, in b. */
  private void step(int i) {
    for (int k = 0; k < gates; k++) {
      addRecurrent(k, i);
    }
    activateGate(MAIN, i, f, a);
    mains.put(at(i), a, block);
    activateGate(AUXILIARY, i, g, a);
    r.put(at(i), a, block);
    Blas.multiply(chunk(r, i), weights.matrix(GATE_WEIGHT), false, chunk(gateValues, i));
    gateValues.get(at(i), a, block);
    VectorMath.multiply(a, b, a, block);
    activateGate(GATED, i, f, a, b);
    gateds.put(at(i), b, block);
    applyMask(i, b);
    putState(i, b);
  }

  @Override
  void runBack(Batch.Errors errors, Weights gradients) {
    outputsBack(errors.epsilon(), gated, main, gradients);
    Arrays.fill(carriedBack, 0, block, 0);
    for (int i = steps - 1; i >= 0; i--) {
      stepBack(i);
    }
    if (errors.initialHidden() != null) {
      errors.initialHidden().write(0, first, rows, carriedBack);
    }
    Matrix rs = Matrix.rowMajor(r.address(0), steps * rows, hidden);
    Matrix dGates = Matrix.rowMajor(dGate.address(0), steps * rows, hidden);
    Blas.transposedMultiply(rs, dGates, false, gradients.matrix(GATE_WEIGHT));
    finishGradients(gates, gradients);
  }

  /** From the gradient by the state after, in carriedBack, to that by the state before. */
  private void stepBack(int i) {
    applyMask(i, carriedBack);
    readSelected(dGated, i, 0, a);
    VectorMath.add(a, carriedBack, block);
    gateds.get(at(i), b, block);
    VectorMath.timesSlope(f, a, b, block);
    putGateGradient(GATED, i, a);

    states.get(at(i), b, block);
    VectorMath.multiply(a, b, b, block);
    dGate.put(at(i), b, block);
    gateValues.get(at(i), b, block);
    VectorMath.multiply(a, b, a, block); // by the state before, through the product with it

    Blas.multiplyTransposed(
        chunk(dGate, i), weights.matrix(GATE_WEIGHT), false, chunk(gateValues, i)); // by r
    gateValues.get(at(i), c, block);
    r.get(at(i), b, block);
    VectorMath.timesSlope(g, c, b, block);
    putGateGradient(AUXILIARY, i, c);

    readSelected(dMain, i, 0, c);
    mains.get(at(i), b, block);
    VectorMath.timesSlope(f, c, b, block);
    putGateGradient(MAIN, i, c);

    carryBack(i, gates, carriedBack);
    VectorMath.add(carriedBack, a, block);
  }
}
