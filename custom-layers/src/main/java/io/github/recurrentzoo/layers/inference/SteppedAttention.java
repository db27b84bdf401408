package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.LuongAttentionVertex;
import io.github.recurrentzoo.layers.kernel.CellActivation;
import io.github.recurrentzoo.layers.kernel.HeapMatrix;
import io.github.recurrentzoo.layers.kernel.VectorMath;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The equations of {@link LuongAttentionVertex} for one query a row. What a state contributes to a
 * score and to an output is computed once for an input:
 *
 * <pre>
 * k_j  = W s_j                 v_j = s_j W_c,  the rows of W_c that stand for the context
 * e_tj = h_t . k_j + r[clip(j - t)]
 * y_t  = tanh(sum_j a_tj v_j + h_t W_c + b),   the rows of W_c that stand for the query
 * </pre>
 */
final class SteppedAttention {

  /** What belongs to the inputs of a batch, which beams share. */
  static final class Inputs {
    int states; // S
    float[][] keys = {}; // k, [B*S][H]
    float[][] values = {}; // v, [B*S][A]
    int[] lengths = {}; // [B]
  }

  private final HeapMatrix scores; // W turned, [E, H]
  private final HeapMatrix ofContext; // [E, A]
  private final HeapMatrix ofQuery; // [H, A]
  private final float[] bias; // [A]
  private final float[] offsets; // r, [2K + 1]; empty for none

  SteppedAttention(Map<String, INDArray> parameters) {
    INDArray w = parameters.get(LuongAttentionVertex.SCORE_WEIGHT); // [H, E]
    scores = HeapMatrix.of(w.transpose());
    HeapMatrix output = HeapMatrix.of(parameters.get(LuongAttentionVertex.OUTPUT_WEIGHT));
    ofContext = output.rows(0, (int) w.size(1));
    ofQuery = output.rows((int) w.size(1), output.rows());
    bias = SteppedCell.vector(parameters, LuongAttentionVertex.BIAS);
    INDArray r = parameters.get(LuongAttentionVertex.OFFSET_BIAS);
    offsets = r == null ? new float[0] : r.dup('c').data().asFloat();
  }

  /** A, the size of the output. */
  int outputs() {
    return bias.length;
  }

  /** E. */
  int stateSize() {
    return scores.rows();
  }

  /**
   * Reads the states of inputs.
   *
   * @param parts each time-major, [S*B][E1], [S*B][E2] ..., or more lines
   * @param lengths how many states of each row are there, [B]
   */
  Inputs read(List<float[][]> parts, int[] lengths) {
    Inputs inputs = new Inputs();
    inputs.lengths = lengths.clone();
    inputs.states = Arrays.stream(lengths).max().orElse(0);
    int all = inputs.states * lengths.length;
    float[][] joined = new float[all][stateSize()];
    int at = 0;
    for (float[][] part : parts) {
      int size = part[0].length;
      for (int row = 0; row < lengths.length; row++) {
        for (int s = 0; s < lengths[row]; s++) { // zeros at padding, whatever stands there
          System.arraycopy(
              part[s * lengths.length + row], 0, joined[row * inputs.states + s], at, size);
        }
      }
      at += size;
    }
    inputs.keys = new float[all][scores.columns()];
    inputs.values = new float[all][outputs()];
    scores.addProduct(joined, all, inputs.keys);
    ofContext.addProduct(joined, all, inputs.values);
    return inputs;
  }

  /**
   * One query of each row.
   *
   * @param sources which input a row attends to, [R]
   * @param time of the query, from 0
   * @param h [R][H]
   * @param a written: the weights, [R][S]
   * @param y written: [R][A]
   */
  void attend(Inputs inputs, int[] sources, int time, float[][] h, float[][] a, float[][] y) {
    for (int row = 0; row < sources.length; row++) {
      System.arraycopy(bias, 0, y[row], 0, bias.length);
    }
    ofQuery.addProduct(h, sources.length, y);
    float[] scratch = new float[bias.length];
    for (int row = 0; row < sources.length; row++) {
      int first = sources[row] * inputs.states;
      for (int j = 0; j < inputs.states; j++) {
        a[row][j] =
            j < inputs.lengths[sources[row]]
                ? dot(h[row], inputs.keys[first + j], ofQuery.rows()) + offset(j - time)
                : Float.NEGATIVE_INFINITY;
      }
      SteppedSoftmax.normalize(a[row], inputs.states);
      for (int j = 0; j < inputs.states; j++) {
        add(a[row][j], inputs.values[first + j], y[row], bias.length);
      }
      VectorMath.activate(CellActivation.TANH, y[row], 0, bias.length, scratch);
    }
  }

  private float offset(int distance) {
    if (offsets.length == 0) {
      return 0;
    }
    int largest = offsets.length / 2;
    return offsets[Math.max(-largest, Math.min(largest, distance)) + largest];
  }

  /** In four sums at a time: one alone would wait for each addition. */
  private static float dot(float[] a, float[] b, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < n; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  private static void add(float factor, float[] v, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += factor * v[i];
    }
  }
}
