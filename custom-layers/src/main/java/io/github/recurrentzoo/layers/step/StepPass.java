package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.VertexKernel;
import java.util.Arrays;
import java.util.IdentityHashMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the vertices of one {@link TrainingStep} share while it is made. */
final class StepPass {

  /** Thrown before anything is changed: this minibatch is left to Deeplearning4j. */
  static final class Unserved extends Exception {
    private static final long serialVersionUID = 1L;

    Unserved(String reason) {
      super(reason, null, false, false);
    }
  }

  private final ComputationGraph graph;
  private final INDArray[] labels;
  private final IdentityHashMap<INDArray, int[]> lengths = new IdentityHashMap<>();

  StepPass(ComputationGraph graph, INDArray[] labels) {
    this.graph = graph;
    this.labels = labels;
  }

  ComputationGraph graph() {
    return graph;
  }

  int iteration() {
    return graph.getIterationCount();
  }

  int epoch() {
    return graph.getEpochCount();
  }

  LayerWorkspaceMgr workspaces() {
    return LayerWorkspaceMgr.noWorkspaces();
  }

  /** The network's mask of an input, or null. */
  INDArray inputMask(int index) {
    INDArray[] masks = graph.getInputMaskArrays();
    return masks == null ? null : masks[index];
  }

  /** The mask that several inputs share; null where one has none, or another one. */
  INDArray commonMask(int[] indices) {
    INDArray first = inputMask(indices[0]);
    boolean same = Arrays.stream(indices).allMatch(index -> inputMask(index) == first);
    return same ? first : null;
  }

  /** The labels of an output, or null. */
  INDArray labels(int index) {
    return labels == null ? null : labels[index];
  }

  /** The mask of an output's labels, or null. */
  INDArray labelMask(int index) {
    INDArray[] masks = graph.getLabelMaskArrays();
    return masks == null ? null : masks[index];
  }

  /**
   * The number of steps of each row.
   *
   * @param mask of ones and then zeros; null for none
   * @throws Unserved if the mask does not fit, is another one, or has a row without a step
   */
  int[] lengths(INDArray mask, StepShape sequence) throws Unserved {
    if (mask == null) {
      int[] full = new int[(int) sequence.rows()];
      Arrays.fill(full, (int) sequence.steps());
      return full;
    }
    requireMask(mask, sequence);
    int[] known = lengths.get(mask);
    if (known == null) {
      known = VertexKernel.lengths(mask);
      lengths.put(mask, known);
    }
    if (Arrays.stream(known).anyMatch(length -> length <= 0)) {
      throw new Unserved("a row is masked throughout, or otherwise than by padding on the right");
    }
    return known;
  }

  /** Refuses a mask that is not [B, T] in float. */
  static void requireMask(INDArray mask, StepShape sequence) throws Unserved {
    if (mask.dataType() != DataType.FLOAT
        || mask.rank() != 2
        || mask.size(0) != sequence.rows()
        || mask.size(1) != sequence.steps()) {
      throw new Unserved("a mask is " + mask.shapeInfoToString());
    }
  }
}
