package io.github.recurrentzoo.layers.kernel;

import static io.github.recurrentzoo.layers.RrnnParams.GATE_WEIGHT;

/**
 * RRNN that carries h_t: the time loop is that of a SimpleRnn, and all else is computed for the
 * rows that are wanted, at once.
 */
final class RrnnMainShard extends RrnnShard {

  private final Slots mains = new Slots(); // by step, h before the mask
  private final NativeFloats lastX = new NativeFloats(); // x, the state before and after, of the
  private final NativeFloats lastBefore = new NativeFloats(); // last step of each row
  private final NativeFloats lastMain = new NativeFloats();
  private final NativeFloats dBefore = new NativeFloats(); // gradient by the state before, [S, H]
  private Matrix xs; // [S, D]
  private Matrix before; // [S, H]
  private Matrix main; // [S, H]
  private NativeFloats beforeBuffer;

  RrnnMainShard(RecurrentKernel.Spec spec, Cell.Rrnn cell) {
    super(spec, cell);
  }

  @Override
  void run() {
    allocate(spec.returnSequences() ? steps * rows : rows);
    runMain();
    select();
    runAuxiliary();
    putOutputs(zOf(GATED), main);
  }

  private void runMain() {
    mains.ensure(batch.keepsTape() ? steps : 1, block);
    multiplyInput(MAIN);
    for (int i = 0; i < steps; i++) {
      addRecurrent(MAIN, i);
      float[] h = mains.at(i);
      activateGate(MAIN, i, f, h);
      if (isMasked()) {
        System.arraycopy(h, 0, a, 0, block);
        h = a;
        applyMask(i, h);
      }
      putState(i, h);
    }
  }

  /** Which rows the rest is computed for. */
  private void select() {
    if (spec.returnSequences()) {
      xs = Matrix.rowMajor(x.address(0), selected(), inputs);
      beforeBuffer = states;
      main = Matrix.rowMajor(states.address(block), selected(), hidden);
    } else {
      gather(x, 0, inputs, 0, lastX);
      gather(states, 0, hidden, 0, lastBefore);
      gather(states, 0, hidden, 1, lastMain);
      xs = Matrix.rowMajor(lastX.address(0), selected(), inputs);
      beforeBuffer = lastBefore;
      main = matrix(lastMain);
    }
    before = matrix(beforeBuffer);
  }

  /** The S rows of z of a gate. */
  private Matrix zOf(int gate) {
    return Matrix.rowMajor(z.address(zAt(gate, 0)), selected(), hidden);
  }

  /** r and its gate, then h', in place of its z. */
  private void runAuxiliary() {
    for (int k = AUXILIARY; k <= GATED; k++) {
      Blas.multiply(xs, weights.input[k], false, zOf(k));
      Blas.multiply(before, weights.recurrent[k], true, zOf(k));
    }
    for (int j = 0; j < chunks; j++) {
      activateGate(AUXILIARY, j, g, a);
      r.put(at(j), a, block);
    }
    Blas.multiply(matrix(r), weights.matrix(GATE_WEIGHT), false, matrix(gateValues));
    for (int j = 0; j < chunks; j++) {
      gateValues.get(at(j), a, block);
      beforeBuffer.get(at(j), b, block);
      VectorMath.multiply(a, b, a, block);
      activateGate(GATED, j, f, a, c);
      z.put(zAt(GATED, j), c, block);
    }
  }

  @Override
  void runBack(Batch.Errors errors, Weights gradients) {
    outputsBack(errors.epsilon(), zOf(GATED), main, gradients);
    dBefore.ensure((long) selected() * hidden);
    auxiliaryBack(gradients);
    mainBack(errors);
    finishGradients(spec.returnSequences() ? gates : 1, gradients);
    if (!spec.returnSequences()) {
      finishLast(gradients);
    }
  }

  private void auxiliaryBack(Weights gradients) {
    for (int j = 0; j < chunks; j++) {
      dGated.get(at(j), a, block);
      z.get(zAt(GATED, j), b, block);
      VectorMath.timesSlope(f, a, b, block);
      putGateGradient(GATED, j, a);
      beforeBuffer.get(at(j), b, block);
      VectorMath.multiply(a, b, b, block);
      dGate.put(at(j), b, block);
      gateValues.get(at(j), b, block);
      VectorMath.multiply(a, b, b, block);
      dBefore.put(at(j), b, block);
    }
    Blas.transposedMultiply(matrix(r), matrix(dGate), false, gradients.matrix(GATE_WEIGHT));
    Blas.multiplyTransposed(
        matrix(dGate), weights.matrix(GATE_WEIGHT), false, matrix(gateValues)); // by r
    for (int j = 0; j < chunks; j++) {
      gateValues.get(at(j), a, block);
      r.get(at(j), b, block);
      VectorMath.timesSlope(g, a, b, block);
      putGateGradient(AUXILIARY, j, a);
    }
    for (int k = AUXILIARY; k <= GATED; k++) {
      Blas.multiplyTransposed(zOf(k), weights.recurrentBack[k], true, matrix(dBefore));
    }
  }

  private void mainBack(Batch.Errors errors) {
    for (int i = steps - 1; i >= 0; i--) {
      readSelected(dMain, i, 0, a);
      readSelected(dBefore, i, 1, b); // h_i is the state before step i + 1
      VectorMath.add(a, b, block);
      if (i < steps - 1) {
        VectorMath.add(a, c, block);
      }
      applyMask(i, a);
      VectorMath.timesSlope(f, a, mains.at(i), block);
      putGateGradient(MAIN, i, a);
      if (i > 0 || errors.initialHidden() != null) {
        carryBack(i, 1, c);
      }
    }
    if (errors.initialHidden() != null) {
      readSelected(dBefore, -1, 1, b);
      VectorMath.add(c, b, block);
      errors.initialHidden().write(0, first, rows, c);
    }
  }

  /** The gradients by W and RW of r and h', and by x, of the last steps alone. */
  private void finishLast(Weights gradients) {
    for (int k = AUXILIARY; k <= GATED; k++) {
      Blas.transposedMultiply(xs, zOf(k), false, gradients.input[k]);
      Blas.transposedMultiply(before, zOf(k), false, gradients.recurrent[k]);
    }
    for (int k = AUXILIARY; k <= GATED; k++) {
      Blas.multiplyTransposed(zOf(k), weights.inputBack[k], k > AUXILIARY, xs);
    }
    float[] own = new float[inputs];
    float[] all = new float[inputs];
    for (int row = 0; row < rows; row++) {
      if (lastStep[row] >= 0) {
        int index = Math.toIntExact(((long) lastStep[row] * rows + row) * inputs);
        lastX.buffer().get(row * inputs, own);
        x.buffer().get(index, all);
        VectorMath.add(all, own, inputs);
        x.buffer().put(index, all);
      }
    }
  }
}
