package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.kernel.VertexKernel;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@code ReverseStepsVertex} does in a network. */
// Deeplearning4j declares setInputs with dots in the interface and without them in the class.
@SuppressWarnings("overrides")
public final class ReverseStepsRuntimeVertex extends MaskedVertex {
  private static final long serialVersionUID = 1L;

  private int[] lengths = {}; // of the last forward pass

  /** As {@code ReverseStepsVertex} makes it. */
  public ReverseStepsRuntimeVertex(
      ComputationGraph graph, String name, int index, DataType dataType, String maskedInput) {
    super(graph, "ReverseStepsVertex", name, index, dataType, maskedInput);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    lengths = lengths();
    INDArray output = timeMajorLike(inputs[0], ArrayType.ACTIVATIONS, workspaces);
    reverse(inputs[0], output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray gradient = timeMajorLike(inputs[0], ArrayType.ACTIVATION_GRAD, workspaces);
    reverse(epsilon, gradient);
    return new Pair<>(null, new INDArray[] {gradient});
  }

  private void reverse(INDArray from, INDArray to) {
    if (hasKernel()) {
      VertexKernel.reverse(from, lengths, to);
      return;
    }
    for (int b = 0; b < lengths.length; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        for (int s = 0; s < to.size(1); s++) {
          to.putScalar(b, s, lengths[b] - 1 - t, from.getDouble(b, s, t));
        }
      }
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return masks == null || masks[0] == null ? null : new Pair<>(masks[0], state);
  }
}
