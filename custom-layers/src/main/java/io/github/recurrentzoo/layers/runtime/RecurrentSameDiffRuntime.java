package io.github.recurrentzoo.layers.runtime;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.recurrentzoo.layers.Direction;
import io.github.recurrentzoo.layers.RecurrentSameDiffLayer;
import io.github.recurrentzoo.layers.kernel.Kernels.Choice;
import io.github.recurrentzoo.layers.kernel.RecurrentKernel.State;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.layers.samediff.DL4JSameDiffMemoryMgr;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.autodiff.samediff.internal.SessionMemMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a {@link RecurrentSameDiffLayer} in a network. Deeplearning4j's runtime for SameDiff layers
 * doubles gradients, knows one sequence length, ignores setParam and dropout, keeps no state and
 * has no regularization score; all this is mended here.
 *
 * <p>State: {@link #rnnTimeStep} carries one from call to call, truncated BPTT another from segment
 * to segment. The backward pass starts from the state that the last forward pass began with, held
 * constant. Not thread safe, like every layer of Deeplearning4j.
 */
public final class RecurrentSameDiffRuntime extends BaseRecurrentLayer<RecurrentSameDiffLayer> {

  /** Key of the carried state, [B, nOut], in the state maps; the same as that of SimpleRnn. */
  public static final String STATE_KEY = "prevAct";

  private static final long serialVersionUID = 1L;

  private final transient Choice choice;
  private final transient KernelRunner kernel; // null: the graphs compute
  private final transient RecurrentGraphs graphs = new RecurrentGraphs();
  private final transient StepState stepState;
  private final transient Map<String, INDArray> tbpttState = new HashMap<>();
  private transient INDArray initialStateOfLastPass;

  /** Called by {@link RecurrentSameDiffLayer#instantiate}. */
  public RecurrentSameDiffRuntime(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    choice = RecurrentKernels.choose(recurrent(), dataType);
    kernel =
        choice
            .kernel()
            .map(k -> new KernelRunner(k, dataType, RNNFormat.NCW, recurrent().outputSize()))
            .orElse(null);
    stepState = new StepState(dataType);
  }

  /** The kernel that computes this layer, or why there is none. */
  Choice kernelChoice() {
    return choice;
  }

  /** What kind of layer it is: the name of its configuration. */
  String kind() {
    return recurrent().getClass().getSimpleName();
  }

  /** What runs the kernel, or null; for tests. */
  public KernelRunner runner() {
    return kernel;
  }

  /** What runs a kernel for the last step only, of a layer that gives all steps. */
  public KernelRunner lastStepRunner() {
    return new KernelRunner(
        RecurrentKernels.choose(recurrent(), dataType, false).kernel().orElseThrow(),
        dataType,
        RNNFormat.NCW,
        recurrent().outputSize());
  }

  /** Where the gradients by the parameters go, by key. */
  public Map<String, INDArray> gradientViews() {
    return gradientViews;
  }

  /** The configuration. */
  public RecurrentSameDiffLayer recurrent() {
    return (RecurrentSameDiffLayer) conf.getLayer();
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public Layer clone() {
    throw new UnsupportedOperationException(
        "A layer alone cannot be cloned " + layerId() + "; clone the network");
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray maskArray, MaskState currentMaskState, int minibatchSize) {
    super.feedForwardMaskArray(maskArray, currentMaskState, minibatchSize);
    // Without a time axis there is nothing left to mask.
    return new Pair<>(recurrent().isReturnSequences() ? maskArray : null, currentMaskState);
  }

  // ---- forward and backward

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
    initialStateOfLastPass = null;
    return forward(null, training, workspaceMgr);
  }

  /**
   * Begins with the initial state of this pass.
   *
   * @param last written: the final state; null if none is carried
   */
  private INDArray forward(INDArray last, boolean training, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(false);
    checks().requireInput(input, recurrent().getNIn());
    checks().requireFinite(input, recurrent().isChecked());
    requireMask(last == null); // a row may end before the segment that goes on from a state
    applyDropOutIfNecessary(training, workspaceMgr);
    if (kernel != null) {
      State initial = initialStateOfLastPass == null ? null : state(initialStateOfLastPass);
      KernelRunner.Pass pass = new KernelRunner.Pass(input, maskArray, initial);
      return kernel.forward(
          params, pass, last == null ? null : state(last), training, workspaceMgr);
    }
    SessionMemMgr memory = memory(workspaceMgr, ArrayType.FF_WORKING_MEM, ArrayType.ACTIVATIONS);
    RecurrentGraph.Activations activations =
        graph().activate(inputs(initialStateOfLastPass), last != null, memory);
    if (last != null) {
      last.assign(activations.finalState());
    }
    return activations.output();
  }

  private State state(INDArray hidden) {
    return new State(hidden.castTo(dataType), null);
  }

  /** A refused mask goes: Deeplearning4j would leave it here for calls that bring none. */
  private void requireMask(boolean eachRow) {
    try {
      checks().requireMask(maskArray, input);
      if (eachRow) {
        checks().requireEachRowUnmasked(maskArray);
      }
    } catch (DL4JInvalidInputException e) {
      maskArray = null;
      throw e;
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(true);
    if (kernel != null) {
      return result(
          kernel.backward(params, input, maskArray, epsilon, gradientViews, workspaceMgr));
    }
    SessionMemMgr memory =
        memory(workspaceMgr, ArrayType.BP_WORKING_MEM, ArrayType.ACTIVATION_GRAD);
    RecurrentGraph.Gradients computed =
        graph().backpropagate(inputs(initialStateOfLastPass), epsilon.castTo(dataType), memory);
    gradientViews.forEach((key, view) -> view.assign(computed.params().get(key)));
    return result(workspaceMgr.dup(ArrayType.ACTIVATION_GRAD, computed.input()));
  }

  private Pair<Gradient, INDArray> result(INDArray inputGradient) {
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    gradientViews.forEach((key, view) -> gradient.gradientForVariable().put(key, view));
    // A frozen layer is activated as in inference, without dropout.
    return new Pair<>(
        gradient, dropoutApplied ? backpropDropOutIfPresent(inputGradient) : inputGradient);
  }

  private RecurrentGraph graph() {
    return graphs.get(recurrent(), dataType, params, input.size(2), maskArray != null);
  }

  private RecurrentGraph.Inputs inputs(INDArray initialState) {
    INDArray state =
        initialState == null
            ? Nd4j.zeros(dataType, input.size(0), recurrent().getNOut())
            : initialState.castTo(dataType);
    INDArray mask = maskArray == null ? null : maskArray.castTo(dataType);
    return new RecurrentGraph.Inputs(input.castTo(dataType), mask, state);
  }

  private static SessionMemMgr memory(
      LayerWorkspaceMgr workspaces, ArrayType working, ArrayType result) {
    return new DL4JSameDiffMemoryMgr(
        workspaces.getWorkspaceName(working),
        workspaces.getWorkspaceName(result),
        workspaces.getConfiguration(working),
        workspaces.getConfiguration(result));
  }

  private InputChecks checks() {
    return new InputChecks(kind() + " " + layerId(), RNNFormat.NCW);
  }

  // ---- state

  @Override
  public INDArray rnnTimeStep(INDArray input, LayerWorkspaceMgr workspaceMgr) {
    requireForward("rnnTimeStep");
    State before = stepState.get();
    INDArray state = before == null ? newState(input) : before.hidden(); // written where it is read
    begin(before == null ? null : state, input, workspaceMgr);
    stepState.clear(); // a pass that fails may have written a part of it
    INDArray output = forward(state, false, workspaceMgr);
    initialStateOfLastPass = null; // it is gone
    if (kernel != null) {
      kernel.clear();
    }
    stepState.own(new State(state, null));
    return output;
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray input, boolean training, boolean storeLastForTBPTT, LayerWorkspaceMgr workspaceMgr) {
    requireForward("Truncated BPTT");
    INDArray last = newState(input);
    begin(tbpttState.get(STATE_KEY), input, workspaceMgr);
    INDArray output = forward(last, training, workspaceMgr);
    if (storeLastForTBPTT) {
      tbpttState.put(STATE_KEY, last);
    }
    return output;
  }

  private void begin(INDArray initial, INDArray input, LayerWorkspaceMgr workspaceMgr) {
    setInput(input, workspaceMgr);
    checks().requireState(initial, input, recurrent().getNOut());
    initialStateOfLastPass = initial;
  }

  private INDArray newState(INDArray input) {
    return Workspaces.outside(() -> Nd4j.create(dataType, input.size(0), recurrent().getNOut()));
  }

  private void requireForward(String what) {
    if (recurrent().getDirection() != Direction.FORWARD) {
      throw new UnsupportedOperationException(
          what
              + " "
              + layerId()
              + ": direction is "
              + recurrent().getDirection()
              + ", which needs the end of a sequence before its beginning; use direction FORWARD");
    }
  }

  /**
   * The gradient of the last {@code backLength} steps, with the state before them held constant; of
   * all steps where {@code backLength} is not positive or the segment is no longer.
   */
  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int backLength, LayerWorkspaceMgr workspaceMgr) {
    requireForward("Truncated BPTT");
    long steps = input.size(2);
    if (backLength <= 0 || steps <= backLength) {
      return backpropGradient(epsilon, workspaceMgr);
    }
    if (kernel != null) {
      return result(
          kernel.backwardOverEnd(
              backLength, params, input, maskArray, epsilon, gradientViews, workspaceMgr));
    }
    long start = steps - backLength;
    INDArray fullInput = input;
    INDArray fullMask = maskArray;
    INDArray fullInitialState = initialStateOfLastPass;
    try {
      input = fullInput.get(all(), all(), interval(0, start));
      maskArray = fullMask == null ? null : fullMask.get(all(), interval(0, start));
      SessionMemMgr memory =
          memory(workspaceMgr, ArrayType.BP_WORKING_MEM, ArrayType.BP_WORKING_MEM);
      initialStateOfLastPass =
          graph().activate(inputs(fullInitialState), true, memory).finalState();
      input = fullInput.get(all(), all(), interval(start, steps));
      maskArray = fullMask == null ? null : fullMask.get(all(), interval(start, steps));
      INDArray tailEpsilon =
          epsilon.rank() == 3 ? epsilon.get(all(), all(), interval(start, steps)) : epsilon;
      Pair<Gradient, INDArray> tail = backpropGradient(tailEpsilon, workspaceMgr);
      INDArray inputGradient =
          workspaceMgr.create(ArrayType.ACTIVATION_GRAD, dataType, fullInput.shape(), 'c');
      inputGradient.get(all(), all(), interval(start, steps)).assign(tail.getSecond());
      return new Pair<>(tail.getFirst(), inputGradient);
    } finally {
      input = fullInput;
      maskArray = fullMask;
      initialStateOfLastPass = fullInitialState;
    }
  }

  @Override
  public Map<String, INDArray> rnnGetPreviousState() {
    return stepState.copies();
  }

  @Override
  public void rnnSetPreviousState(Map<String, INDArray> state) {
    stepState.copyFrom(state, false);
  }

  @Override
  public void rnnClearPreviousState() {
    stepState.clear();
    tbpttState.clear();
  }

  @Override
  public Map<String, INDArray> rnnGetTBPTTState() {
    return new HashMap<>(tbpttState);
  }

  @Override
  public void rnnSetTBPTTState(Map<String, INDArray> state) {
    replace(tbpttState, state);
  }

  private static void replace(Map<String, INDArray> state, Map<String, INDArray> by) {
    Map<String, INDArray> copy = new HashMap<>(by); // it may be the same map
    state.clear();
    state.putAll(copy);
  }

  // ---- parameters and score

  @Override
  public void setParam(String key, INDArray val) {
    INDArray param = params.get(key);
    if (param == null) {
      throw new IllegalArgumentException(
          "No parameter \"" + key + "\" " + layerId() + "; there are " + params.keySet());
    }
    if (!Arrays.equals(param.shape(), val.shape())) {
      throw new IllegalArgumentException(
          "Parameter \""
              + key
              + "\" "
              + layerId()
              + " has shape "
              + Arrays.toString(param.shape())
              + ", but the new values have "
              + Arrays.toString(val.shape()));
    }
    param.assign(val);
  }

  /** Each matrix lies row by row in the vector, whatever order is said. */
  @Override
  protected void setParams(INDArray params, char order) {
    super.setParams(params, 'c');
  }

  @Override
  public void setParamsViewArray(INDArray params) {
    super.setParamsViewArray(params);
    graphs.clear(); // they hold views of the array before
  }

  @Override
  public void setParamTable(Map<String, INDArray> paramTable) {
    super.setParamTable(paramTable);
    graphs.clear();
  }

  @Override
  public void clear() {
    super.clear();
    initialStateOfLastPass = null;
    if (kernel != null) {
      kernel.clear();
    }
  }
}
