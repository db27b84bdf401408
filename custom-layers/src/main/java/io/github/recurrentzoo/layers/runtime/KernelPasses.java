package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.KernelMode;
import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.Kernels;
import io.github.recurrentzoo.layers.kernel.Kernels.Choice;
import io.github.recurrentzoo.layers.kernel.RecurrentKernel;
import io.github.recurrentzoo.layers.kernel.RecurrentKernel.Spec;
import io.github.recurrentzoo.layers.kernel.RecurrentKernel.State;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What {@link FusedLstmLayer} and {@link FusedSimpleRnnLayer} have in common: passes through a
 * kernel, with the states that Deeplearning4j's layers keep. The backward pass begins with the
 * state that the forward pass began with, held constant, which makes truncated BPTT right.
 */
public final class KernelPasses {

  private static final String HIDDEN = LSTM.STATE_KEY_PREV_ACTIVATION;
  private static final String MEMORY = LSTM.STATE_KEY_PREV_MEMCELL;

  /**
   * What a layer computes, and with what.
   *
   * @param cell one time step
   * @param dataType of the layer
   * @param format of its input and output
   * @param mode which kernel
   * @param forward whether time runs from the first step to the last
   */
  public record Plan(
      Cell cell, DataType dataType, RNNFormat format, KernelMode mode, boolean forward) {

    Choice choose(boolean returnSequences) {
      return Kernels.choose(new Spec(cell, forward, returnSequences), dataType, mode);
    }

    KernelRunner runner(RecurrentKernel kernel) {
      return new KernelRunner(kernel, dataType, format, cell.hidden());
    }
  }

  private final KernelHost layer;
  private final Plan plan;
  private final String reason;
  private final InputChecks checks;
  private final KernelRunner sequences;
  private final StepState stepState;
  private KernelRunner lastStep;

  /**
   * For one layer.
   *
   * @param choice the kernel for all time steps
   * @param layerId what kind of layer it is, its name and index
   */
  KernelPasses(KernelHost layer, Plan plan, Choice choice, String layerId) {
    this.layer = layer;
    this.plan = plan;
    this.reason = choice.reason();
    this.checks = new InputChecks(layerId, plan.format());
    this.sequences = plan.runner(choice.kernel().orElseThrow());
    this.stepState = new StepState(plan.dataType());
  }

  /** Gives a layer the states that another one carries. */
  static void takeOverStates(RecurrentLayer from, RecurrentLayer to) {
    to.rnnSetPreviousState(from.rnnGetPreviousState());
    to.rnnSetTBPTTState(from.rnnGetTBPTTState());
  }

  /** What the layer computes. */
  public Plan plan() {
    return plan;
  }

  /** Why it is this kernel. */
  String reason() {
    return reason;
  }

  /** Gets ready for {@link #activateLastStep}. */
  public void serveLastStep() {
    lastStep = plan.runner(plan.choose(false).kernel().orElseThrow());
  }

  /** All time steps, from a state of zeros. */
  INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return forward(sequences, null, null, training, workspaces);
  }

  /** As {@link #activate}, into {@code output}, [B, H, T]. */
  void activateInto(INDArray output, boolean training, LayerWorkspaceMgr workspaces) {
    KernelRunner.Pass pass = begin(null, training, workspaces);
    sequences.forwardInto(output, layer.paramTable(), pass, null, training, workspaces);
  }

  /** The last unmasked time step of each row, from a state of zeros. */
  INDArray activateLastStep(boolean training, LayerWorkspaceMgr workspaces) {
    checks.requireEachRowUnmasked(layer.getMaskArray());
    return forward(lastStep, null, null, training, workspaces);
  }

  INDArray rnnTimeStep(INDArray input, LayerWorkspaceMgr workspaces) {
    layer.setInput(input, workspaces);
    State before = stepState.get();
    if (before != null) {
      checks.requireState(before.hidden(), input, plan.cell().hidden());
    }
    State after = before == null ? sequences.newState(input.size(0)) : before;
    stepState.clear(); // a pass that fails may have written a part of it
    INDArray output = forward(sequences, before, after, false, workspaces);
    stepState.own(after);
    sequences.clear(); // the state that the pass began with is gone
    return output;
  }

  /** What {@link #rnnTimeStep} carries. */
  Map<String, INDArray> stepState() {
    return stepState.copies();
  }

  void setStepState(Map<String, INDArray> state) {
    stepState.copyFrom(state, plan.cell().hasMemory());
  }

  void clearStepState() {
    stepState.clear();
  }

  INDArray activateFromStored(
      INDArray input, boolean training, boolean stores, LayerWorkspaceMgr workspaces) {
    layer.setInput(input, workspaces);
    Map<String, INDArray> stored = layer.rnnGetTBPTTState();
    State last = stores ? sequences.newState(input.size(0)) : null;
    INDArray output = forward(sequences, initialState(stored), last, training, workspaces);
    if (stores) {
      layer.rnnSetTBPTTState(with(stored, last));
    }
    return output;
  }

  private INDArray forward(
      KernelRunner runner,
      State initial,
      State last,
      boolean training,
      LayerWorkspaceMgr workspaces) {
    KernelRunner.Pass pass = begin(initial, training, workspaces);
    return runner.forward(layer.paramTable(), pass, last, training, workspaces);
  }

  private KernelRunner.Pass begin(State initial, boolean training, LayerWorkspaceMgr workspaces) {
    checkInput();
    layer.dropOut(training, workspaces);
    return new KernelRunner.Pass(layer.input(), layer.getMaskArray(), initial);
  }

  private void checkInput() {
    INDArray input = layer.input();
    if (input == null) {
      throw new IllegalStateException(checks + ": the input is not set; call setInput first");
    }
    checks.requireInput(input, plan.cell().inputs());
    checks.requireMask(layer.getMaskArray(), input);
  }

  /** The stored state, or null where there is none; what is missing of it is zero. */
  private State initialState(Map<String, INDArray> stored) {
    if (stored.isEmpty()) {
      return null;
    }
    State state = sequences.newState(layer.input().size(0));
    assign(state.hidden(), stored.get(HIDDEN));
    assign(state.memory(), stored.get(MEMORY));
    return state;
  }

  private void assign(INDArray state, INDArray stored) {
    if (state != null && stored != null) {
      checks.requireState(stored, layer.input(), plan.cell().hidden());
      state.assign(stored);
    }
  }

  private static Map<String, INDArray> with(Map<String, INDArray> stored, State last) {
    Map<String, INDArray> state = new HashMap<>(stored);
    state.put(HIDDEN, last.hidden());
    if (last.memory() != null) {
      state.put(MEMORY, last.memory());
    }
    return state;
  }

  Pair<Gradient, INDArray> backprop(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    return backprop(sequences, epsilon, workspaces);
  }

  /** The backward pass of {@link #activateLastStep}. */
  Pair<Gradient, INDArray> backpropLastStep(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    return backprop(lastStep, epsilon, workspaces);
  }

  private Pair<Gradient, INDArray> backprop(
      KernelRunner runner, INDArray epsilon, LayerWorkspaceMgr workspaces) {
    requireInputForBackprop();
    return result(
        runner.backward(
            layer.paramTable(),
            layer.input(),
            layer.getMaskArray(),
            epsilon,
            layer.gradientViews(),
            workspaces));
  }

  /** As {@link #backprop}, of the last {@code backLength} steps, or of all if it is 0 or less. */
  Pair<Gradient, INDArray> backpropOverEnd(
      INDArray epsilon, int backLength, LayerWorkspaceMgr workspaces) {
    requireInputForBackprop();
    long steps = layer.input().size(plan.format() == RNNFormat.NCW ? 2 : 1);
    if (backLength <= 0 || backLength >= steps) {
      return backprop(epsilon, workspaces);
    }
    return result(
        sequences.backwardOverEnd(
            backLength,
            layer.paramTable(),
            layer.input(),
            layer.getMaskArray(),
            epsilon,
            layer.gradientViews(),
            workspaces));
  }

  private void requireInputForBackprop() {
    if (layer.input() == null) {
      throw new IllegalStateException(checks + ": no backward pass without a forward pass");
    }
  }

  private Pair<Gradient, INDArray> result(INDArray inputGradient) {
    Gradient gradient = new DefaultGradient(layer.getGradientsViewArray());
    layer.gradientViews().forEach((key, view) -> gradient.gradientForVariable().put(key, view));
    return new Pair<>(gradient, layer.backpropDropOut(inputGradient));
  }

  /** Lets go of the last forward pass. */
  void clear() {
    sequences.clear();
    if (lastStep != null) {
      lastStep.clear();
    }
  }

  /** What runs the kernel for all time steps; for tests. */
  public KernelRunner sequences() {
    return sequences;
  }

  /** What runs the kernel for the last time step, or null; for tests. */
  public KernelRunner lastStep() {
    return lastStep;
  }
}
