package io.github.recurrentzoo.layers.runtime;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.LastTimeStepLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Deeplearning4j's LastTimeStep over a layer that a kernel computes: the kernel gives the last step
 * of each row by itself, and no array of zeros for all other steps goes back.
 */
public final class FusedLastTimeStepLayer extends LastTimeStepLayer {

  private static final long serialVersionUID = 1L;

  FusedLastTimeStepLayer(KernelHost underlying) {
    super(underlying);
    underlying.passes().serveLastStep();
  }

  private KernelPasses passes() {
    return ((KernelHost) underlying).passes();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return passes().activateLastStep(training, workspaces);
  }

  @Override
  public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaces) {
    setInput(input, workspaces);
    return activate(training, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    return passes().backpropLastStep(epsilon, workspaces);
  }
}
