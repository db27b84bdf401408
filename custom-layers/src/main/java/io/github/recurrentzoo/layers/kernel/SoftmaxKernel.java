package io.github.recurrentzoo.layers.kernel;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A softmax over V classes at each time step, with its cross-entropy, for floats on the CPU:
 *
 * <pre>
 * p_t     = softmax(x_t W + b)
 * loss    = - sum over b, t, v of mask[b, t] y[b, v, t] log(p[b, v, t])
 * delta_t = mask_t (p_t - y_t)
 * </pre>
 *
 * <p>{@code p - y} is the gradient by {@code x W + b} where the labels of a step add up to 1; it is
 * taken whatever they add up to, as Deeplearning4j does. The time steps are shared out among the
 * threads, each with buffers of its own, and the gradients are added in the order of the threads:
 * the same numbers to the bit for the same number of threads. No array of size [B, V, T] is made
 * but the one that is asked for.
 */
public final class SoftmaxKernel {

  /** A thread with less to do, in floating point operations, is not worth waking. */
  private static final long WORTH_A_THREAD = 1_000_000;

  private final float smallest;
  private final int threads;
  private final long worthAThread;
  private final List<SoftmaxShard> shards = new ArrayList<>();
  private final List<ManyClassesShard> shardsOfManyClasses = new ArrayList<>();
  private boolean ofManyClasses; // the last loss
  private int firstBest = -1; // the first class that may be the best; -1 where none is kept
  private int[] best = {}; // [T, B]
  private int bestRows; // B

  /**
   * For one layer.
   *
   * @param smallest probabilities enter the loss as if in [smallest, 1 - smallest]
   */
  public SoftmaxKernel(double smallest) {
    this(smallest, KernelThreads.count(), WORTH_A_THREAD);
  }

  /** With the least work for which a thread is woken: for tests of small minibatches in shards. */
  SoftmaxKernel(double smallest, int threads, long worthAThread) {
    this.smallest = (float) smallest;
    this.threads = threads;
    this.worthAThread = worthAThread;
  }

  /**
   * What the layer reads.
   *
   * @param x [B, H, T]
   * @param weights W, [H, V]
   * @param bias b, [1, V] or [V]
   * @param mask [B, T], or null
   */
  public record Input(INDArray x, INDArray weights, INDArray bias, INDArray mask) {}

  /**
   * What the backward pass writes.
   *
   * @param x the gradient by x, [B, H, T]
   * @param weights the gradient by W, [H, V]
   * @param bias the gradient by b, [1, V] or [V]
   */
  public record Gradients(INDArray x, INDArray weights, INDArray bias) {}

  /**
   * The probabilities, times the mask if there is one.
   *
   * @param output written, [B, V, T]
   */
  public void activate(Input input, INDArray output) {
    Ready arrays = new Ready(input);
    BatchArray to = BatchArray.of(output);
    try {
      inShards(arrays, (shard, from, until) -> shards.get(shard).activate(arrays, to, from, until));
    } finally {
      Reference.reachabilityFence(input); // its arrays are known by their addresses only
      Reference.reachabilityFence(output);
    }
  }

  /**
   * The loss, and its gradients if they are asked for.
   *
   * @param labels y, [B, V, T]; or, of more than one class, the id of each step's class, [B, 1, T]
   * @param gradients written; null if they are not wanted
   * @return the loss, a sum over rows and time steps
   */
  public double loss(Input input, INDArray labels, Gradients gradients) {
    Ready arrays = new Ready(input);
    BatchArray y = BatchArray.of(labels);
    boolean ids = labels.size(1) == 1 && arrays.classes > 1;
    BatchArray inputGradient = gradients == null ? null : BatchArray.of(gradients.x());
    if (firstBest >= 0) {
      bestRows = arrays.rows;
      best = new int[Math.multiplyExact(arrays.rows, arrays.steps)];
    }
    Target target = new Target(y, ids, smallest, firstBest, firstBest < 0 ? null : best);
    ofManyClasses = ManyClassesShard.serves(arrays, ids);
    List<? extends LossShard> of = ofManyClasses ? shardsOfManyClasses : shards;
    int used;
    try {
      used =
          inShards(
              arrays,
              (shard, from, until) ->
                  of.get(shard).loss(arrays, target, inputGradient, from, until));
      if (gradients != null) {
        addWeightGradients(of.subList(0, used), gradients);
      }
    } finally {
      Reference.reachabilityFence(input);
      Reference.reachabilityFence(labels);
      Reference.reachabilityFence(gradients);
    }
    double loss = 0;
    for (LossShard shard : of.subList(0, used)) {
      loss += shard.loss();
    }
    return loss;
  }

  /** Whether the last loss was that of many classes, by {@link ManyClassesShard}; for tests. */
  boolean wasOfManyClasses() {
    return ofManyClasses;
  }

  /**
   * From now on, {@link #loss} keeps the most probable class of each step.
   *
   * @param first the first class that may be it
   */
  public void keepBest(int first) {
    firstBest = first;
  }

  /**
   * The most probable class of a step in the last {@link #loss}, the first one if several are.
   *
   * @throws IllegalStateException without {@link #keepBest}
   */
  public int best(int row, int step) {
    if (firstBest < 0) {
      throw new IllegalStateException("The most probable classes are not kept");
    }
    return best[step * bestRows + row];
  }

  /**
   * Whether all labels are ids of classes.
   *
   * @param ids [B, 1, T]
   * @param classes V
   */
  public static boolean areClasses(INDArray ids, long classes) {
    BatchArray array = BatchArray.of(ids);
    float[] column = new float[Math.toIntExact(ids.size(0))];
    for (int t = 0; t < ids.size(2); t++) {
      array.read(t, 0, column.length, column);
      for (float id : column) {
        if (!(id >= 0 && id < classes && id == (int) id)) {
          return false;
        }
      }
    }
    return true;
  }

  private static void addWeightGradients(List<? extends LossShard> of, Gradients gradients) {
    INDArray weights = gradients.weights();
    int rows = Math.toIntExact(weights.size(0));
    int columns = Math.toIntExact(weights.size(1));
    int rowStride = Math.toIntExact(weights.stride(0));
    int columnStride = Math.toIntExact(weights.stride(1));
    FloatBuffer memory =
        Matrix.floats(weights, 1L + (rows - 1L) * rowStride + (columns - 1L) * columnStride);
    float[] bias = new float[columns];
    float[] sum = new float[rows];
    float[] part = new float[rows];
    for (int v = 0; v < columns; v++) {
      Arrays.fill(sum, 0);
      for (LossShard shard : of) {
        shard.readWeightGradient(v, part);
        VectorMath.add(sum, part, rows);
        bias[v] += shard.biasGradient(v);
      }
      for (int h = 0; h < rows; h++) {
        memory.put(h * rowStride + v * columnStride, sum[h]);
      }
    }
    BatchArray.ofRow(gradients.bias()).write(0, 0, 1, bias);
  }

  /**
   * What is to be predicted.
   *
   * @param labels [B, V, T], or [B, 1, T] of ids
   * @param ids whether they are ids
   * @param smallest probabilities enter the loss as if in [smallest, 1 - smallest]
   * @param firstBest the first class that may be the most probable one
   * @param best written: the most probable classes, [T, B]; null if they are not wanted
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Target(BatchArray labels, boolean ids, float smallest, int firstBest, int[] best) {}

  @FunctionalInterface
  private interface StepTask {
    void run(int shard, int firstStep, int endStep);
  }

  /** Returns how many shards there were. */
  private int inShards(Ready arrays, StepTask task) {
    long work = 2L * arrays.rows * arrays.steps * arrays.inputs * arrays.classes;
    long worthwhile = Math.max(1, work / worthAThread);
    int used = (int) Math.min(Math.min(threads, arrays.steps), worthwhile);
    while (shards.size() < used) {
      shards.add(new SoftmaxShard());
      shardsOfManyClasses.add(new ManyClassesShard());
    }
    int steps = arrays.steps;
    IntConsumer part =
        i -> task.run(i, (int) ((long) steps * i / used), (int) ((long) steps * (i + 1) / used));
    BlasThreads.enter();
    try {
      KernelThreads.run(used, part);
    } finally {
      BlasThreads.leave();
    }
    return used;
  }

  /** The arrays of {@link Input}, ready to be read by several threads. */
  static final class Ready {
    final int rows;
    final int steps;
    final int inputs;
    final int classes;
    final BatchArray x;
    final INDArray weights;
    final float[] bias;
    private final float[] mask; // [B, T], or null

    private Ready(Input input) {
      rows = Math.toIntExact(input.x().size(0));
      steps = Math.toIntExact(input.x().size(2));
      inputs = Math.toIntExact(input.x().size(1));
      weights = input.weights();
      classes = Math.toIntExact(weights.size(1));
      x = BatchArray.of(input.x());
      bias = new float[classes];
      BatchArray.ofRow(input.bias()).read(0, 0, 1, bias);
      if (input.mask() == null) {
        mask = null;
      } else {
        mask = new float[Math.multiplyExact(rows, steps)];
        BatchArray.of(input.mask()).read(0, 0, rows, mask);
      }
    }

    /** Reads x of a step, [B, H]; zeros where it is masked, whatever stands there, even NaN. */
    void readInput(int step, float[] to) {
      x.read(step, 0, rows, to);
      for (int row = 0; hasMask() && row < rows; row++) {
        if (mask(row, step) == 0) {
          Arrays.fill(to, row * inputs, (row + 1) * inputs, 0);
        }
      }
    }

    boolean hasMask() {
      return mask != null;
    }

    /** The mask of a row at a step; 1 where there is no mask. */
    float mask(int row, int step) {
      return mask == null ? 1 : mask[row * steps + step];
    }
  }
}
