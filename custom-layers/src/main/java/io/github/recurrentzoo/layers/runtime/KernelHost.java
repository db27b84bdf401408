package io.github.recurrentzoo.layers.runtime;

import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer of Deeplearning4j's that a kernel computes, as {@link KernelPasses} sees it. */
public interface KernelHost extends RecurrentLayer {

  /** The kernel's side of the layer. */
  KernelPasses passes();

  /** Applies dropout to the input, if this is training and it has not been applied yet. */
  void dropOut(boolean training, LayerWorkspaceMgr workspaces);

  /** The gradient by the input before dropout. */
  INDArray backpropDropOut(INDArray inputGradient);

  /** Where the gradients by the parameters go, by key. */
  Map<String, INDArray> gradientViews();
}
