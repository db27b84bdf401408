package io.github.recurrentzoo.layers.kernel;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Adam as ND4J computes it, in one pass over memory and on all threads of the kernels, for floats
 * on the CPU. At iteration t from 0, with a the learning rate:
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * g = a sqrt(1 - beta2^(t+1)) / (1 - beta1^(t+1)) * m / (sqrt(v) + epsilon)
 * </pre>
 *
 * <p>The state stays where Deeplearning4j keeps it. Source: Kingma and Ba, Adam: a method for
 * stochastic optimization, 2015; epsilon is that of the form before section 2.1.
 */
public final class FusedAdam implements GradientUpdater<Adam> {

  /** More of them are left to ND4J. */
  public static final int MAX_PARAMETERS = NativeFloats.MAX_FLOATS;

  private static final int CHUNK = 512; // three arrays of it take a fifth of the first-level cache
  private static final int WORTH_A_THREAD = 64 * CHUNK;

  private final AdamUpdater plain;

  /** One that goes on with the state and options of {@code plain}. */
  public FusedAdam(AdamUpdater plain) {
    this.plain = plain;
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    AdamStep.Rates rates = rates(iteration, epoch);
    long length = gradient.length();
    FloatBuffer gs = Matrix.floats(gradient, length);
    FloatBuffer ms = Matrix.floats(plain.getM(), length);
    FloatBuffer vs = Matrix.floats(plain.getV(), length);
    int chunks = (int) ((length + CHUNK - 1) / CHUNK);
    int threads = (int) Math.min(KernelThreads.count(), Math.max(1, length / WORTH_A_THREAD));
    try {
      KernelThreads.run(
          threads,
          thread -> {
            float[] g = new float[CHUNK];
            float[] m = new float[CHUNK];
            float[] v = new float[CHUNK];
            int end = (int) ((long) chunks * (thread + 1) / threads);
            for (int chunk = (int) ((long) chunks * thread / threads); chunk < end; chunk++) {
              int at = chunk * CHUNK;
              int n = (int) Math.min(CHUNK, length - at);
              gs.get(at, g, 0, n);
              ms.get(at, m, 0, n);
              vs.get(at, v, 0, n);
              moments(g, m, v, rates.beta1(), rates.beta2(), n);
              step(g, m, v, rates.rate(), rates.epsilon(), n);
              gs.put(at, g, 0, n);
              ms.put(at, m, 0, n);
              vs.put(at, v, 0, n);
            }
          });
    } finally {
      Reference.reachabilityFence(gradient); // known by its address only
    }
  }

  static void moments(float[] g, float[] m, float[] v, float beta1, float beta2, int n) {
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = 0; i < n; i++) {
      m[i] = beta1 * m[i] + rest1 * g[i];
    }
    for (int i = 0; i < n; i++) {
      v[i] = beta2 * v[i] + rest2 * g[i] * g[i];
    }
  }

  private static void step(float[] g, float[] m, float[] v, float rate, float epsilon, int n) {
    for (int i = 0; i < n; i++) {
      g[i] = rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
    }
  }

  /**
   * The options at an iteration, counted from 0; the rate includes the corrections of both moments.
   */
  public AdamStep.Rates rates(int iteration, int epoch) {
    return rates(plain.getConfig(), iteration, epoch);
  }

  /** The same of any options. */
  public static AdamStep.Rates rates(Adam config, int iteration, int epoch) {
    double correction1 = 1 - Math.pow(config.getBeta1(), iteration + 1);
    double correction2 = 1 - Math.pow(config.getBeta2(), iteration + 1);
    return new AdamStep.Rates(
        (float) config.getBeta1(),
        (float) config.getBeta2(),
        (float) (config.getLearningRate(iteration, epoch) * Math.sqrt(correction2) / correction1),
        (float) config.getEpsilon());
  }

  /** The first moment, as Deeplearning4j keeps it. */
  public INDArray firstMoment() {
    return plain.getM();
  }

  /** The second moment. */
  public INDArray secondMoment() {
    return plain.getV();
  }

  @Override
  public Adam getConfig() {
    return plain.getConfig();
  }

  @Override
  public void setState(Map<String, INDArray> state, boolean initialize) {
    plain.setState(state, initialize);
  }

  @Override
  public Map<String, INDArray> getState() {
    return plain.getState();
  }

  @Override
  public void setStateViewArray(
      INDArray view, long[] gradientShape, char gradientOrder, boolean initialize) {
    plain.setStateViewArray(view, gradientShape, gradientOrder, initialize);
  }
}
