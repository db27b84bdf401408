package io.github.recurrentzoo.layers.runtime;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.recurrentzoo.layers.kernel.Kernels;
import io.github.recurrentzoo.layers.runtime.KernelPasses.Plan;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BidirectionalLayer;
import org.deeplearning4j.nn.params.BidirectionalParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Deeplearning4j's Bidirectional over two layers that kernels compute. Where that turns sequences
 * round, and its output and gradients back, here the kernel of one layer goes back in time, and
 * both write next to each other: CONCAT copies nothing.
 */
final class FusedBidirectionalLayer extends RebuiltBidirectionalLayer {

  private static final long serialVersionUID = 1L;

  private final transient KernelHost forwards;
  private final transient KernelHost backwards; // its kernel goes back in time
  private final Bidirectional.Mode mode;
  private transient INDArray forwardOutput; // [B, H, T], these two for mode MUL
  private transient INDArray backwardOutput;

  /** Takes the place of {@code plain}, with layers upon its parameters. */
  FusedBidirectionalLayer(BidirectionalLayer plain, KernelHost forwards, KernelHost backwards) {
    super(plain, forwards, backwards);
    this.forwards = forwards;
    this.backwards = backwards;
    this.mode = ((Bidirectional) plain.conf().getLayer()).getMode();
    setMaskArray(plain.getMaskArray());
  }

  // ---- both layers see input and mask as they are

  @Override
  public void setInput(INDArray input, LayerWorkspaceMgr workspaces) {
    forwards.setInput(input, workspaces);
    backwards.setInput(input, workspaces);
  }

  @Override
  public INDArray input() {
    return forwards.input();
  }

  @Override
  public void setMaskArray(INDArray maskArray) {
    if (forwards != null) { // not yet so in the constructor of the class above
      forwards.setMaskArray(maskArray);
      backwards.setMaskArray(maskArray);
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray maskArray, MaskState currentMaskState, int minibatchSize) {
    backwards.feedForwardMaskArray(maskArray, currentMaskState, minibatchSize);
    return forwards.feedForwardMaskArray(maskArray, currentMaskState, minibatchSize);
  }

  /** Never in place: dropout of one would reach the other. */
  @Override
  public void allowInputModification(boolean allow) {
    forwards.allowInputModification(false);
    backwards.allowInputModification(false);
  }

  // ---- forward

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    if (mode == Bidirectional.Mode.CONCAT) {
      long size = plan().cell().hidden();
      INDArray both = timeMajor(2 * size, workspaces);
      run(
          both.get(all(), interval(0, size), all()),
          both.get(all(), interval(size, 2 * size), all()),
          training,
          workspaces);
      return permuted(both);
    }
    INDArray output = timeMajor(plan().cell().hidden(), workspaces);
    INDArray other = timeMajor(plan().cell().hidden(), workspaces);
    run(output, other, training, workspaces);
    return permuted(merged(output, other, workspaces));
  }

  private void run(INDArray to, INDArray back, boolean training, LayerWorkspaceMgr workspaces) {
    forwards.passes().activateInto(to, training, workspaces);
    backwards.passes().activateInto(back, training, workspaces);
  }

  private INDArray merged(INDArray output, INDArray other, LayerWorkspaceMgr workspaces) {
    if (mode != Bidirectional.Mode.MUL) {
      INDArray sum = flat(output).addi(flat(other));
      if (mode == Bidirectional.Mode.AVERAGE) {
        sum.muli(0.5);
      }
      return output;
    }
    forwardOutput = output;
    backwardOutput = other;
    INDArray product = timeMajor(plan().cell().hidden(), workspaces);
    flat(output).muli(flat(other), flat(product));
    return product;
  }

  // ---- backward

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray e = permuted(epsilon); // [B, H, T], or [B, 2H, T]
    Pair<Gradient, INDArray> ofForwards =
        forwards.passes().backprop(permuted(part(e, 0)), workspaces);
    Pair<Gradient, INDArray> ofBackwards =
        backwards.passes().backprop(permuted(part(e, 1)), workspaces);
    Gradient gradient = new DefaultGradient(getGradientsViewArray());
    put(ofForwards.getFirst(), BidirectionalParamInitializer.FORWARD_PREFIX, gradient);
    put(ofBackwards.getFirst(), BidirectionalParamInitializer.BACKWARD_PREFIX, gradient);
    INDArray input = ofForwards.getSecond();
    flat(permuted(input)).addi(flat(permuted(ofBackwards.getSecond())));
    return new Pair<>(gradient, input);
  }

  /** The gradient by the output of one of both, [B, H, T]. */
  private INDArray part(INDArray epsilon, int which) {
    long size = plan().cell().hidden();
    return switch (mode) {
      case ADD -> epsilon;
      case AVERAGE -> epsilon.mul(0.5);
      case MUL -> epsilon.mul(which == 0 ? backwardOutput : forwardOutput);
      case CONCAT -> epsilon.get(all(), interval(which * size, (which + 1) * size), all());
    };
  }

  private static void put(Gradient from, String prefix, Gradient to) {
    for (Map.Entry<String, INDArray> entry : from.gradientForVariable().entrySet()) {
      to.gradientForVariable().put(prefix + entry.getKey(), entry.getValue());
    }
  }

  @Override
  public void clear() {
    super.clear();
    forwardOutput = null;
    backwardOutput = null;
  }

  private Plan plan() {
    return forwards.passes().plan();
  }

  /** From the layer's format to [B, size, T], or back. */
  private INDArray permuted(INDArray array) {
    return plan().format() == RNNFormat.NWC ? array.permute(0, 2, 1) : array;
  }

  /** From [B, size, T] back to the order in which it lies in memory. */
  private static INDArray flat(INDArray array) {
    return array.permute(2, 0, 1);
  }

  private INDArray timeMajor(long size, LayerWorkspaceMgr workspaces) {
    INDArray x = permuted(forwards.input());
    long[] shape = {x.size(2), x.size(0), size};
    return Kernels.timeMajor(
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, plan().dataType(), shape, 'c'));
  }
}
