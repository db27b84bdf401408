package io.github.recurrentzoo.layers.kernel;

import java.util.Arrays;

/**
 * A part of the batch, which one thread runs from the first to the last time step. Everything here
 * is in the order of processing: step i is time i, or T-1-i for a backward layer. N = T*R rows for
 * R rows of the batch.
 *
 * <p>Memory: N (D + (G+1) H) numbers for BLAS, without D where a table is read, and a tape on the
 * Java heap.
 *
 * <p>Public for {@link Cell#shard} alone: nothing in it is.
 */
public abstract class Shard {

  private static final int ENOUGH_ROWS = 16; // for products of a step to be as quick as of all

  final RecurrentKernel.Spec spec;
  final int inputs; // D
  final int hidden; // H
  final int gates; // G

  Batch batch;
  Weights weights;
  int first; // the first row of the batch that is ours
  int rows; // R
  int steps; // T
  int block; // R*H, the numbers of one step

  final NativeFloats x = new NativeFloats(); // [N, D]; the gradient by x in the end
  final NativeFloats z = new NativeFloats(); // G times [N, H]: x W + h RW, then the gradient by it
  final NativeFloats states = new NativeFloats(); // [T+1, R, H]: the state before each step
  final NativeFloats carried = new NativeFloats(); // [R, H]: the gradient by the state before

  float[] scratch = {};
  float[] stepBuffer = {}; // [R, max(D, H)]
  float[] lastOutput = {}; // [R, H]
  private float[] maskValues = {}; // [R, T], by time
  private boolean masked;
  int[] lastStep = {}; // by row, the last unmasked step; -1 for none

  private final Slots biasBlocks = new Slots(); // by gate, the bias R times
  private final Slots biasSums = new Slots(); // by gate, the gradient by it before rows are summed
  private Matrix xAll;
  private Matrix statesAll;
  private Matrix state;
  private Matrix carriedMatrix;
  private Matrix[] zAll;
  private Matrix zStep;
  private Matrix xStep;
  private boolean stepByStep;
  private TableInput table; // what the steps read; null where x is a sequence
  private int index; // among the shards
  private float[][] inputGradients = {}; // by gate, [R, H]: of a step, by x W of a table
  private final int[] zOfStep; // by gate, where a step begins in z

  @SuppressWarnings("UnusedVariable")
  private float touched; // so that the JIT keeps what makes it

  Shard(RecurrentKernel.Spec spec) {
    this.spec = spec;
    this.inputs = spec.cell().inputs();
    this.hidden = spec.cell().hidden();
    this.gates = spec.cell().gates();
    this.zOfStep = new int[gates];
  }

  /**
   * What the steps read in the next passes.
   *
   * @param newTable null where x is a sequence
   * @param newIndex among the shards
   */
  final void setTable(TableInput newTable, int newIndex) {
    table = newTable;
    index = newIndex;
  }

  /** Whether {@link TableInput} has x W. */
  final boolean readsTable() {
    return table != null;
  }

  /** Runs rows [first, first + rows) forward. */
  final void forward(Batch newBatch, Weights newWeights, int newFirst, int newRows) {
    batch = newBatch;
    weights = newWeights;
    first = newFirst;
    rows = newRows;
    steps = batch.steps();
    block = Math.multiplyExact(rows, hidden);
    allocate();
    readMask();
    if (table == null) {
      readInput();
    }
    readInitialState();
    for (int g = 0; g < gates; g++) {
      float[] bias = biasBlocks.at(g);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(weights.bias, g * hidden, bias, row * hidden, hidden);
      }
    }
    run();
    if (batch.lastHidden() != null) {
      states.get((long) steps * block, scratch, block);
      batch.lastHidden().write(0, first, rows, scratch);
    }
  }

  /**
   * Computes the gradients of the last forward pass; of a table, those by its rows and by W are
   * left to it.
   */
  final void backward(Batch.Errors errors, Weights gradients) {
    for (int g = 0; g < gates; g++) {
      Arrays.fill(biasSums.at(g), 0, block, 0);
    }
    if (table != null) {
      table.clear(index);
    }
    runBack(errors, gradients);
    for (int g = 0; g < gates; g++) {
      sumRows(biasSums.at(g), gradients.bias, g * hidden);
    }
    for (int i = 0; i < steps && table == null; i++) {
      x.get((long) i * rows * inputs, stepBuffer, rows * inputs);
      errors.input().write(time(i), first, rows, stepBuffer);
    }
  }

  /** The time loop forward, output and tape included. */
  abstract void run();

  /** The time loop backward; leaves the gradient by x in {@link #x}. */
  abstract void runBack(Batch.Errors errors, Weights gradients);

  private void allocate() {
    long all = (long) steps * rows;
    x.ensure(table == null ? all * inputs : 0);
    z.ensure(all * hidden * gates);
    states.ensure((all + rows) * hidden);
    carried.ensure(block);
    int stepSize = rows * Math.max(inputs, hidden);
    if (stepBuffer.length < stepSize) {
      stepBuffer = new float[stepSize];
      scratch = new float[stepSize];
      lastOutput = new float[stepSize];
    }
    if (table != null && (inputGradients.length == 0 || inputGradients[0].length < block)) {
      inputGradients = new float[gates][block];
    }
    biasBlocks.ensure(gates, block);
    biasSums.ensure(gates, block);
    int allRows = Math.toIntExact(all);
    xAll = Matrix.rowMajor(x.address(0), allRows, inputs);
    statesAll = Matrix.rowMajor(states.address(0), allRows, hidden);
    state = Matrix.rowMajor(states.address(0), rows, hidden);
    carriedMatrix = Matrix.rowMajor(carried.address(0), rows, hidden);
    zAll = new Matrix[gates];
    for (int g = 0; g < gates; g++) {
      zAll[g] = Matrix.rowMajor(z.address(zAt(g, 0)), allRows, hidden);
    }
    zStep = Matrix.rowMajor(z.address(0), rows, hidden);
    xStep = Matrix.rowMajor(x.address(0), rows, inputs);
    stepByStep = rows >= ENOUGH_ROWS && Blas.isSmall(inputs, hidden) && table == null;
  }

  private void readMask() {
    masked = batch.mask() != null;
    if (lastStep.length < rows) {
      lastStep = new int[rows];
    }
    Arrays.fill(lastStep, 0, rows, masked ? -1 : steps - 1);
    if (!masked) {
      return;
    }
    if (maskValues.length < rows * steps) {
      maskValues = new float[rows * steps];
    }
    batch.mask().read(0, first, rows, maskValues);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < steps; i++) {
        if (mask(row, i) != 0) {
          lastStep[row] = i;
        }
      }
    }
  }

  private void readInput() {
    for (int i = 0; i < steps; i++) {
      batch.x().read(time(i), first, rows, stepBuffer);
      for (int row = 0; masked && row < rows; row++) {
        if (mask(row, i) == 0) { // whatever stands there, even NaN
          Arrays.fill(stepBuffer, row * inputs, (row + 1) * inputs, 0);
        }
      }
      x.put((long) i * rows * inputs, stepBuffer, rows * inputs);
    }
  }

  private void readInitialState() {
    if (batch.initialHidden() == null) {
      Arrays.fill(stepBuffer, 0, block, 0);
    } else {
      batch.initialHidden().read(0, first, rows, stepBuffer);
    }
    states.put(0, stepBuffer, block);
  }

  /** The time of step i. */
  final int time(int i) {
    return spec.forward() ? i : steps - 1 - i;
  }

  private float mask(int row, int i) {
    return maskValues[row * steps + time(i)];
  }

  /** Multiplies each row of {@code values} [R, H] by the mask of step i. */
  final void applyMask(int i, float[] values) {
    for (int row = 0; masked && row < rows; row++) {
      multiplyRow(values, row, mask(row, i));
    }
  }

  /** Multiplies each row of {@code values} [R, H] by the mask of its last step. */
  final void applyLastMask(float[] values) {
    for (int row = 0; masked && row < rows; row++) {
      multiplyRow(values, row, lastStep[row] < 0 ? 0 : mask(row, lastStep[row]));
    }
  }

  private void multiplyRow(float[] values, int row, float factor) {
    int from = row * hidden;
    if (factor == 0) { // even NaN and infinities
      Arrays.fill(values, from, from + hidden, 0);
    } else if (factor != 1) {
      for (int j = from; j < from + hidden; j++) {
        values[j] *= factor;
      }
    }
  }

  final boolean isMasked() {
    return masked;
  }

  /** Where step i of a gate begins in z. */
  final long zAt(int gate, int i) {
    return ((long) gate * steps + i) * block;
  }

  /**
   * z = x W of a gate, all steps at once; where products of a step are small, each does it itself.
   */
  final void multiplyInput(int gate) {
    if (!stepByStep && table == null) {
      Blas.multiply(xAll, weights.input[gate], false, zAll[gate]);
    }
  }

  private void multiplyInput(int gate, int i) {
    if (table != null) {
      if (gate == 0) { // all of a row at once
        copyFromTable(i);
      }
    } else if (stepByStep) { // z stays in the processor's cache until h RW is added to it
      xStep.pointer.to(x.address((long) i * rows * inputs));
      Blas.multiply(xStep, weights.input[gate], false, zStep);
    }
  }

  private void copyFromTable(int i) {
    for (int g = 0; g < gates; g++) {
      zOfStep[g] = Math.toIntExact(zAt(g, i));
    }
    touched += table.copy(first, rows, time(i), z.buffer(), zOfStep);
  }

  /** Whether the state before step i is anything but zero. */
  private boolean hasState(int i) {
    return i > 0 || batch.initialHidden() != null;
  }

  /** z += h RW of a gate at step i, h being the state before it. */
  final void addRecurrent(int gate, int i) {
    zStep.pointer.to(z.address(zAt(gate, i)));
    multiplyInput(gate, i);
    if (hasState(i)) {
      state.pointer.to(states.address((long) i * block));
      Blas.multiply(state, weights.recurrent[gate], true, zStep);
    }
  }

  /** h RW of a gate at step i by itself, h being the state before it. */
  final void multiplyRecurrent(int gate, int i, float[] to) {
    zStep.pointer.to(z.address(zAt(gate, i)));
    multiplyInput(gate, i);
    if (!hasState(i)) {
      Arrays.fill(to, 0, block, 0);
      return;
    }
    state.pointer.to(states.address((long) i * block));
    Blas.multiply(state, weights.recurrent[gate], false, carriedMatrix);
    carried.get(0, to, block);
  }

  /** The activation of a gate at step i, once z is complete. */
  final void activateGate(int gate, int i, CellActivation activation, float[] to) {
    z.get(zAt(gate, i), to, block);
    VectorMath.activate(activation, to, biasBlocks.at(gate), block, scratch);
  }

  /** The same with {@code more} added to z. */
  final void activateGate(int gate, int i, CellActivation activation, float[] more, float[] to) {
    z.get(zAt(gate, i), to, block);
    VectorMath.add(to, more, block);
    VectorMath.activate(activation, to, biasBlocks.at(gate), block, scratch);
  }

  /** Keeps the state after step i. */
  final void putState(int i, float[] h) {
    states.put((i + 1L) * block, h, block);
  }

  /** The gradient by the z of a gate at step i is there: z becomes it. */
  final void putGateGradient(int gate, int i, float[] gradient) {
    putProductGradient(gate, i, gradient);
    addInputGradient(gate, gradient);
  }

  /** The same where that by x W + b is another one: see {@link #addInputGradient}. */
  final void putProductGradient(int gate, int i, float[] gradient) {
    z.put(zAt(gate, i), gradient, block);
  }

  /** Adds the gradient by x W + b of a gate at a step. */
  final void addInputGradient(int gate, float[] gradient) {
    VectorMath.add(biasSums.at(gate), gradient, block);
    if (table != null) {
      System.arraycopy(gradient, 0, inputGradients[gate], 0, block);
    }
  }

  /** All gates have their gradients of step i. */
  final void endStepBack(int i) {
    if (table != null) {
      touched += table.addGradient(index, first, rows, time(i), inputGradients);
    }
  }

  /** The gradient by the state before step i through RW of the first gates, into {@code to}. */
  final void carryBack(int i, int throughGates, float[] to) {
    for (int g = 0; g < throughGates; g++) {
      zStep.pointer.to(z.address(zAt(g, i)));
      Blas.multiplyTransposed(zStep, weights.recurrentBack[g], g > 0, carriedMatrix);
    }
    carried.get(0, to, block);
  }

  /**
   * Gradients by W and RW of the first gates, and by x in place of x, when z holds the gradients of
   * all steps.
   */
  final void finishGradients(int ofGates, Weights gradients) {
    finishRecurrent(ofGates, gradients);
    finishInput(Arrays.copyOf(zAll, ofGates), gradients);
  }

  /** z of each gate, all steps, [N, H]. */
  final Matrix[] allGates() {
    return zAll.clone();
  }

  /** The gradients by RW of the first gates. */
  final void finishRecurrent(int ofGates, Weights gradients) {
    for (int g = 0; g < ofGates; g++) {
      Blas.transposedMultiply(statesAll, zAll[g], false, gradients.recurrent[g]);
    }
  }

  /** The gradients by W, and by x in place of x, from that by x W of each gate, [N, H]. */
  final void finishInput(Matrix[] byGate, Weights gradients) {
    if (table != null) {
      return; // it has them
    }
    for (int g = 0; g < byGate.length; g++) {
      Blas.transposedMultiply(xAll, byGate[g], false, gradients.input[g]);
    }
    for (int g = 0; g < byGate.length; g++) {
      Blas.multiplyTransposed(byGate[g], weights.inputBack[g], g > 0, xAll);
    }
  }

  /** Writes the output of step i: at its time, or for the rows of which it is the last. */
  final void putOutput(int i, float[] output) {
    if (spec.returnSequences()) {
      batch.output().write(time(i), first, rows, output);
      return;
    }
    for (int row = 0; row < rows; row++) {
      if (lastStep[row] == i) {
        System.arraycopy(output, row * hidden, lastOutput, row * hidden, hidden);
      }
    }
    if (i == steps - 1) {
      for (int row = 0; row < rows; row++) {
        if (lastStep[row] < 0) {
          Arrays.fill(lastOutput, row * hidden, (row + 1) * hidden, 0);
        }
      }
      batch.output().write(0, first, rows, lastOutput);
    }
  }

  /** Reads the gradient by the output of step i, as {@link #putOutput} wrote it. */
  final void readEpsilon(BatchArray epsilon, int i, float[] to) {
    if (spec.returnSequences()) {
      epsilon.read(time(i), first, rows, to);
      return;
    }
    if (i == steps - 1) {
      epsilon.read(0, first, rows, lastOutput);
    }
    Arrays.fill(to, 0, block, 0);
    for (int row = 0; row < rows; row++) {
      if (lastStep[row] == i) {
        System.arraycopy(lastOutput, row * hidden, to, row * hidden, hidden);
      }
    }
  }

  /** Adds the sum over the rows of {@code values} [R, H] to H numbers from {@code at} on. */
  final void sumRows(float[] values, float[] to, int at) {
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < hidden; j++) {
        to[at + j] += values[row * hidden + j];
      }
    }
  }
}
