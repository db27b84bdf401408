package io.github.recurrentzoo.layers.kernel;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One optimizer step of Adam on all parameters: from the gradient as a sum over the rows to the new
 * parameters, in one pass over memory and on all threads of the kernels, for floats on the CPU. For
 * each number, with R rows:
 *
 * <pre>
 * g = g / R                                                the mean
 * g = g * factor, or clipped to [-limit, limit]            clipping
 * g = g + l2 p + l1 sign(p)                                penalties
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * p = p - rate m / (sqrt(v) + epsilon)
 * </pre>
 *
 * <p>These are the passes of Deeplearning4j's updater in their order, so that the results are those
 * of {@link FusedAdam} with it. The gradient is only read.
 */
public final class AdamStep {

  private static final int CHUNK = 512; // four arrays of it take a quarter of the first-level cache
  private static final int WORTH_A_THREAD = 64 * CHUNK;

  /** What a block of parameters shares at this step: its moments' decay, rate and epsilon. */
  public record Rates(float beta1, float beta2, float rate, float epsilon) {}

  /**
   * One parameter with its gradient and moments, each without gaps and in the same order in memory.
   * What changes from step to step are its fields.
   */
  public static final class Part {
    private final INDArray[] arrays; // kept, since buffers know their addresses only
    private final int length;
    private final boolean byColumns;
    private final FloatBuffer parameter;
    private final FloatBuffer gradient;
    private final FloatBuffer m;
    private final FloatBuffer v;
    private final Matrix.Address parameterAddress;
    private final Matrix.Address gradientAddress;

    /** Takes the place of the gradient's array; null for the array. */
    private EmbeddingGradient rows;

    private Rates rates;
    private float factor = 1;
    private float limit;
    private float l1;
    private float l2;

    /**
     * One parameter.
     *
     * @param parameter as it lies in memory, [N]
     * @param gradient likewise
     * @param m the first moment, likewise
     * @param v the second moment, likewise
     * @param byColumns whether the columns of a matrix lie together, or its rows
     */
    public Part(INDArray parameter, INDArray gradient, INDArray m, INDArray v, boolean byColumns) {
      this.arrays = new INDArray[] {parameter, gradient, m, v};
      this.length = Math.toIntExact(parameter.length());
      this.byColumns = byColumns;
      this.parameter = Matrix.floats(parameter, length);
      this.gradient = Matrix.floats(gradient, length);
      this.m = Matrix.floats(m, length);
      this.v = Matrix.floats(v, length);
      this.parameterAddress = new Matrix.Address(parameter.data().addressPointer().address());
      this.gradientAddress = new Matrix.Address(gradient.data().addressPointer().address());
    }

    /** Whether the arrays are still there. */
    public boolean isOpen() {
      return Arrays.stream(arrays).noneMatch(INDArray::wasClosed);
    }

    /** The gradient is held there and not in its array. */
    public void setRows(EmbeddingGradient rows) {
      this.rows = rows;
    }

    /** What the block of the parameter shares at this step. */
    public void setRates(Rates rates) {
      this.rates = rates;
    }

    /**
     * How the gradient is clipped at this step.
     *
     * @param factor 1 for not at all
     * @param limit the largest number; 0 for any
     */
    public void setClipping(double factor, double limit) {
      this.factor = (float) factor;
      this.limit = (float) limit;
    }

    /** The penalties at this step; 0 for none. */
    public void setPenalties(double l1, double l2) {
      this.l1 = (float) l1;
      this.l2 = (float) l2;
    }

    /** The sum of the squares of the gradient. */
    public double gradientSquares() {
      return rows == null
          ? square(openblas_nolapack.cblas_snrm2(length, gradientAddress, 1))
          : rows.squares();
    }

    /** The penalties in the loss. */
    public double penalty() {
      double sum = 0;
      if (l2 != 0) {
        sum += l2 * 0.5 * square(openblas_nolapack.cblas_snrm2(length, parameterAddress, 1));
      }
      if (l1 != 0) {
        sum += l1 * openblas_nolapack.cblas_sasum(length, parameterAddress, 1);
      }
      return sum;
    }

    private static double square(double x) {
      return x * x;
    }
  }

  private final List<Part> parts;
  private final int[] firstChunks; // by part, and the number of all

  /** For all parameters that are updated. */
  public AdamStep(List<Part> parts) {
    this.parts = new ArrayList<>(parts);
    this.firstChunks = new int[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      firstChunks[i + 1] = firstChunks[i] + (parts.get(i).length + CHUNK - 1) / CHUNK;
    }
  }

  /**
   * Does the step.
   *
   * @param rows R
   */
  public void run(int rows) {
    int chunks = firstChunks[parts.size()];
    int threads =
        (int) Math.max(1, Math.min(KernelThreads.count(), (long) chunks * CHUNK / WORTH_A_THREAD));
    try {
      KernelThreads.run(
          threads,
          thread -> {
            Chunk chunk = new Chunk(rows);
            int first = (int) ((long) chunks * thread / threads);
            int end = (int) ((long) chunks * (thread + 1) / threads);
            for (int i = 0; i < parts.size(); i++) {
              int from = Math.max(first, firstChunks[i]);
              for (int c = from; c < Math.min(end, firstChunks[i + 1]); c++) {
                chunk.run(parts.get(i), (c - firstChunks[i]) * CHUNK);
              }
            }
          });
    } finally {
      Reference.reachabilityFence(parts);
    }
  }

  /** The work on some numbers that lie together, on Java's heap. */
  private static final class Chunk {
    private final float divisor;
    private final float[] p = Scratch.floats(0, CHUNK);
    private final float[] g = Scratch.floats(1, CHUNK);
    private final float[] m = Scratch.floats(2, CHUNK);
    private final float[] v = Scratch.floats(3, CHUNK);

    Chunk(int rows) {
      divisor = rows;
    }

    void run(Part part, int at) {
      int n = Math.min(CHUNK, part.length - at);
      boolean zero = readGradient(part, at, n);
      part.parameter.get(at, p, 0, n);
      part.m.get(at, m, 0, n);
      part.v.get(at, v, 0, n);
      if (!zero) {
        divide(g, divisor, n);
        clip(part, n);
      }
      if (part.l2 != 0) {
        addL2(p, g, part.l2, n);
      }
      if (part.l1 != 0) {
        addL1(p, g, part.l1, n);
      }
      Rates rates = part.rates;
      FusedAdam.moments(g, m, v, rates.beta1(), rates.beta2(), n);
      step(p, m, v, rates.rate(), rates.epsilon(), n);
      part.parameter.put(at, p, 0, n);
      part.m.put(at, m, 0, n);
      part.v.put(at, v, 0, n);
    }

    /** Returns whether all are known to be zero. */
    private boolean readGradient(Part part, int at, int n) {
      if (part.rows == null) {
        part.gradient.get(at, g, 0, n);
        return false;
      }
      Arrays.fill(g, 0, n, 0);
      return !part.rows.fill(part.byColumns, at, n, g);
    }

    private void clip(Part part, int n) {
      float factor = part.factor;
      for (int i = 0; factor != 1 && i < n; i++) {
        g[i] *= factor;
      }
      float limit = part.limit;
      for (int i = 0; limit != 0 && i < n; i++) {
        g[i] = Math.max(-limit, Math.min(limit, g[i]));
      }
    }

    private static void divide(float[] g, float divisor, int n) {
      for (int i = 0; i < n; i++) {
        g[i] /= divisor;
      }
    }

    private static void addL2(float[] p, float[] g, float l2, int n) {
      for (int i = 0; i < n; i++) {
        g[i] += l2 * p[i];
      }
    }

    private static void addL1(float[] p, float[] g, float l1, int n) {
      for (int i = 0; i < n; i++) {
        g[i] += l1 * Math.signum(p[i]);
      }
    }

    private static void step(float[] p, float[] m, float[] v, float rate, float epsilon, int n) {
      for (int i = 0; i < n; i++) {
        p[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
      }
    }
  }
}
