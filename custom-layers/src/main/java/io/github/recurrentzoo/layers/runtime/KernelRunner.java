package io.github.recurrentzoo.layers.runtime;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.Kernels;
import io.github.recurrentzoo.layers.kernel.RecurrentKernel;
import io.github.recurrentzoo.layers.kernel.RecurrentKernel.State;
import java.util.Map;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs the kernel of one layer: finds room for what it writes, and keeps each forward pass of
 * training for the backward pass, which then needs no second one. Arrays come and go in the layer's
 * format; those that go are views of time-major memory.
 */
public final class KernelRunner {

  /**
   * What a forward pass reads. Arrays are told by identity.
   *
   * @param input [B, D, T], or [B, T, D] for NWC; dropout has been applied
   * @param mask [B, T], or null
   * @param initial null for zeros
   */
  record Pass(INDArray input, INDArray mask, State initial) {}

  private final RecurrentKernel kernel;

  private final DataType dataType;
  private final RNNFormat format;
  private final long outputs;
  private Pass lastPass;
  private int forwardPasses;
  private int backwardPasses;

  /**
   * For one layer.
   *
   * @param kernel what computes
   * @param dataType of the layer
   * @param format of its input, and of its output where that has a time axis
   * @param outputs the size of its output
   */
  KernelRunner(RecurrentKernel kernel, DataType dataType, RNNFormat format, long outputs) {
    this.kernel = kernel;
    this.dataType = dataType;
    this.format = format;
    this.outputs = outputs;
  }

  /** What computes. */
  public RecurrentKernel kernel() {
    return kernel;
  }

  /** How often the kernel has run forward; for tests. */
  int forwardPasses() {
    return forwardPasses;
  }

  /** How often the kernel has run backward; for tests. */
  int backwardPasses() {
    return backwardPasses;
  }

  /**
   * A forward pass.
   *
   * @param last written: the final state; null if not wanted
   * @param training whether a backward pass may follow
   */
  INDArray forward(
      Map<String, INDArray> params,
      Pass pass,
      State last,
      boolean training,
      LayerWorkspaceMgr workspaces) {
    INDArray output = output(permuted(pass.input()), ArrayType.ACTIVATIONS, workspaces);
    forwardInto(output, params, pass, last, training, workspaces);
    return returnsSequences() ? permuted(output) : output;
  }

  /** As {@link #forward}, with an array of the caller's for the output: [B, H, T] or [B, H]. */
  void forwardInto(
      INDArray output,
      Map<String, INDArray> params,
      Pass pass,
      State last,
      boolean training,
      LayerWorkspaceMgr workspaces) {
    // What a tape may refer to has to live as long as the input.
    ArrayType type = training ? ArrayType.INPUT : ArrayType.FF_WORKING_MEM;
    run(params, ready(pass, type, workspaces), output, last, training);
    lastPass = pass;
  }

  /**
   * The backward pass of the last forward pass, if that read these arrays. If it read others, of a
   * pass over these from a state of zeros.
   *
   * @param epsilon the gradient by the output
   * @param gradients written: the gradient by each parameter
   * @return the gradient by the input
   */
  INDArray backward(
      Map<String, INDArray> params,
      INDArray input,
      INDArray mask,
      INDArray epsilon,
      Map<String, INDArray> gradients,
      LayerWorkspaceMgr workspaces) {
    if (!isLast(input, mask) || !kernel.hasTape()) {
      Pass pass = passOver(input, mask);
      Pass ready = ready(pass, ArrayType.BP_WORKING_MEM, workspaces);
      INDArray unused = output(ready.input(), ArrayType.BP_WORKING_MEM, workspaces);
      run(params, ready, unused, null, true);
      lastPass = pass;
    }
    INDArray inputGradient = inputGradient(permuted(input), workspaces);
    runBack(ready(epsilon), gradients, inputGradient);
    return permuted(inputGradient);
  }

  /**
   * As {@link #backward}, but of the last {@code backLength} steps only: the state before them is
   * held constant, and the gradient by the input before them is zero.
   */
  INDArray backwardOverEnd(
      int backLength,
      Map<String, INDArray> params,
      INDArray input,
      INDArray mask,
      INDArray epsilon,
      Map<String, INDArray> gradients,
      LayerWorkspaceMgr workspaces) {
    Pass whole = ready(passOver(input, mask), ArrayType.BP_WORKING_MEM, workspaces);
    long steps = whole.input().size(2);
    long start = steps - backLength;
    Pass head = part(whole, 0, start, whole.initial());
    State between = newState(input.size(0));
    run(params, head, output(head.input(), ArrayType.BP_WORKING_MEM, workspaces), between, false);
    Pass tail = part(whole, start, steps, between);
    run(params, tail, output(tail.input(), ArrayType.BP_WORKING_MEM, workspaces), null, true);
    lastPass = null;

    INDArray inputGradient = inputGradient(whole.input(), workspaces);
    inputGradient.get(all(), all(), interval(0, start)).assign(0);
    INDArray tailGradient = inputGradient.get(all(), all(), interval(start, steps));
    INDArray tailEpsilon = ready(epsilon);
    if (returnsSequences()) {
      tailEpsilon = tailEpsilon.get(all(), all(), interval(start, steps));
    }
    runBack(tailEpsilon, gradients, tailGradient);
    return permuted(inputGradient);
  }

  /** Lets go of the last forward pass. */
  public void clear() {
    lastPass = null;
    kernel.dropTape();
  }

  /** Room for a state that outlives all workspaces. */
  State newState(long rows) {
    Cell cell = kernel.spec().cell();
    return Workspaces.outside(
        () -> {
          INDArray hidden = Nd4j.create(dataType, rows, cell.hidden());
          return new State(
              hidden, cell.hasMemory() ? Nd4j.create(dataType, rows, cell.hidden()) : null);
        });
  }

  private boolean returnsSequences() {
    return kernel.spec().returnSequences();
  }

  private boolean isLast(INDArray input, INDArray mask) {
    return lastPass != null && lastPass.input() == input && lastPass.mask() == mask;
  }

  private Pass passOver(INDArray input, INDArray mask) {
    return isLast(input, mask) ? lastPass : new Pass(input, mask, null);
  }

  /** The pass as the kernel wants it: [B, D, T], and all of one data type. */
  private Pass ready(Pass pass, ArrayType type, LayerWorkspaceMgr workspaces) {
    INDArray x = permuted(cast(pass.input(), type, workspaces));
    INDArray mask = pass.mask() == null ? null : cast(pass.mask(), type, workspaces);
    return new Pass(x, mask, pass.initial());
  }

  private INDArray cast(INDArray array, ArrayType type, LayerWorkspaceMgr workspaces) {
    // The workspace manager would copy an array that is of this type but in another workspace.
    return array.dataType() == dataType ? array : workspaces.castTo(type, dataType, array, false);
  }

  private INDArray ready(INDArray epsilon) {
    INDArray e = epsilon.castTo(dataType);
    if (!returnsSequences()) {
      return e;
    }
    return e.rank() == 2 ? e.reshape(e.size(0), e.size(1), 1) : permuted(e);
  }

  /** A forward pass into arrays of the caller's; of a training step on kernels. */
  public void step(RecurrentKernel.Forward pass) {
    forwardPasses++;
    lastPass = null;
    kernel.forward(pass);
  }

  /** The backward pass of {@link #step}. */
  public void stepBack(RecurrentKernel.Backward pass) {
    backwardPasses++;
    kernel.backward(pass);
  }

  private void run(
      Map<String, INDArray> params, Pass pass, INDArray output, State last, boolean keepsTape) {
    forwardPasses++;
    kernel.forward(
        new RecurrentKernel.Forward(
            params, pass.input(), pass.mask(), pass.initial(), output, last, keepsTape));
  }

  private void runBack(INDArray epsilon, Map<String, INDArray> gradients, INDArray inputGradient) {
    backwardPasses++;
    kernel.backward(new RecurrentKernel.Backward(epsilon, gradients, inputGradient, null));
  }

  /** Steps [from, to) of a pass that is ready. */
  private static Pass part(Pass pass, long from, long to, State initial) {
    INDArray mask = pass.mask();
    return new Pass(
        pass.input().get(all(), all(), interval(from, to)),
        mask == null ? null : mask.get(all(), interval(from, to)),
        initial);
  }

  /** From the layer's format to [B, size, T], or back. */
  private INDArray permuted(INDArray array) {
    return format == RNNFormat.NWC ? array.permute(0, 2, 1) : array;
  }

  private INDArray output(INDArray x, ArrayType type, LayerWorkspaceMgr workspaces) {
    if (returnsSequences()) {
      return timeMajor(x.size(0), outputs, x.size(2), type, workspaces);
    }
    return workspaces.createUninitialized(type, dataType, new long[] {x.size(0), outputs}, 'c');
  }

  private INDArray inputGradient(INDArray x, LayerWorkspaceMgr workspaces) {
    return timeMajor(x.size(0), x.size(1), x.size(2), ArrayType.ACTIVATION_GRAD, workspaces);
  }

  private INDArray timeMajor(
      long rows, long size, long steps, ArrayType type, LayerWorkspaceMgr workspaces) {
    if (steps == 1) { // one array instead of an array and a view: half the time of a step
      return workspaces.createUninitialized(type, dataType, new long[] {rows, size, 1}, 'c');
    }
    long[] shape = {steps, rows, size};
    return Kernels.timeMajor(workspaces.createUninitialized(type, dataType, shape, 'c'));
  }
}
