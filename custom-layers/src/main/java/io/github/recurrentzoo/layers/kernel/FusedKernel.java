package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.CellParameter;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The fused kernel, for floats on the CPU: the time loop in Java over products in OpenBLAS. The
 * batch is cut into shards, each with a thread and buffers of its own, so that threads meet once a
 * pass and not once a step; the gradients of the shards are added in their order. So the results
 * are the same to the bit for the same number of threads, and for another one differ by rounding.
 */
final class FusedKernel implements RecurrentKernel {

  /** A shard with less to do, in floating point operations, is not worth waking a thread. */
  private static final long WORTH_A_THREAD = 1_000_000;

  /** With fewer rows in all steps, to turn the weights would take longer than it saves. */
  private static final int WORTH_TURNING = 512;

  private final Spec spec;
  private final NativeFloats turned = new NativeFloats(); // weights, until the next forward pass
  private final int threads;
  private final long worthAThread;
  private final List<Shard> shards = new ArrayList<>();
  private final List<Map<String, INDArray>> partialGradients = new ArrayList<>();
  private Weights weights; // of the last forward pass
  private TableInput table; // made when one is read for the first time
  private int used; // shards of the last forward pass
  private Forward tape; // the pass to go back through, whose parameters are read again; or null

  /**
   * For the cell of {@code spec}.
   *
   * @param threads at the most, for large minibatches
   */
  FusedKernel(Spec spec, int threads) {
    this(spec, threads, WORTH_A_THREAD);
  }

  /** With the least work for which a thread is woken: for tests of small minibatches in shards. */
  FusedKernel(Spec spec, int threads, long worthAThread) {
    this.spec = spec;
    this.threads = threads;
    this.worthAThread = worthAThread;
  }

  @Override
  public Spec spec() {
    return spec;
  }

  @Override
  public boolean readsTables() {
    return spec.cell().readsTables();
  }

  @Override
  public void forward(Forward pass) {
    if (pass.places() != null && !readsTables()) {
      throw new IllegalArgumentException("This cell's kernel reads no tables");
    }
    tape = null;
    Batch batch = Batch.of(pass);
    weights = Weights.parameters(spec.cell(), pass.params());
    Cell cell = spec.cell();
    used = shardsFor(batch);
    if (Blas.isSmall(cell.inputs(), cell.hidden())
        && (long) batch.rows() * batch.steps() >= WORTH_TURNING) {
      weights.turn(turned, batch.rows() > used);
    }
    while (shards.size() < used) {
      shards.add(spec.cell().shard(spec));
    }
    TableInput read = pass.places() == null ? null : table();
    try {
      if (read != null) {
        withBlas(() -> read.forward(batch, weights, used));
      }
      inShards(
          i -> {
            int first = firstRow(batch, i);
            shards.get(i).setTable(read, i);
            shards.get(i).forward(batch, weights, first, firstRow(batch, i + 1) - first);
          });
    } finally {
      Reference.reachabilityFence(pass); // its arrays are known by their addresses only
    }
    tape = pass.keepsTape() ? pass : null;
  }

  @Override
  public void backward(Backward pass) {
    Forward forward = tape;
    if (forward == null) {
      throw new IllegalStateException(
          "There is no tape: a forward pass that keeps it must go before each backward pass");
    }
    tape = null;
    Batch.Errors errors = Batch.Errors.of(pass);
    List<Map<String, INDArray>> arrays = new ArrayList<>();
    List<Weights> gradients = new ArrayList<>();
    for (int i = 0; i < used; i++) {
      arrays.add(i == 0 ? pass.params() : partial(i - 1, pass.params()));
      gradients.add(Weights.gradients(spec.cell(), arrays.get(i)));
    }
    boolean readTable = forward.places() != null;
    try {
      if (readTable) {
        table.beginBackward(used);
      }
      inShards(i -> shards.get(i).backward(errors, gradients.get(i)));
      if (readTable) {
        withBlas(() -> table.backward(used, weights, gradients.get(0), errors.input(), used));
      }
    } finally {
      Reference.reachabilityFence(pass);
      Reference.reachabilityFence(forward);
    }
    for (int i = 0; i < used; i++) {
      gradients.get(i).writeBiases(arrays.get(i));
    }
    for (int i = 1; i < used; i++) {
      arrays
          .get(i)
          .forEach(
              (key, part) -> {
                if (!(readTable && key.equals(CellParameter.WEIGHT))) {
                  add(part, pass.params().get(key));
                }
              });
    }
  }

  private TableInput table() {
    if (table == null) {
      table = new TableInput(spec.cell());
    }
    return table;
  }

  @Override
  public boolean hasTape() {
    return tape != null;
  }

  @Override
  public void dropTape() {
    tape = null;
  }

  private int shardsFor(Batch batch) {
    Cell cell = spec.cell();
    long work = 2L * batch.rows() * batch.steps() * cell.gates() * cell.hidden();
    work *= cell.inputs() + cell.hidden();
    long worthwhile = Math.max(1, work / worthAThread);
    return (int) Math.min(Math.min(threads, batch.rows()), worthwhile);
  }

  private int firstRow(Batch batch, int shard) {
    return (int) ((long) batch.rows() * shard / used);
  }

  private void inShards(IntConsumer task) {
    withBlas(() -> KernelThreads.run(used, task));
  }

  private static void withBlas(Runnable task) {
    BlasThreads.enter();
    try {
      task.run();
    } finally {
      BlasThreads.leave();
    }
  }

  /** Arrays for the gradients of another shard than the first, like the ones that are wanted. */
  @SuppressWarnings("try") // a scope is opened and closed, and has no use of its own
  private Map<String, INDArray> partial(int index, Map<String, INDArray> wanted) {
    if (partialGradients.size() <= index) {
      Map<String, INDArray> arrays = new LinkedHashMap<>();
      try (MemoryWorkspace scope = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
        wanted.forEach(
            (key, array) ->
                arrays.put(
                    key,
                    Nd4j.createUninitialized(DataType.FLOAT, array.shape(), array.ordering())));
      }
      partialGradients.add(arrays);
    }
    return partialGradients.get(index);
  }

  /** Adds an array without gaps to one of as many rows and columns. */
  private static void add(INDArray part, INDArray sum) {
    if (!Arrays.equals(part.stride(), sum.stride())) {
      // The sum has gaps, or another order or rank than when the part was made.
      sum.addi(part.reshape(sum.shape()));
      return;
    }
    openblas_nolapack.cblas_saxpy(
        Math.toIntExact(part.length()),
        1,
        new Matrix.Address(part.data().addressPointer().address()),
        1,
        new Matrix.Address(sum.data().addressPointer().address()),
        1);
  }
}
