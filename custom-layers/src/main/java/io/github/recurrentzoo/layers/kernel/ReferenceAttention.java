package io.github.recurrentzoo.layers.kernel;

import static io.github.recurrentzoo.layers.kernel.Vectors.concat;
import static io.github.recurrentzoo.layers.kernel.Vectors.product;
import static io.github.recurrentzoo.layers.kernel.Vectors.productTransposed;
import static io.github.recurrentzoo.layers.kernel.Vectors.scaled;
import static io.github.recurrentzoo.layers.kernel.Vectors.sum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attention written to be read, in plain Java and in double, one row and one query after the other:
 * what the fused kernel is tested against, and what computes all types but float.
 *
 * <pre>
 * q_t  = h_t W                          e_tj = q_t . s_j + r[clip(j - t)]
 * a_t  = softmax(e_t) over j            c_t  = sum_j a_tj s_j
 * y_t  = m_t tanh([c_t ; h_t] W_c + b)
 * </pre>
 */
final class ReferenceAttention implements AttentionKernel {

  /** What forward keeps of a query. Where the mask is 0, it is not computed, and y is null. */
  private static final class Query {
    double mask;
    double[] h; // [H]
    double[] q; // [E]
    double[] a; // [S]
    double[] c; // [E]
    double[] y; // [A], before the mask
  }

  private Parameters parameters;
  private double[][] w; // [H, E]
  private double[][] wc; // [E + H, A]
  private double[] bias; // [A]
  private double[] offsets = {}; // [2K + 1]
  private double[][][] states; // [B, S, E]
  private List<List<Query>> passed = List.of(); // [B][T]
  private int firstStep;
  private boolean taped;

  @Override
  public void forward(Parameters newParameters, Input input, INDArray output, boolean keepsTape) {
    parameters = newParameters;
    firstStep = input.firstStep();
    readParameters();
    double[][][] queries = DoubleArrays.timeSteps(input.queries()); // [B, T, H]
    states = joined(input.states());
    double[][][] outputs = new double[queries.length][queries[0].length][bias.length];
    passed = new ArrayList<>();
    for (int b = 0; b < queries.length; b++) {
      boolean[] visible = visible(input.stateMask(), b);
      List<Query> row = new ArrayList<>();
      for (int t = 0; t < queries[b].length; t++) {
        Query query = new Query();
        query.mask = input.queryMask() == null ? 1 : input.queryMask().getDouble(b, t);
        query.h = queries[b][t];
        query.a = new double[states[b].length];
        if (query.mask != 0) {
          attend(query, t, states[b], visible);
          outputs[b][t] = scaled(query.mask, query.y);
        }
        row.add(query);
      }
      passed.add(row);
    }
    DoubleArrays.writeTimeSteps(outputs, output);
    taped = keepsTape;
  }

  private void readParameters() {
    w = DoubleArrays.matrix(parameters.score());
    wc = DoubleArrays.matrix(parameters.output());
    bias = DoubleArrays.matrix(parameters.bias())[0];
    if (parameters.offsets() != null) {
      offsets = DoubleArrays.matrix(parameters.offsets())[0];
    }
  }

  /** Which states of a row are there; of the others not even NaN matters. */
  private boolean[] visible(INDArray mask, int b) {
    boolean[] visible = new boolean[states[b].length];
    for (int j = 0; j < visible.length; j++) {
      visible[j] = mask == null || mask.getDouble(b, j) != 0;
      if (!visible[j]) {
        Arrays.fill(states[b][j], 0);
      }
    }
    return visible;
  }

  private void attend(Query query, int t, double[][] s, boolean[] visible) {
    query.q = product(query.h, w);
    double[] e = productTransposed(query.q, s); // [S]
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < e.length; j++) {
      if (offsets.length > 0) {
        e[j] += offsets[offset(t, j)];
      }
      largest = visible[j] ? Math.max(largest, e[j]) : largest;
    }
    double total = 0;
    for (int j = 0; j < e.length; j++) {
      query.a[j] = visible[j] ? Math.exp(e[j] - largest) : 0;
      total += query.a[j];
    }
    query.a = scaled(1 / total, query.a);
    query.c = product(query.a, s);
    query.y = sum(product(concat(query.c, query.h), wc), bias);
    Arrays.setAll(query.y, i -> Math.tanh(query.y[i]));
  }

  /** Which of the offsets state j has for the query at step t. */
  private int offset(int t, int j) {
    int largest = offsets.length / 2;
    return Math.max(-largest, Math.min(largest, j - t - firstStep)) + largest;
  }

  @Override
  public void backward(
      INDArray epsilon, Parameters gradients, INDArray queries, List<INDArray> byStates) {
    if (!taped) {
      throw new IllegalStateException(
          "backward without a tape: it must follow a forward pass that kept its tape, and follow it"
              + " once");
    }
    readParameters();
    double[][][] byY = DoubleArrays.timeSteps(epsilon); // [B, T, A]
    double[][] byW = new double[w.length][w[0].length];
    double[][] byWc = new double[wc.length][wc[0].length];
    double[][] byBias = new double[1][bias.length];
    double[][] byOffsets = new double[1][offsets.length];
    double[][][] byH = new double[byY.length][byY[0].length][w.length];
    double[][][] byS = new double[states.length][states[0].length][w[0].length];
    for (int b = 0; b < byY.length; b++) {
      for (int t = 0; t < byY[b].length; t++) {
        Query query = passed.get(b).get(t);
        if (query.mask == 0) {
          continue;
        }
        double[] dz = new double[bias.length]; // [A], by [c ; h] W_c + b
        for (int i = 0; i < dz.length; i++) {
          dz[i] = query.mask * byY[b][t][i] * (1 - query.y[i] * query.y[i]);
          byBias[0][i] += dz[i];
        }
        addOuter(concat(query.c, query.h), dz, byWc);
        double[] dch = productTransposed(dz, wc); // [E + H]
        double[] dc = Arrays.copyOf(dch, query.c.length);
        double[] da = productTransposed(dc, states[b]); // [S]
        double mean = 0;
        for (int j = 0; j < da.length; j++) {
          mean += query.a[j] * da[j];
        }
        double[] de = new double[da.length]; // [S]
        for (int j = 0; j < de.length; j++) {
          de[j] = query.a[j] * (da[j] - mean);
          if (offsets.length > 0) {
            byOffsets[0][offset(t, j)] += de[j];
          }
        }
        double[] dq = product(de, states[b]); // [E]
        addOuter(query.h, dq, byW);
        addOuter(query.a, dc, byS[b]);
        addOuter(de, query.q, byS[b]);
        byH[b][t] =
            sum(Arrays.copyOfRange(dch, query.c.length, dch.length), productTransposed(dq, w));
      }
    }
    DoubleArrays.writeMatrix(byW, gradients.score());
    DoubleArrays.writeMatrix(byWc, gradients.output());
    DoubleArrays.writeMatrix(byBias, gradients.bias());
    if (gradients.offsets() != null) {
      DoubleArrays.writeMatrix(byOffsets, gradients.offsets());
    }
    DoubleArrays.writeTimeSteps(byH, queries);
    writeParts(byS, byStates);
    dropTape();
  }

  /** Parts of the states side by side, [B, S, E]. */
  private static double[][][] joined(List<INDArray> parts) {
    double[][][] all = DoubleArrays.timeSteps(parts.get(0));
    for (INDArray more : parts.subList(1, parts.size())) {
      double[][][] part = DoubleArrays.timeSteps(more);
      for (int b = 0; b < all.length; b++) {
        for (int j = 0; j < all[b].length; j++) {
          all[b][j] = concat(all[b][j], part[b][j]);
        }
      }
    }
    return all;
  }

  private static void writeParts(double[][][] all, List<INDArray> parts) {
    int from = 0;
    for (INDArray part : parts) {
      int until = from + DoubleArrays.size(part, 1);
      double[][][] columns = new double[all.length][all[0].length][];
      for (int b = 0; b < all.length; b++) {
        for (int j = 0; j < all[b].length; j++) {
          columns[b][j] = Arrays.copyOfRange(all[b][j], from, until);
        }
      }
      DoubleArrays.writeTimeSteps(columns, part);
      from = until;
    }
  }

  /** to += v^T z. */
  private static void addOuter(double[] v, double[] z, double[][] to) {
    for (int k = 0; k < v.length; k++) {
      for (int j = 0; j < z.length; j++) {
        to[k][j] += v[k] * z[j];
      }
    }
  }

  @Override
  public boolean hasTape() {
    return taped;
  }

  @Override
  public void dropTape() {
    taped = false;
  }

  @Override
  public double[][][] weights() {
    return passed.stream()
        .map(row -> row.stream().map(query -> query.a.clone()).toArray(double[][]::new))
        .toArray(double[][][]::new);
  }
}
