package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.kernel.PoolingKernel;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@code ConcatPoolingVertex} does in a network. */
// Deeplearning4j declares setInputs with dots in the interface and without them in the class.
@SuppressWarnings("overrides")
public final class ConcatPoolingRuntimeVertex extends MaskedVertex {
  private static final long serialVersionUID = 1L;

  private final boolean bidirectional;
  private int[] lengths = {}; // of the last forward pass
  private int[] largest = {}; // [B, S]: the step of the largest state

  /** As {@code ConcatPoolingVertex} makes it. */
  public ConcatPoolingRuntimeVertex(
      ComputationGraph graph,
      String name,
      int index,
      DataType dataType,
      String maskedInput,
      boolean bidirectional) {
    super(graph, "ConcatPoolingVertex", name, index, dataType, maskedInput);
    this.bidirectional = bidirectional;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray steps = inputs[0];
    lengths = lengths();
    long size = steps.size(1);
    INDArray output =
        workspaces.create(
            ArrayType.ACTIVATIONS, dataType, new long[] {steps.size(0), 3 * size}, 'c');
    if (hasKernel()) {
      largest = PoolingKernel.pool(steps, lengths, forward(size), output);
      return output;
    }
    largest = new int[Math.toIntExact(steps.size(0) * size)];
    for (int b = 0; b < lengths.length; b++) {
      for (int s = 0; s < size; s++) {
        pool(steps, b, s, output);
      }
    }
    return output;
  }

  private void pool(INDArray steps, int b, int s, INDArray output) {
    long size = steps.size(1);
    double sum = 0;
    int best = 0;
    for (int t = 0; t < lengths[b]; t++) {
      double state = steps.getDouble(b, s, t);
      sum += state;
      best = state > steps.getDouble(b, s, best) ? t : best;
    }
    largest[(int) (b * size + s)] = best;
    output.putScalar(b, s, steps.getDouble(b, s, end(b, s, size)));
    output.putScalar(b, size + s, sum / lengths[b]);
    output.putScalar(b, 2 * size + s, steps.getDouble(b, s, best));
  }

  /** How many units of S read forwards. */
  private int forward(long size) {
    return (int) (bidirectional ? size / 2 : size);
  }

  /** The step where the direction of a unit ends. */
  private int end(int b, int s, long size) {
    return s < forward(size) ? lengths[b] - 1 : 0;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray gradient = timeMajorLike(inputs[0], ArrayType.ACTIVATION_GRAD, workspaces);
    long size = gradient.size(1);
    if (hasKernel()) {
      PoolingKernel.gradient(epsilon, lengths, forward(size), largest, gradient);
      return new Pair<>(null, new INDArray[] {gradient});
    }
    for (int b = 0; b < lengths.length; b++) {
      for (int s = 0; s < size; s++) {
        for (int t = 0; t < lengths[b]; t++) {
          double slope = epsilon.getDouble(b, size + s) / lengths[b];
          slope += t == end(b, s, size) ? epsilon.getDouble(b, s) : 0;
          slope += t == largest[(int) (b * size + s)] ? epsilon.getDouble(b, 2 * size + s) : 0;
          gradient.putScalar(b, s, t, slope);
        }
      }
    }
    return new Pair<>(null, new INDArray[] {gradient});
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return new Pair<>(null, state); // a vector has no steps to mask
  }
}
