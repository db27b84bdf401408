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

/** What {@code FinalStateVertex} does in a network. */
// Deeplearning4j declares setInputs with dots in the interface and without them in the class.
@SuppressWarnings("overrides")
public final class FinalStateRuntimeVertex extends MaskedVertex {
  private static final long serialVersionUID = 1L;

  private int[] lengths = {}; // of the last forward pass

  /** As {@code FinalStateVertex} makes it. */
  public FinalStateRuntimeVertex(
      ComputationGraph graph, String name, int index, DataType dataType, String maskedInput) {
    super(graph, "FinalStateVertex", name, index, dataType, maskedInput);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray steps = inputs[0];
    lengths = lengths();
    long[] shape = {steps.size(0), steps.size(1)};
    INDArray output = workspaces.create(ArrayType.ACTIVATIONS, dataType, shape, 'c');
    if (hasKernel()) {
      VertexKernel.last(steps, lengths, output);
      return output;
    }
    for (int b = 0; b < lengths.length; b++) {
      for (int s = 0; s < steps.size(1); s++) {
        output.putScalar(b, s, steps.getDouble(b, s, lengths[b] - 1));
      }
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray gradient = timeMajorLike(inputs[0], ArrayType.ACTIVATION_GRAD, workspaces);
    if (hasKernel()) {
      VertexKernel.lastGradient(epsilon, lengths, gradient);
    } else {
      for (int b = 0; b < lengths.length; b++) {
        for (int s = 0; s < gradient.size(1); s++) {
          gradient.putScalar(b, s, lengths[b] - 1, epsilon.getDouble(b, s));
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
