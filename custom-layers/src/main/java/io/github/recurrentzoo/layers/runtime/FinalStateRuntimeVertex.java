package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.FinalStateVertex;
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

/** What {@link FinalStateVertex} does in a network. */
// Deeplearning4j declares setInputs with dots in the interface and without them in the class.
@SuppressWarnings("overrides")
public final class FinalStateRuntimeVertex extends PlainVertex {
  private static final long serialVersionUID = 1L;

  private final int maskIndex;
  private final int backwardUnits;
  private int[] first = {}; // of each row of the last forward pass
  private int[] last = {};

  /**
   * As {@link FinalStateVertex} makes it.
   *
   * @throws IllegalArgumentException if the network has no such input
   */
  public FinalStateRuntimeVertex(
      ComputationGraph graph,
      String name,
      int index,
      DataType dataType,
      String maskedInput,
      int backwardUnits) {
    super(graph, name, index, dataType);
    this.backwardUnits = backwardUnits;
    maskIndex = graph.getConfiguration().getNetworkInputs().indexOf(maskedInput);
    if (maskIndex < 0) {
      throw new IllegalArgumentException(
          "FinalStateVertex "
              + name
              + " is to read the mask of the network input \""
              + maskedInput
              + "\", but the inputs are "
              + graph.getConfiguration().getNetworkInputs());
    }
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray steps = inputs[0];
    INDArray[] masks = graph.getInputMaskArrays();
    findEnds(masks == null ? null : masks[maskIndex], (int) steps.size(0), (int) steps.size(2));
    INDArray output =
        workspaces.create(
            ArrayType.ACTIVATIONS, dataType, new long[] {steps.size(0), steps.size(1)}, 'c');
    if (hasKernel()) {
      VertexKernel.finalState(steps, first, last, backwardUnits, output);
      return output;
    }
    long forwardUnits = steps.size(1) - backwardUnits;
    for (int b = 0; b < last.length; b++) {
      for (int s = 0; s < steps.size(1); s++) {
        output.putScalar(b, s, steps.getDouble(b, s, s < forwardUnits ? last[b] : first[b]));
      }
    }
    return output;
  }

  private void findEnds(INDArray mask, int rows, int steps) {
    first = new int[rows];
    last = new int[rows];
    if (mask == null) {
      Arrays.fill(last, steps - 1);
      return;
    }
    if (mask.rank() != 2 || mask.size(0) != rows || mask.size(1) != steps) {
      throw new DL4JInvalidInputException(
          this
              + ": mask of shape "
              + Arrays.toString(mask.shape())
              + ", but [batch, time] = ["
              + rows
              + ", "
              + steps
              + "] was expected");
    }
    double[][] values = mask.toDoubleMatrix();
    for (int b = 0; b < rows; b++) {
      int begin = 0;
      int end = steps - 1;
      while (begin < steps && values[b][begin] == 0) {
        begin++;
      }
      if (begin == steps) {
        throw new DL4JInvalidInputException(
            this + ": row " + b + " is masked throughout; each row needs one step at least");
      }
      while (values[b][end] == 0) {
        end--;
      }
      first[b] = begin;
      last[b] = end;
    }
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    long rows = inputs[0].size(0);
    long size = inputs[0].size(1);
    INDArray gradient =
        timeMajor(rows, size, inputs[0].size(2), ArrayType.ACTIVATION_GRAD, workspaces);
    if (hasKernel()) {
      VertexKernel.finalStateGradient(epsilon, first, last, backwardUnits, gradient);
    } else {
      for (int b = 0; b < last.length; b++) {
        for (int s = 0; s < size; s++) {
          int step = s < size - backwardUnits ? last[b] : first[b];
          gradient.putScalar(b, s, step, epsilon.getDouble(b, s));
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

  @Override
  public String toString() {
    return "FinalStateVertex(" + vertexName + ")";
  }
}
