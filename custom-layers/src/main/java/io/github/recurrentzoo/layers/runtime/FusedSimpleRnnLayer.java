package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.kernel.Kernels.Choice;
import io.github.recurrentzoo.layers.runtime.KernelPasses.Plan;
import java.util.Map;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Deeplearning4j's SimpleRnn with its configuration, parameters and states, computed by a kernel.
 */
final class FusedSimpleRnnLayer extends SimpleRnn implements KernelHost {

  private static final long serialVersionUID = 1L;

  private final transient KernelPasses passes;

  /** Takes the place of {@code plain}. */
  FusedSimpleRnnLayer(SimpleRnn plain, Plan plan, Choice choice) {
    super(plain.conf(), plain.getDataType());
    NetworkLayers.takeOver(plain, this);
    passes = new KernelPasses(this, plan, choice, "SimpleRnn " + layerId());
    KernelPasses.takeOverStates(plain, this);
  }

  @Override
  public KernelPasses passes() {
    return passes;
  }

  @Override
  public void dropOut(boolean training, LayerWorkspaceMgr workspaces) {
    applyDropOutIfNecessary(training, workspaces);
  }

  @Override
  public INDArray backpropDropOut(INDArray inputGradient) {
    return dropoutApplied ? backpropDropOutIfPresent(inputGradient) : inputGradient;
  }

  @Override
  public Map<String, INDArray> gradientViews() {
    return gradientViews;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return passes.activate(training, workspaces);
  }

  @Override
  public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaces) {
    setInput(input, workspaces);
    return passes.activate(training, workspaces);
  }

  @Override
  public INDArray rnnTimeStep(INDArray input, LayerWorkspaceMgr workspaces) {
    return passes.rnnTimeStep(input, workspaces);
  }

  @Override
  public Map<String, INDArray> rnnGetPreviousState() {
    return passes.stepState();
  }

  @Override
  public void rnnSetPreviousState(Map<String, INDArray> state) {
    passes.setStepState(state);
  }

  @Override
  public void rnnClearPreviousState() {
    super.rnnClearPreviousState();
    passes.clearStepState();
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray input, boolean training, boolean storeLastForTBPTT, LayerWorkspaceMgr workspaces) {
    return passes.activateFromStored(input, training, storeLastForTBPTT, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    return passes.backprop(epsilon, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int backLength, LayerWorkspaceMgr workspaces) {
    return passes.backpropOverEnd(epsilon, backLength, workspaces);
  }

  @Override
  public void clear() {
    super.clear();
    passes.clear();
  }
}
