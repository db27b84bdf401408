package io.github.recurrentzoo.layers.kernel;

import java.util.Arrays;

/** The equations of {@link Cell.Lstm}, fused. */
final class LstmShard extends Shard {

  private static final int CANDIDATE = 0; // a
  private static final int FORGET = 1; // q
  private static final int OUTPUT = 2; // o
  private static final int INPUT = 3; // i

  private final CellActivation f;
  private final CellActivation g;
  private final Slots[] gate = {new Slots(), new Slots(), new Slots(), new Slots()};
  private final Slots memories = new Slots(); // c, of the step before at i, of step i at i + 1
  private final Slots squashed = new Slots(); // f(c) before the mask
  private float[] h = {};
  private float[] dh = {};
  private float[] dc = {};
  private float[] delta = {};

  LstmShard(RecurrentKernel.Spec spec, Cell.Lstm cell) {
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
    squashed.ensure(kept, block);
    memories.ensure(kept + 1, block);
    if (h.length < block) {
      h = new float[block];
      dh = new float[block];
      dc = new float[block];
      delta = new float[block];
    }
    if (batch.initialMemory() == null) {
      Arrays.fill(memories.at(0), 0, block, 0);
    } else {
      batch.initialMemory().read(0, first, rows, memories.at(0));
    }
    for (int k = 0; k < gates; k++) {
      multiplyInput(k);
    }
    for (int i = 0; i < steps; i++) {
      step(i);
    }
    if (batch.lastMemory() != null) {
      batch.lastMemory().write(0, first, rows, memories.at(steps));
    }
  }

  private void step(int i) {
    for (int k = 0; k < gates; k++) {
      addRecurrent(k, i);
      activateGate(k, i, k == CANDIDATE ? f : g, gate[k].at(i));
    }
    float[] c = memories.at(i + 1);
    VectorMath.sumOfProducts(
        gate[FORGET].at(i), memories.at(i), gate[INPUT].at(i), gate[CANDIDATE].at(i), c, block);
    float[] fc = squashed.at(i);
    System.arraycopy(c, 0, fc, 0, block);
    VectorMath.activate(f, fc, block, scratch);
    VectorMath.multiply(gate[OUTPUT].at(i), fc, h, block);
    applyMask(i, c);
    applyMask(i, h);
    putState(i, h);
    putOutput(i, h);
  }

  @Override
  void runBack(Batch.Errors errors, Weights gradients) {
    Arrays.fill(dc, 0, block, 0);
    for (int i = steps - 1; i >= 0; i--) {
      readEpsilon(errors.epsilon(), i, dh);
      if (i < steps - 1) {
        VectorMath.add(dh, h, block); // what step i + 1 carried back
      }
      stepBack(i);
      if (i > 0 || errors.initialHidden() != null) {
        carryBack(i, gates, h);
      }
    }
    if (errors.initialHidden() != null) {
      errors.initialHidden().write(0, first, rows, h);
    }
    if (errors.initialMemory() != null) {
      errors.initialMemory().write(0, first, rows, dc);
    }
    finishGradients(gates, gradients);
  }

  /** From dh and dc after step i: the gradients by z of all gates, and dc before it. */
  private void stepBack(int i) {
    applyMask(i, dh);
    applyMask(i, dc);
    float[] fc = squashed.at(i);
    float[] o = gate[OUTPUT].at(i);
    VectorMath.multiply(dh, fc, delta, block);
    gateBack(OUTPUT, i, g);
    VectorMath.multiply(dh, o, delta, block);
    VectorMath.timesSlope(f, delta, fc, block);
    VectorMath.add(dc, delta, block);
    VectorMath.multiply(dc, memories.at(i), delta, block);
    gateBack(FORGET, i, g);
    VectorMath.multiply(dc, gate[CANDIDATE].at(i), delta, block);
    gateBack(INPUT, i, g);
    VectorMath.multiply(dc, gate[INPUT].at(i), delta, block);
    gateBack(CANDIDATE, i, f);
    endStepBack(i);
    VectorMath.multiply(dc, gate[FORGET].at(i), dc, block);
  }

  /** From the gradient by a gate's value, in delta. */
  private void gateBack(int k, int i, CellActivation activation) {
    VectorMath.timesSlope(activation, delta, gate[k].at(i), block);
    putGateGradient(k, i, delta);
  }
}
