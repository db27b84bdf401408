package io.github.recurrentzoo.layers.runtime;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import io.github.recurrentzoo.layers.kernel.VertexKernel;
import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@code ContextVertex} does in a network. */
// Deeplearning4j declares setInputs with dots in the interface and without them in the class.
@SuppressWarnings("overrides")
public final class ContextRuntimeVertex extends PlainVertex {
  private static final long serialVersionUID = 1L;

  /** As {@code ContextVertex} makes it. */
  public ContextRuntimeVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray sequence = inputs[0];
    INDArray context = inputs[1];
    requireShapes(sequence, context);
    long size = sequence.size(1);
    long steps = sequence.size(2);
    INDArray output =
        timeMajor(
            sequence.size(0), size + context.size(1), steps, ArrayType.ACTIVATIONS, workspaces);
    if (hasKernel()) {
      VertexKernel.append(sequence, context, output);
      return output;
    }
    output.get(all(), interval(0, size), all()).assign(sequence);
    for (long t = 0; t < steps; t++) {
      output.get(all(), interval(size, output.size(1)), point(t)).assign(context);
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    long rows = inputs[0].size(0);
    long size = inputs[0].size(1);
    long contextSize = inputs[1].size(1);
    INDArray sequence =
        timeMajor(rows, size, inputs[0].size(2), ArrayType.ACTIVATION_GRAD, workspaces);
    INDArray context =
        workspaces.create(ArrayType.ACTIVATION_GRAD, dataType, new long[] {rows, contextSize}, 'c');
    if (hasKernel()) {
      VertexKernel.appendGradient(epsilon, sequence, context);
    } else {
      sequence.assign(epsilon.get(all(), interval(0, size), all()));
      for (long t = 0; t < sequence.size(2); t++) {
        context.addi(epsilon.get(all(), interval(size, size + contextSize), point(t)));
      }
    }
    return new Pair<>(null, new INDArray[] {sequence, context});
  }

  private void requireShapes(INDArray sequence, INDArray context) {
    if (sequence.rank() != 3 || context.rank() != 2 || sequence.size(0) != context.size(0)) {
      throw new DL4JInvalidInputException(
          "ContextVertex "
              + vertexName
              + ": inputs of shapes "
              + Arrays.toString(sequence.shape())
              + " and "
              + Arrays.toString(context.shape())
              + ", but a sequence [batch, size, time] and a vector [batch, size] of as many rows"
              + " were expected");
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return masks == null || masks[0] == null ? null : new Pair<>(masks[0], state);
  }

  @Override
  public String toString() {
    return "ContextVertex(" + vertexName + ")";
  }
}
