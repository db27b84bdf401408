package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.RecurrentSameDiffLayer;
import io.github.recurrentzoo.layers.UnrolledRecurrence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.ArrayHolder;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.autodiff.samediff.internal.SessionMemMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The SameDiff graph of an {@link RecurrentSameDiffLayer} for one sequence length, with or without
 * a mask, and its gradient. The parameters are views of the network's.
 *
 * <p>The gradient is that of the scalar {@code sum(output * epsilon)}. Deeplearning4j's own way, an
 * ExternalErrorsFunction, counts epsilon twice.
 */
final class RecurrentGraph {

  private static final String INPUT = "input";
  private static final String MASK = "mask";
  private static final String INITIAL_STATE = "initialState";
  private static final String EPSILON = "epsilon";

  private final boolean masked;
  private final Map<String, INDArray> params;
  private final SameDiff sd;
  private final InferenceSession forward;
  private final String output;
  private final String finalState;
  private SameDiff gradient;
  private InferenceSession backward;

  /** The values that a graph is run on; the mask may be null, for none. */
  record Inputs(INDArray x, INDArray mask, INDArray initialState) {}

  /**
   * What a forward pass gives.
   *
   * @param output [B, H, T] or [B, H]
   * @param finalState [B, H]; null unless asked for
   */
  record Activations(INDArray output, INDArray finalState) {}

  /** Defines the graph; to be called outside of all workspaces. */
  RecurrentGraph(
      RecurrentSameDiffLayer conf,
      DataType dataType,
      Map<String, INDArray> params,
      long steps,
      boolean masked) {
    this.masked = masked;
    this.params = params;
    sd = quick(SameDiff.create());
    SDVariable x = sd.placeHolder(INPUT, dataType, -1, conf.getNIn(), steps);
    SDVariable mask = masked ? sd.placeHolder(MASK, dataType, -1, steps) : null;
    SDVariable initial = sd.placeHolder(INITIAL_STATE, dataType, -1, conf.getNOut());
    Map<String, SDVariable> variables = new LinkedHashMap<>();
    params.forEach((key, value) -> variables.put(key, sd.var(key, value)));
    UnrolledRecurrence.Result result = conf.define(sd, x, variables, mask, initial);
    SDVariable epsilon = sd.placeHolder(EPSILON, dataType, epsilonShape(conf, steps));
    result.output().mul(epsilon).sum().markAsLoss();
    output = result.output().name();
    finalState = result.finalState() == null ? null : result.finalState().name();
    forward = new InferenceSession(sd);
  }

  private static long[] epsilonShape(RecurrentSameDiffLayer conf, long steps) {
    long size = conf.outputSize();
    return conf.isReturnSequences() ? new long[] {-1, size, steps} : new long[] {-1, size};
  }

  private static SameDiff quick(SameDiff sd) {
    // A network is used by one thread at a time; and only plain holders keep views of parameters.
    ArrayHolder variables = new SingleThreadArrayHolder();
    sd.setArrayHolders(variables, new SingleThreadArrayHolder(), false);
    // Workspaces free the arrays; the session's own list of freed ones would grow for ever.
    sd.setEnableCache(false);
    return sd;
  }

  /** The forward pass. Arrays are allocated by {@code memory}. */
  Activations activate(Inputs inputs, boolean withFinalState, SessionMemMgr memory) {
    List<String> wanted = withFinalState ? List.of(output, finalState) : List.of(output);
    Map<String, INDArray> values =
        run(sd, forward, wanted, placeholders(inputs, null), Operation.INFERENCE, memory);
    return new Activations(values.get(output), withFinalState ? values.get(finalState) : null);
  }

  /**
   * The backward pass: the gradient of {@code sum(output * epsilon)}, by parameter key, and of the
   * input.
   */
  Gradients backpropagate(Inputs inputs, INDArray epsilon, SessionMemMgr memory) {
    if (gradient == null) {
      gradient = Workspaces.outside(() -> QuietStdout.call(() -> createGradient(sd)));
      backward = new InferenceSession(gradient);
    }
    Map<String, String> names = new LinkedHashMap<>();
    params.keySet().forEach(key -> names.put(key, sd.getVariable(key).gradient().name()));
    String inputGradient = sd.getVariable(INPUT).gradient().name();
    List<String> wanted = new ArrayList<>(names.values());
    wanted.add(inputGradient);
    Map<String, INDArray> placeholders = placeholders(inputs, epsilon);
    Map<String, INDArray> values =
        run(gradient, backward, wanted, placeholders, Operation.TRAINING, memory);
    Map<String, INDArray> byKey = new LinkedHashMap<>();
    names.forEach((key, name) -> byKey.put(key, values.get(name)));
    return new Gradients(byKey, values.get(inputGradient));
  }

  /** Gradients by parameter key, and of the input [B, D, T]. */
  record Gradients(Map<String, INDArray> params, INDArray input) {}

  private static SameDiff createGradient(SameDiff sd) {
    sd.createGradFunction(INPUT);
    SameDiff gradient = sd.getFunction("grad");
    gradient.setEnableCache(false);
    return gradient;
  }

  private Map<String, INDArray> placeholders(Inputs inputs, INDArray epsilon) {
    Map<String, INDArray> values = new HashMap<>();
    values.put(INPUT, inputs.x());
    if (masked) {
      INDArray x = inputs.x();
      INDArray mask = inputs.mask();
      values.put(MASK, mask == null ? Nd4j.ones(x.dataType(), x.size(0), x.size(2)) : mask);
    }
    values.put(INITIAL_STATE, inputs.initialState());
    if (epsilon != null) {
      values.put(EPSILON, epsilon);
    }
    return values;
  }

  /**
   * Runs a part of a graph, then lets go of all arrays, also after a failure: they may lie in
   * workspaces that are closed before the next run, and detached ones would be held for each length
   * that was ever seen.
   */
  private static Map<String, INDArray> run(
      SameDiff sd,
      InferenceSession session,
      List<String> wanted,
      Map<String, INDArray> values,
      Operation operation,
      SessionMemMgr memory) {
    session.setMmgr(memory);
    try {
      At at = At.builder().operation(operation).build();
      return session.output(wanted, values, null, List.of(), List.of(), at);
    } finally {
      sd.clearPlaceholders(true);
      sd.clearOpInputs();
      session.getNodeValueOutputs().clear();
      session.getArrayUseTracker().clear();
    }
  }

  /** How many arrays of the last runs are still held, which is to be none; for tests. */
  int arraysHeld() {
    return forward.getNodeValueOutputs().size()
        + (backward == null ? 0 : backward.getNodeValueOutputs().size());
  }
}
