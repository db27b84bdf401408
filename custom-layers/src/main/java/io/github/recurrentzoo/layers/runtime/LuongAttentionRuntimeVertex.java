package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.LuongAttentionVertex;
import io.github.recurrentzoo.layers.kernel.AttentionKernel;
import io.github.recurrentzoo.layers.kernel.AttentionKernel.Parameters;
import io.github.recurrentzoo.layers.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.params.SameDiffParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@code LuongAttentionVertex} does in a network. */
// Deeplearning4j declares setInputs with dots in the interface and without them in the class.
@SuppressWarnings("overrides")
public final class LuongAttentionRuntimeVertex extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  private final transient LuongAttentionVertex configuration;
  private final transient INDArray params;
  private final transient Map<String, INDArray> paramTable;
  private final transient AttentionKernel kernel;
  private final int queryMask;
  private final int stateMask;
  private transient INDArray gradients;
  private transient Map<String, INDArray> gradientTable;
  private transient INDArray[] passed = {}; // the inputs of the last forward pass
  private int firstStep;

  /**
   * As {@code LuongAttentionVertex} makes it.
   *
   * @throws IllegalArgumentException if the network has not the inputs whose masks it reads
   */
  public LuongAttentionRuntimeVertex(
      LuongAttentionVertex configuration,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType dataType) {
    super(graph, name, index, null, null, dataType);
    this.configuration = configuration;
    params = paramsView;
    paramTable = cut(paramsView);
    if (initializeParams) {
      configuration.initializeParameters(paramTable);
    }
    kernel = Kernels.attention(dataType);
    queryMask = maskIndex(configuration.getQueryMask());
    stateMask = maskIndex(configuration.getStateMask());
  }

  private int maskIndex(String networkInput) {
    List<String> inputs = graph.getConfiguration().getNetworkInputs();
    if (networkInput != null && !inputs.contains(networkInput)) {
      throw new IllegalArgumentException(
          "LuongAttentionVertex %s is to read the mask of the network input \"%s\", but the inputs are %s"
              .formatted(vertexName, networkInput, inputs));
    }
    return inputs.indexOf(networkInput);
  }

  private Map<String, INDArray> cut(INDArray view) {
    SDVertexParams shapes = configuration.getVertexParams();
    return SameDiffParamInitializer.getInstance()
        .subsetAndReshape(
            shapes.getParameterKeys(), shapes.getParamShapes(), view, null, configuration);
  }

  /** The parameters of such a vertex, or the gradients by them, of a table by key. */
  public static Parameters parameters(Map<String, INDArray> table) {
    return new Parameters(
        table.get(LuongAttentionVertex.SCORE_WEIGHT),
        table.get(LuongAttentionVertex.OUTPUT_WEIGHT),
        table.get(LuongAttentionVertex.BIAS),
        table.get(LuongAttentionVertex.OFFSET_BIAS));
  }

  /**
   * Where an output is decoded step by step: the time of the next query, from 0. It stays until it
   * is set again.
   */
  public void setFirstStep(int firstStep) {
    this.firstStep = firstStep;
  }

  /** The weights of the last forward pass, [B][T][S]: of each state in each context. */
  public double[][][] weights() {
    return kernel.weights();
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray output =
        timeMajor(
            inputs[0].size(0),
            configuration.getOutputSize(),
            inputs[0].size(2),
            ArrayType.ACTIVATIONS,
            workspaces);
    forward(output, training);
    return output;
  }

  private void forward(INDArray output, boolean keepsTape) {
    requireShapes();
    AttentionKernel.Input input =
        new AttentionKernel.Input(
            inputs[0].castTo(dataType),
            states().stream().map(states -> states.castTo(dataType)).toList(),
            mask(queryMask, inputs[0]),
            requireVisible(mask(stateMask, inputs[1])),
            firstStep);
    kernel.forward(parameters(paramTable), input, output, keepsTape);
    passed = inputs.clone();
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    if (!kernel.hasTape() || !isPassed()) {
      forward(likeOutput(workspaces), true);
    }
    INDArray[] byInputs = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      byInputs[i] = like(inputs[i], workspaces);
    }
    kernel.backward(
        epsilon.castTo(dataType),
        parameters(gradientTable),
        byInputs[0],
        List.of(byInputs).subList(1, byInputs.length));
    Gradient gradient = new DefaultGradient(gradients);
    gradientTable.forEach((key, view) -> gradient.gradientForVariable().put(key, view));
    return new Pair<>(gradient, byInputs);
  }

  private List<INDArray> states() {
    return Arrays.asList(inputs).subList(1, inputs.length);
  }

  /** Whether the last forward pass read these inputs. Arrays are told by identity. */
  private boolean isPassed() {
    for (int i = 0; i < inputs.length; i++) {
      if (passed[i] != inputs[i]) {
        return false;
      }
    }
    return true;
  }

  private INDArray likeOutput(LayerWorkspaceMgr workspaces) {
    return timeMajor(
        inputs[0].size(0),
        configuration.getOutputSize(),
        inputs[0].size(2),
        ArrayType.BP_WORKING_MEM,
        workspaces);
  }

  private INDArray like(INDArray array, LayerWorkspaceMgr workspaces) {
    return timeMajor(
        array.size(0), array.size(1), array.size(2), ArrayType.ACTIVATION_GRAD, workspaces);
  }

  private INDArray timeMajor(
      long rows, long size, long steps, ArrayType type, LayerWorkspaceMgr workspaces) {
    return Kernels.timeMajor(
        workspaces.createUninitialized(type, dataType, new long[] {steps, rows, size}, 'c'));
  }

  /** The mask of a network input; null if there is none. */
  private INDArray mask(int index, INDArray sequence) {
    INDArray[] masks = graph.getInputMaskArrays();
    INDArray mask = index < 0 || masks == null ? null : masks[index];
    if (mask == null) {
      return null;
    }
    if (mask.rank() != 2 || mask.size(0) != sequence.size(0) || mask.size(1) != sequence.size(2)) {
      throw new DL4JInvalidInputException(
          "%s: mask of shape %s, but [batch, time] = [%d, %d] was expected"
              .formatted(this, Arrays.toString(mask.shape()), sequence.size(0), sequence.size(2)));
    }
    return mask.castTo(dataType);
  }

  private INDArray requireVisible(INDArray mask) {
    if (mask != null) {
      double[][] values = mask.toDoubleMatrix();
      for (int b = 0; b < values.length; b++) {
        if (Arrays.stream(values[b]).allMatch(value -> value == 0)) {
          throw new DL4JInvalidInputException(
              this + ": row " + b + " is masked throughout; each row needs one state at least");
        }
      }
    }
    return mask;
  }

  private void requireShapes() {
    boolean fits = inputs[0].rank() == 3 && inputs[0].size(1) == configuration.getQuerySize();
    long size = 0;
    for (INDArray states : states()) {
      fits &=
          states.rank() == 3
              && states.size(0) == inputs[0].size(0)
              && states.size(2) == inputs[1].size(2);
      size += states.size(1);
    }
    if (!fits || size != configuration.getStateSize()) {
      throw new DL4JInvalidInputException(
          "%s: inputs of shapes %s, but queries [batch, %d, time] and states [batch, %d, time] of as many rows were expected, the states' numbers in one array or several"
              .formatted(
                  this,
                  Arrays.stream(inputs).map(array -> Arrays.toString(array.shape())).toList(),
                  configuration.getQuerySize(),
                  configuration.getStateSize()));
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return configuration.feedForwardMaskArrays(masks, state, minibatchSize);
  }

  @Override
  public void clear() {
    super.clear();
    kernel.dropTape();
    passed = new INDArray[0];
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    gradients = view;
    gradientTable = cut(view);
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropOnly) {
    return paramTable;
  }

  @Override
  public TrainingConfig getConfig() {
    return configuration;
  }

  @Override
  public INDArray params() {
    return params;
  }

  @Override
  public INDArray getGradientsViewArray() {
    return gradients;
  }

  @Override
  public String toString() {
    return "LuongAttentionVertex " + vertexName;
  }
}
