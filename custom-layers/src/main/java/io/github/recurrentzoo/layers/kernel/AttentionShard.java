package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.kernel.FusedAttention.Part;
import io.github.recurrentzoo.layers.kernel.FusedAttention.Ready;
import java.util.Arrays;
import java.util.List;

/**
 * Some rows of a batch through {@link FusedAttention}, with one thread. What does not depend on the
 * row, the products with parameters, is done for all R rows and T steps at once; scores and
 * contexts are small products of each row, whose matrices lie R rows apart in time-major memory.
 */
final class AttentionShard {

  private final NativeFloats states = new NativeFloats(); // s, [S, R, E]
  private final NativeFloats stateGradient = new NativeFloats(); // [S, R, E]
  private final NativeFloats both = new NativeFloats(); // [c ; h], [T, R, E + H]; its gradient
  private final NativeFloats kept = new NativeFloats(); // h, [T, R, H], while its gradient is made
  private final NativeFloats projected = new NativeFloats(); // q, [T, R, E]
  private final NativeFloats projectedGradient = new NativeFloats(); // [T, R, E]
  private final NativeFloats weights = new NativeFloats(); // a, [R, T, S]
  private final NativeFloats scoreGradients = new NativeFloats(); // by e, [R, T, S]
  private final NativeFloats outputs = new NativeFloats(); // y, [T, R, A]; its gradient
  private final NativeFloats scoreGradient = new NativeFloats(); // by W, [H, E]
  private final NativeFloats outputGradient = new NativeFloats(); // by W_c, [E + H, A]
  private float[] biasGradient = {};
  private float[] offsetGradient = {};

  private int first; // the first row of the batch that is ours
  private int rows; // R
  private int steps; // T
  private int length; // S
  private int h; // H
  private int e; // E
  private int a; // A
  private float[] queryMask = {}; // [R, T]
  private float[] stateMask = {}; // [R, S]
  private boolean queriesMasked;
  private boolean statesMasked;
  private float[] small = {}; // [R, max(H, E, A)]
  private float[] large = {}; // [R, E + H]
  private float[] scores = {}; // [T, S]
  private float[] more = {}; // [T, S]
  private float[] scratch = {}; // [R, A]

  // Matrices over all rows and steps, and those of one row, which are moved.
  private Matrix bothAll;
  private Matrix queriesAll;
  private Matrix projectedAll;
  private Matrix outputsAll;
  private Matrix statesRow; // [S, E]
  private Matrix stateGradientRow; // [S, E]
  private Matrix contextRow; // [T, E]
  private Matrix projectedRow; // [T, E]
  private Matrix projectedGradientRow; // [T, E]
  private Matrix weightsRow; // [T, S]
  private Matrix scoreGradientsRow; // [T, S]

  /** Runs rows [first, first + rows) forward. */
  void forward(Ready in, BatchArray output, int newFirst, int newRows) {
    first = newFirst;
    rows = newRows;
    steps = in.steps;
    length = in.length;
    h = in.querySize;
    e = in.stateSize;
    a = in.outputSize;
    allocate();
    readMasks(in);
    readStates(in);
    readQueries(in);
    Blas.multiply(queriesAll, Matrix.block(in.parameters.score(), 0, h, 0, e), false, projectedAll);
    for (int row = 0; row < rows; row++) {
      moveTo(row);
      Blas.multiplyTransposed(projectedRow, statesRow, false, weightsRow);
      weights.get(rowAt(row), scores, steps * length);
      softmax(in, row);
      weights.put(rowAt(row), scores, steps * length);
      Blas.multiply(weightsRow, statesRow, false, contextRow);
    }
    Blas.multiply(bothAll, Matrix.block(in.parameters.output(), 0, e + h, 0, a), false, outputsAll);
    for (int t = 0; t < steps; t++) {
      outputs.get((long) t * rows * a, small, rows * a);
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < a; i++) {
          small[row * a + i] += in.bias[i];
        }
      }
      VectorMath.activate(CellActivation.TANH, small, rows * a, scratch);
      outputs.put((long) t * rows * a, small, rows * a);
      applyQueryMask(t, small, a);
      output.write(t, first, rows, small);
    }
  }

  private void allocate() {
    long queries = (long) steps * rows;
    states.ensure((long) length * rows * e);
    stateGradient.ensure((long) length * rows * e);
    both.ensure(queries * (e + h));
    projected.ensure(queries * e);
    projectedGradient.ensure(queries * e);
    weights.ensure(queries * length);
    scoreGradients.ensure(queries * length);
    outputs.ensure(queries * a);
    small = room(small, Math.multiplyExact(rows, Math.max(h, Math.max(e, a))));
    large = room(large, Math.multiplyExact(rows, e + h));
    scratch = room(scratch, rows * a);
    scores = room(scores, Math.multiplyExact(steps, length));
    more = room(more, steps * length);
    int all = Math.toIntExact(queries);
    bothAll = Matrix.rowMajor(both.address(0), all, e + h);
    queriesAll = Matrix.strided(both.address(e), all, h, e + h);
    projectedAll = Matrix.rowMajor(projected.address(0), all, e);
    outputsAll = Matrix.rowMajor(outputs.address(0), all, a);
    statesRow = Matrix.strided(states.address(0), length, e, rows * e);
    stateGradientRow = Matrix.strided(stateGradient.address(0), length, e, rows * e);
    contextRow = Matrix.strided(both.address(0), steps, e, rows * (e + h));
    projectedRow = Matrix.strided(projected.address(0), steps, e, rows * e);
    projectedGradientRow = Matrix.strided(projectedGradient.address(0), steps, e, rows * e);
    weightsRow = Matrix.rowMajor(weights.address(0), steps, length);
    scoreGradientsRow = Matrix.rowMajor(scoreGradients.address(0), steps, length);
  }

  private static float[] room(float[] array, int size) {
    return array.length < size ? new float[size] : array;
  }

  /** Where the weights of a row begin. */
  private long rowAt(int row) {
    return (long) row * steps * length;
  }

  /** Moves the matrices of one row. */
  private void moveTo(int row) {
    statesRow.pointer.to(states.address((long) row * e));
    stateGradientRow.pointer.to(stateGradient.address((long) row * e));
    contextRow.pointer.to(both.address((long) row * (e + h)));
    projectedRow.pointer.to(projected.address((long) row * e));
    projectedGradientRow.pointer.to(projectedGradient.address((long) row * e));
    weightsRow.pointer.to(weights.address(rowAt(row)));
    scoreGradientsRow.pointer.to(scoreGradients.address(rowAt(row)));
  }

  private void readMasks(Ready in) {
    queriesMasked = in.queryMask != null;
    if (queriesMasked) {
      queryMask = room(queryMask, rows * steps);
      in.queryMask.read(0, first, rows, queryMask);
    }
    statesMasked = in.stateMask != null;
    if (statesMasked) {
      stateMask = room(stateMask, rows * length);
      in.stateMask.read(0, first, rows, stateMask);
    }
  }

  private boolean isMasked(int row, int j) {
    return statesMasked && stateMask[row * length + j] == 0;
  }

  private void readStates(Ready in) {
    for (int j = 0; j < length; j++) {
      int column = 0;
      for (Part part : in.states) {
        int size = part.size();
        part.array().read(j, first, rows, small);
        for (int row = 0; row < rows; row++) {
          System.arraycopy(small, row * size, large, row * e + column, size);
        }
        column += size;
      }
      for (int row = 0; row < rows; row++) {
        if (isMasked(row, j)) { // whatever stands there, even NaN
          Arrays.fill(large, row * e, (row + 1) * e, 0);
        }
      }
      states.put((long) j * rows * e, large, rows * e);
    }
  }

  /** Queries into the right columns of [c ; h]. */
  private void readQueries(Ready in) {
    for (int t = 0; t < steps; t++) {
      in.queries.read(t, first, rows, small);
      for (int row = 0; row < rows; row++) {
        int to = row * (e + h) + e;
        if (queriesMasked && queryMask[row * steps + t] == 0) {
          Arrays.fill(large, to, to + h, 0);
        } else {
          System.arraycopy(small, row * h, large, to, h);
        }
      }
      both.put((long) t * rows * (e + h), large, rows * (e + h));
    }
  }

  /** Multiplies each row of {@code values} [R, size] by the query's mask at step t. */
  private void applyQueryMask(int t, float[] values, int size) {
    for (int row = 0; queriesMasked && row < rows; row++) {
      float mask = queryMask[row * steps + t];
      if (mask == 0) {
        Arrays.fill(values, row * size, (row + 1) * size, 0);
      } else if (mask != 1) {
        for (int i = row * size; i < (row + 1) * size; i++) {
          values[i] *= mask;
        }
      }
    }
  }

  /** The scores of a row become weights. */
  private void softmax(Ready in, int row) {
    for (int t = 0; t < steps; t++) {
      int at = t * length;
      float largest = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < length; j++) {
        if (in.offsets.length > 0) {
          scores[at + j] += in.offsets[offset(in, t, j)];
        }
        if (!isMasked(row, j)) {
          largest = Math.max(largest, scores[at + j]);
        }
      }
      float sum = 0;
      for (int j = 0; j < length; j++) {
        float exp = isMasked(row, j) ? 0 : (float) Math.exp(scores[at + j] - largest);
        scores[at + j] = exp;
        sum += exp;
      }
      for (int j = 0; j < length; j++) {
        scores[at + j] /= sum;
      }
    }
  }

  /** Which of the offsets state j has for the query at step t. */
  private static int offset(Ready in, int t, int j) {
    int largest = in.offsets.length / 2;
    return Math.max(-largest, Math.min(largest, j - t - in.firstStep)) + largest;
  }

  /** The gradients of the last forward pass; those by parameters are read afterwards. */
  void backward(Ready in, BatchArray epsilon, BatchArray toQueries, List<Part> toStates) {
    Matrix score = Matrix.block(in.parameters.score(), 0, h, 0, e);
    Matrix output = Matrix.block(in.parameters.output(), 0, e + h, 0, a);
    scoreGradient.ensure((long) h * e);
    outputGradient.ensure((long) (e + h) * a);
    biasGradient = new float[a];
    offsetGradient = new float[in.offsets.length];
    for (int t = 0; t < steps; t++) {
      epsilon.read(t, first, rows, small);
      applyQueryMask(t, small, a);
      outputs.get((long) t * rows * a, scratch, rows * a);
      VectorMath.timesSlope(CellActivation.TANH, small, scratch, rows * a);
      outputs.put((long) t * rows * a, small, rows * a);
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < a; i++) {
          biasGradient[i] += small[row * a + i];
        }
      }
    }
    Matrix byOutput = Matrix.rowMajor(outputGradient.address(0), e + h, a);
    Blas.transposedMultiply(bothAll, outputsAll, false, byOutput);
    keepQueries();
    Blas.multiplyTransposed(outputsAll, output, false, bothAll); // [c ; h] becomes its gradient
    for (int row = 0; row < rows; row++) {
      backThroughScores(in, row);
    }
    Matrix byProjected = Matrix.rowMajor(projectedGradient.address(0), steps * rows, e);
    Matrix byScore = Matrix.rowMajor(scoreGradient.address(0), h, e);
    Matrix keptQueries = Matrix.rowMajor(kept.address(0), steps * rows, h);
    Blas.transposedMultiply(keptQueries, byProjected, false, byScore);
    Blas.multiplyTransposed(byProjected, score, true, queriesAll);
    write(toQueries, toStates);
  }

  private void keepQueries() {
    kept.ensure((long) steps * rows * h);
    for (int t = 0; t < steps; t++) {
      both.get((long) t * rows * (e + h), large, rows * (e + h));
      for (int row = 0; row < rows; row++) {
        System.arraycopy(large, row * (e + h) + e, small, row * h, h);
      }
      kept.put((long) t * rows * h, small, rows * h);
    }
  }

  private void backThroughScores(Ready in, int row) {
    moveTo(row);
    Blas.multiplyTransposed(contextRow, statesRow, false, scoreGradientsRow); // by a
    weights.get(rowAt(row), scores, steps * length);
    scoreGradients.get(rowAt(row), more, steps * length);
    for (int t = 0; t < steps; t++) {
      int at = t * length;
      float mean = 0;
      for (int j = at; j < at + length; j++) {
        mean += scores[j] * more[j];
      }
      for (int j = 0; j < length; j++) {
        more[at + j] = scores[at + j] * (more[at + j] - mean);
        if (in.offsets.length > 0) {
          offsetGradient[offset(in, t, j)] += more[at + j];
        }
      }
    }
    scoreGradients.put(rowAt(row), more, steps * length); // by e
    Blas.transposedMultiply(weightsRow, contextRow, false, stateGradientRow);
    Blas.transposedMultiply(scoreGradientsRow, projectedRow, true, stateGradientRow);
    Blas.multiply(scoreGradientsRow, statesRow, false, projectedGradientRow);
  }

  private void write(BatchArray toQueries, List<Part> toStates) {
    for (int t = 0; t < steps; t++) {
      both.get((long) t * rows * (e + h), large, rows * (e + h));
      for (int row = 0; row < rows; row++) {
        System.arraycopy(large, row * (e + h) + e, small, row * h, h);
      }
      toQueries.write(t, first, rows, small);
    }
    for (int j = 0; j < length; j++) {
      stateGradient.get((long) j * rows * e, large, rows * e);
      int column = 0;
      for (Part part : toStates) {
        int size = part.size();
        for (int row = 0; row < rows; row++) {
          System.arraycopy(large, row * e + column, small, row * size, size);
        }
        part.array().write(j, first, rows, small);
        column += size;
      }
    }
  }

  void readScoreGradient(float[] to) {
    scoreGradient.get(0, to, h * e);
  }

  void readOutputGradient(float[] to) {
    outputGradient.get(0, to, (e + h) * a);
  }

  void readBiasGradient(float[] to) {
    System.arraycopy(biasGradient, 0, to, 0, biasGradient.length);
  }

  void readOffsetGradient(float[] to) {
    System.arraycopy(offsetGradient, 0, to, 0, offsetGradient.length);
  }

  /** Adds the weights of each row, [T][S], of the last forward pass. */
  void addWeights(List<double[][]> to) {
    for (int row = 0; row < rows; row++) {
      weights.get(rowAt(row), scores, steps * length);
      double[][] ofRow = new double[steps][length];
      for (int i = 0; i < steps * length; i++) {
        ofRow[i / length][i % length] = scores[i];
      }
      to.add(ofRow);
    }
  }
}
