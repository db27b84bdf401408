package io.github.recurrentzoo.layers.kernel;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fused kernel of attention, for floats on the CPU. The batch is cut into shards, each with a
 * thread and buffers of its own; the gradients of the shards are added in their order, so that the
 * results are the same to the bit for the same number of threads.
 */
final class FusedAttention implements AttentionKernel {

  /** A shard with less to do, in floating point operations, is not worth waking a thread. */
  private static final long WORTH_A_THREAD = 1_000_000;

  private final int threads;
  private final long worthAThread;
  private final List<AttentionShard> shards = new ArrayList<>();
  private int used; // shards of the last forward pass
  private Ready tape; // the pass to go back through, whose parameters are read again; or null

  FusedAttention(int threads) {
    this(threads, WORTH_A_THREAD);
  }

  /** With the least work for which a thread is woken: for tests of small minibatches in shards. */
  FusedAttention(int threads, long worthAThread) {
    this.threads = threads;
    this.worthAThread = worthAThread;
  }

  /** Some of the numbers of each state. */
  record Part(BatchArray array, int size) {
    private static List<Part> of(List<INDArray> arrays) {
      return arrays.stream()
          .map(array -> new Part(BatchArray.of(array), Math.toIntExact(array.size(1))))
          .toList();
    }
  }

  /** The arrays of a pass, ready to be read by several threads. */
  static final class Ready {
    final int rows; // B
    final int steps; // T
    final int length; // S
    final int querySize; // H
    final int stateSize; // E
    final int outputSize; // A
    final int firstStep;
    final Parameters parameters;
    final BatchArray queries;
    final List<Part> states;
    final BatchArray queryMask; // or null
    final BatchArray stateMask; // or null
    final float[] bias;
    final float[] offsets; // [2K + 1], or empty

    private Ready(Parameters parameters, Input input) {
      this.parameters = parameters;
      rows = Math.toIntExact(input.queries().size(0));
      querySize = Math.toIntExact(input.queries().size(1));
      steps = Math.toIntExact(input.queries().size(2));
      states = Part.of(input.states());
      stateSize = states.stream().mapToInt(Part::size).sum();
      length = Math.toIntExact(input.states().get(0).size(2));
      outputSize = Math.toIntExact(parameters.output().size(1));
      firstStep = input.firstStep();
      queries = BatchArray.of(input.queries());
      queryMask = BatchArray.of(input.queryMask());
      stateMask = BatchArray.of(input.stateMask());
      bias = row(parameters.bias());
      offsets = parameters.offsets() == null ? new float[0] : row(parameters.offsets());
    }

    private static float[] row(INDArray array) {
      float[] row = new float[Math.toIntExact(array.length())];
      BatchArray.of(array).read(0, 0, 1, row);
      return row;
    }

    /** Floating point operations of a forward pass. */
    private long work() {
      long perQuery = (long) querySize * stateSize;
      perQuery += (long) (stateSize + querySize) * outputSize + 2L * length * stateSize;
      return 2L * rows * steps * perQuery;
    }
  }

  @Override
  public void forward(Parameters parameters, Input input, INDArray output, boolean keepsTape) {
    tape = null;
    Ready ready = new Ready(parameters, input);
    BatchArray to = BatchArray.of(output);
    long worthwhile = Math.max(1, ready.work() / worthAThread);
    used = (int) Math.min(Math.min(threads, ready.rows), worthwhile);
    while (shards.size() < used) {
      shards.add(new AttentionShard());
    }
    try {
      inShards(
          i -> {
            int first = firstRow(ready, i);
            shards.get(i).forward(ready, to, first, firstRow(ready, i + 1) - first);
          });
    } finally {
      Reference.reachabilityFence(parameters); // known by their addresses only
      Reference.reachabilityFence(input);
      Reference.reachabilityFence(output);
    }
    tape = keepsTape ? ready : null;
  }

  @Override
  public void backward(
      INDArray epsilon, Parameters gradients, INDArray queries, List<INDArray> states) {
    Ready ready = tape;
    if (ready == null) {
      throw new IllegalStateException(
          "There is no tape: a forward pass that keeps it must go before each backward pass");
    }
    tape = null;
    BatchArray from = BatchArray.of(epsilon);
    BatchArray toQueries = BatchArray.of(queries);
    List<Part> toStates = Part.of(states);
    try {
      inShards(i -> shards.get(i).backward(ready, from, toQueries, toStates));
      write(AttentionShard::readScoreGradient, gradients.score());
      write(AttentionShard::readOutputGradient, gradients.output());
      write(AttentionShard::readBiasGradient, gradients.bias());
      if (gradients.offsets() != null) {
        write(AttentionShard::readOffsetGradient, gradients.offsets());
      }
    } finally {
      Reference.reachabilityFence(ready.parameters);
      Reference.reachabilityFence(epsilon);
      Reference.reachabilityFence(gradients);
      Reference.reachabilityFence(queries);
      Reference.reachabilityFence(states);
    }
  }

  @FunctionalInterface
  private interface Gradient {
    void read(AttentionShard shard, float[] to);
  }

  /** Adds a gradient up over the shards, in their order. */
  private void write(Gradient part, INDArray to) {
    int rows = Math.toIntExact(to.size(0));
    float[] sum = new float[Math.toIntExact(to.length())];
    part.read(shards.get(0), sum);
    float[] more = new float[used > 1 ? sum.length : 0];
    for (AttentionShard shard : shards.subList(1, used)) {
      part.read(shard, more);
      VectorMath.add(sum, more, sum.length);
    }
    BatchArray.of(to).write(0, 0, rows, sum);
  }

  private int firstRow(Ready ready, int shard) {
    return (int) ((long) ready.rows * shard / used);
  }

  private void inShards(IntConsumer task) {
    BlasThreads.enter();
    try {
      KernelThreads.run(used, task);
    } finally {
      BlasThreads.leave();
    }
  }

  @Override
  public boolean hasTape() {
    return tape != null;
  }

  @Override
  public void dropTape() {
    tape = null;
  }

  @Override
  public double[][][] weights() {
    List<double[][]> rows = new ArrayList<>();
    for (AttentionShard shard : shards.subList(0, used)) {
      shard.addWeights(rows);
    }
    return rows.toArray(double[][][]::new);
  }
}
