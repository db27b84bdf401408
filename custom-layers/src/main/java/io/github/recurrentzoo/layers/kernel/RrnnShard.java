package io.github.recurrentzoo.layers.kernel;

import static io.github.recurrentzoo.layers.RrnnParams.OUTPUT_BIAS;
import static io.github.recurrentzoo.layers.RrnnParams.OUTPUT_WEIGHT;

import java.util.Arrays;

/**
 * What both forms of RRNN share: the output {@code o = g_o(h' W_ho + h W_ho' + b_o)} and the gate
 * {@code r W_rh}, for S rows at once. These are the rows of all steps, S = T*R, or with the last
 * step only one row for each row of the batch, S = R; they are worked on in S/R chunks of [R, H].
 */
abstract class RrnnShard extends Shard {

  static final int MAIN = 0; // h
  static final int AUXILIARY = 1; // r
  static final int GATED = 2; // h'

  private static final int FROM_GATED = 0; // the upper half of OW, W_ho
  private static final int FROM_MAIN = 1; // the lower half, W_ho'

  final CellActivation f;
  final CellActivation g;
  private final CellActivation outputActivation;

  int chunks;
  final NativeFloats r = new NativeFloats(); // [., H]
  final NativeFloats gateValues = new NativeFloats(); // r W_rh, [., H]
  final NativeFloats dGate = new NativeFloats(); // the gradient by it
  final NativeFloats dGated = new NativeFloats(); // the gradient by h', [S, H]
  final NativeFloats dMain = new NativeFloats(); // the gradient by h through the output, [S, H]
  private final NativeFloats output = new NativeFloats(); // o, then the gradient by what went in
  private Matrix outputAll;
  private final Slots outputBias = new Slots();
  float[] a = {}; // [R, H] each
  float[] b = {};
  float[] c = {};

  RrnnShard(RecurrentKernel.Spec spec, Cell.Rrnn cell) {
    super(spec);
    f = cell.activation();
    g = cell.gateActivation();
    outputActivation = cell.outputActivation();
  }

  /** S. */
  final int selected() {
    return chunks * rows;
  }

  /** Makes room; r and gate are needed for so many rows. */
  final void allocate(int gatedRows) {
    chunks = spec.returnSequences() ? steps : 1;
    long gated = (long) gatedRows * hidden;
    long all = (long) selected() * hidden;
    r.ensure(gated);
    gateValues.ensure(gated);
    output.ensure(all);
    if (batch.keepsTape()) {
      dGate.ensure(gated);
      dGated.ensure(all);
      dMain.ensure(all);
    }
    outputAll = matrix(output);
    if (a.length < block) {
      a = new float[block];
      b = new float[block];
      c = new float[block];
    }
    outputBias.ensure(1, block);
  }

  /** The S rows of a buffer. */
  final Matrix matrix(NativeFloats buffer) {
    return Matrix.rowMajor(buffer.address(0), selected(), hidden);
  }

  /** Where chunk j begins. */
  final long at(int j) {
    return (long) j * block;
  }

  /** One chunk, or step, of a buffer as a matrix. */
  final Matrix chunk(NativeFloats buffer, int j) {
    return Matrix.rowMajor(buffer.address(at(j)), rows, hidden);
  }

  /**
   * Collects a row of {@code size} numbers for each row of the batch: that of its last step, plus
   * {@code shift}. For a row without an unmasked step it is any; its output is masked.
   */
  final void gather(NativeFloats from, long start, int size, int shift, NativeFloats to) {
    to.ensure((long) rows * size);
    for (int row = 0; row < rows; row++) {
      long step = (long) Math.max(0, lastStep[row]) + shift;
      int index = Math.toIntExact(start + (step * rows + row) * size);
      to.buffer().put(row * size, from.buffer(), index, size);
    }
  }

  /** Computes and writes the output of the S rows. */
  final void putOutputs(Matrix gated, Matrix main) {
    float[] bias = outputBias.at(0);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(weights.vector(OUTPUT_BIAS), 0, bias, row * hidden, hidden);
    }
    Blas.multiply(gated, weights.block(OUTPUT_WEIGHT, FROM_GATED), false, outputAll);
    Blas.multiply(main, weights.block(OUTPUT_WEIGHT, FROM_MAIN), true, outputAll);
    for (int j = 0; j < chunks; j++) {
      output.get(at(j), a, block);
      VectorMath.add(a, bias, block);
      VectorMath.activate(outputActivation, a, block, scratch);
      if (batch.keepsTape()) {
        output.put(at(j), a, block);
      }
      maskSelected(j, a);
      batch.output().write(spec.returnSequences() ? time(j) : 0, first, rows, a);
    }
  }

  private void maskSelected(int j, float[] values) {
    if (spec.returnSequences()) {
      applyMask(j, values);
    } else {
      applyLastMask(values);
    }
  }

  /** From the gradient by the output to those by h' and h, and by OW and its bias. */
  final void outputsBack(BatchArray epsilon, Matrix gated, Matrix main, Weights gradients) {
    float[] biasSum = outputBias.at(0);
    Arrays.fill(biasSum, 0, block, 0);
    for (int j = 0; j < chunks; j++) {
      epsilon.read(spec.returnSequences() ? time(j) : 0, first, rows, a);
      maskSelected(j, a);
      output.get(at(j), b, block);
      VectorMath.timesSlope(outputActivation, a, b, block);
      output.put(at(j), a, block);
      VectorMath.add(biasSum, a, block);
    }
    sumRows(biasSum, gradients.vector(OUTPUT_BIAS), 0);
    Blas.transposedMultiply(gated, outputAll, false, gradients.block(OUTPUT_WEIGHT, FROM_GATED));
    Blas.transposedMultiply(main, outputAll, false, gradients.block(OUTPUT_WEIGHT, FROM_MAIN));
    Blas.multiplyTransposed(
        outputAll, weights.block(OUTPUT_WEIGHT, FROM_GATED), false, matrix(dGated));
    Blas.multiplyTransposed(
        outputAll, weights.block(OUTPUT_WEIGHT, FROM_MAIN), false, matrix(dMain));
  }

  /**
   * Reads from a buffer of the S rows what belongs to step {@code i}, {@code shift} steps before
   * the one that the row was collected for; zeros where there is nothing.
   */
  final void readSelected(NativeFloats buffer, int i, int shift, float[] to) {
    if (spec.returnSequences()) {
      if (i + shift < steps) {
        buffer.get(at(i + shift), to, block);
      } else {
        Arrays.fill(to, 0, block, 0);
      }
      return;
    }
    Arrays.fill(to, 0, block, 0);
    for (int row = 0; row < rows; row++) {
      if (lastStep[row] >= 0 && lastStep[row] == i + shift) {
        buffer.buffer().get(row * hidden, to, row * hidden, hidden);
      }
    }
  }
}
