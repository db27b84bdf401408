package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.KernelMode;
import io.github.recurrentzoo.layers.kernel.Kernels;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A vertex without layer or parameters. */
// Deeplearning4j declares setInputs with dots in the interface and without them in the class.
@SuppressWarnings("overrides")
abstract class PlainVertex extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  PlainVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, null, null, dataType);
  }

  @Override
  public final boolean hasLayer() {
    return false;
  }

  @Override
  public final Layer getLayer() {
    return null;
  }

  @Override
  public final void setBackpropGradientsViewArray(INDArray view) {
    if (view != null) {
      throw new IllegalArgumentException(this + " has no parameters, so no gradients by them");
    }
  }

  /** Whether {@link io.github.recurrentzoo.layers.kernel.VertexKernel} serves. */
  final boolean hasKernel() {
    return Kernels.serveOthers(dataType, KernelMode.AUTO);
  }

  /** Zeros [B, size, T], a view of time-major memory. */
  final INDArray timeMajor(
      long rows, long size, long steps, ArrayType type, LayerWorkspaceMgr workspaces) {
    return Kernels.timeMajor(
        workspaces.create(type, dataType, new long[] {steps, rows, size}, 'c'));
  }

  /** Zeros of the same shape [B, size, T], a view of time-major memory. */
  final INDArray timeMajorLike(INDArray array, ArrayType type, LayerWorkspaceMgr workspaces) {
    return timeMajor(array.size(0), array.size(1), array.size(2), type, workspaces);
  }
}
