package io.github.recurrentzoo.layers.runtime;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.recurrentzoo.layers.CellParameter;
import io.github.recurrentzoo.layers.kernel.Kernels;
import io.github.recurrentzoo.layers.kernel.RecurrentKernel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;

/**
 * Two kernels, one for each direction of time, whose outputs stand side by side: [B, 2H, T] or [B,
 * 2H]. The keys of their parameters have the prefixes of {@link CellParameter}. Both begin with the
 * same state, and no final state is given.
 */
final class BothDirections implements RecurrentKernel {

  private final RecurrentKernel forward;
  private final RecurrentKernel backward;
  private INDArray otherGradient;

  BothDirections(RecurrentKernel forward, RecurrentKernel backward) {
    this.forward = forward;
    this.backward = backward;
  }

  /** The kernel of one half: 0 for forward, 1 for backward. */
  RecurrentKernel half(int which) {
    return which == 0 ? forward : backward;
  }

  /** That of the forward half. */
  @Override
  public Spec spec() {
    return forward.spec();
  }

  @Override
  public boolean readsTables() {
    return forward.readsTables() && backward.readsTables();
  }

  @Override
  public void forward(Forward pass) {
    if (pass.last() != null) {
      throw new IllegalArgumentException("Two directions have no final state");
    }
    forward.forward(half(pass, CellParameter.FORWARD_PREFIX, 0));
    backward.forward(half(pass, CellParameter.BACKWARD_PREFIX, 1));
  }

  private Forward half(Forward pass, String prefix, int which) {
    return new Forward(
        withPrefix(pass.params(), prefix),
        pass.x(),
        pass.places(),
        pass.mask(),
        pass.initial(),
        half(pass.output(), which),
        null,
        pass.keepsTape());
  }

  @Override
  public void backward(Backward pass) {
    INDArray input = pass.input();
    INDArray other = input == null ? null : likeInput(input);
    forward.backward(half(pass, CellParameter.FORWARD_PREFIX, 0, input));
    backward.backward(half(pass, CellParameter.BACKWARD_PREFIX, 1, other));
    if (input == null) {
      return;
    }
    if (input.rank() == 2) {
      input.addi(other);
    } else {
      timeMajor(input).addi(timeMajor(other));
    }
  }

  /**
   * An array like the gradient by the input, in time-major memory that is kept for the next step.
   */
  private INDArray likeInput(INDArray input) {
    boolean table = input.rank() == 2;
    long[] shape = table ? input.shape() : new long[] {input.size(2), input.size(0), input.size(1)};
    long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (otherGradient == null || otherGradient.length() < length) {
      otherGradient = Workspaces.outside(() -> Nd4j.createUninitialized(input.dataType(), length));
    }
    INDArray other = otherGradient.get(interval(0, length)).reshape('c', shape);
    return table ? other : Kernels.timeMajor(other);
  }

  private Backward half(Backward pass, String prefix, int which, INDArray input) {
    if (pass.initial() != null) {
      throw new IllegalArgumentException("Two directions give no gradient by the initial state");
    }
    return new Backward(
        half(pass.epsilon(), which), withPrefix(pass.params(), prefix), input, null);
  }

  /** [B, H, T] of [B, 2H, T], or [B, H] of [B, 2H]; a view. */
  private INDArray half(INDArray array, int which) {
    long size = spec().cell().hidden();
    INDArrayIndex units = interval(which * size, (which + 1) * size);
    return array.rank() == 3 ? array.get(all(), units, all()) : array.get(all(), units);
  }

  /** From [B, size, T] back to [T, B, size], where neighbours in memory are neighbours. */
  private static INDArray timeMajor(INDArray array) {
    return array.permute(2, 0, 1);
  }

  private static Map<String, INDArray> withPrefix(Map<String, INDArray> params, String prefix) {
    Map<String, INDArray> without = new HashMap<>();
    params.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            without.put(key.substring(prefix.length()), value);
          }
        });
    return without;
  }

  @Override
  public boolean hasTape() {
    return forward.hasTape() && backward.hasTape();
  }

  @Override
  public void dropTape() {
    forward.dropTape();
    backward.dropTape();
  }
}
