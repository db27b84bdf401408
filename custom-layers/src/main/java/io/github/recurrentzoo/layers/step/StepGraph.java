package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.ConcatPoolingVertex;
import io.github.recurrentzoo.layers.ContextVertex;
import io.github.recurrentzoo.layers.Direction;
import io.github.recurrentzoo.layers.FinalStateVertex;
import io.github.recurrentzoo.layers.LuongAttentionVertex;
import io.github.recurrentzoo.layers.RecurrentSameDiffLayer;
import io.github.recurrentzoo.layers.ReverseStepsVertex;
import io.github.recurrentzoo.layers.kernel.RecurrentKernel;
import io.github.recurrentzoo.layers.runtime.CrfRuntimeLayer;
import io.github.recurrentzoo.layers.runtime.FusedEmbeddingLayer;
import io.github.recurrentzoo.layers.runtime.FusedLastTimeStepLayer;
import io.github.recurrentzoo.layers.runtime.FusedSoftmaxLayer;
import io.github.recurrentzoo.layers.runtime.KernelHost;
import io.github.recurrentzoo.layers.runtime.KernelPasses;
import io.github.recurrentzoo.layers.runtime.KernelRunner;
import io.github.recurrentzoo.layers.runtime.RecurrentSameDiffRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.layers.DropoutLayer;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.layers.feedforward.embedding.EmbeddingLayer;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/** The vertices of a network as a {@link TrainingStep} has them, from the input on. */
final class StepGraph {

  /** Why a network is left to Deeplearning4j. */
  static final class Obstacle extends Exception {
    private static final long serialVersionUID = 1L;

    Obstacle(String reason) {
      super(reason, null, false, false);
    }
  }

  private final ComputationGraph graph;
  private final List<String> inputs;
  private final List<String> outputs;
  private final boolean carries; // states, from segment to segment
  private final Map<String, StepNode> nodes = new LinkedHashMap<>();

  private StepGraph(ComputationGraph graph) {
    this.graph = graph;
    this.inputs = graph.getConfiguration().getNetworkInputs();
    this.outputs = graph.getConfiguration().getNetworkOutputs();
    this.carries = graph.getConfiguration().getBackpropType() == BackpropType.TruncatedBPTT;
  }

  /**
   * Looks at a network.
   *
   * @return the vertices by name
   * @throws Obstacle if there is one that no step is made for
   */
  static Map<String, StepNode> of(ComputationGraph graph) throws Obstacle {
    if (!graph.conf().isMiniBatch()) {
      throw new Obstacle("gradients are not means over the rows");
    }
    StepGraph steps = new StepGraph(graph);
    for (int i : graph.topologicalSortOrder()) {
      org.deeplearning4j.nn.graph.vertex.GraphVertex vertex = graph.getVertices()[i];
      StepNode node = steps.node(vertex);
      if (node instanceof StepOutput) {
        if (vertex instanceof FrozenVertex) {
          throw new Obstacle("the output \"" + vertex.getVertexName() + "\" is frozen");
        }
      } else if (vertex instanceof FrozenVertex
          || (staysAsItIs(vertex) && node.allBelow().stream().noneMatch(StepNode::learns))) {
        node.freeze();
      }
      steps.nodes.put(vertex.getVertexName(), node);
    }
    setTables(new ArrayList<>(steps.nodes.values()));
    return steps.nodes;
  }

  /** Tells each vertex, from the output on, whether all above it can read a table. */
  private static void setTables(List<StepNode> nodes) {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      StepNode node = nodes.get(i);
      List<StepNode> above =
          nodes.stream().filter(other -> other.allBelow().contains(node)).toList();
      node.setReadAsTable(!above.isEmpty() && above.stream().allMatch(StepNode::readsTables));
    }
  }

  /** Whether parameters have no penalties and Sgd with a rate of 0, so that no step moves them. */
  static boolean staysAsItIs(Trainable vertex) {
    Set<String> names =
        vertex.paramTable(false) == null ? Set.of() : vertex.paramTable(false).keySet();
    TrainingConfig config = vertex.getConfig();
    return !names.isEmpty()
        && config != null
        && names.stream()
            .allMatch(
                name ->
                    config.getUpdaterByParam(name) instanceof Sgd sgd
                        && sgd.getLearningRate() == 0
                        && sgd.getLearningRateSchedule() == null
                        && (config.getRegularizationByParam(name) == null
                            || config.getRegularizationByParam(name).isEmpty()));
  }

  private StepNode node(org.deeplearning4j.nn.graph.vertex.GraphVertex vertex) throws Obstacle {
    String name = vertex.getVertexName();
    if (vertex.isInputVertex()) {
      return new StepVertices.Input(inputs.indexOf(name));
    }
    boolean isOutput = outputs.contains(name);
    if (isOutput == (consumers(vertex) > 0)) {
      throw new Obstacle("\"" + name + "\" is both an output and read, or neither");
    }
    List<StepNode> below = new ArrayList<>();
    for (VertexIndices index : vertex.getInputVertices()) {
      below.add(nodes.get(graph.getVertices()[index.getVertexIndex()].getVertexName()));
    }
    GraphVertex conf = graph.getConfiguration().getVertices().get(name);
    if (conf instanceof LayerVertex layerVertex) {
      if (layerVertex.getPreProcessor() != null) {
        throw new Obstacle("\"" + name + "\" has a preprocessor");
      }
      return isOutput ? output(vertex, below, outputs.indexOf(name)) : hidden(vertex, below);
    }
    if (isOutput) {
      throw new Obstacle("the output \"" + name + "\" is no layer");
    }
    if (conf instanceof LuongAttentionVertex attention) {
      return attention(vertex, attention, below);
    }
    return plain(conf, below, name);
  }

  private static int consumers(org.deeplearning4j.nn.graph.vertex.GraphVertex vertex) {
    VertexIndices[] above = vertex.getOutputVertices();
    return above == null ? 0 : above.length;
  }

  private StepNode plain(GraphVertex conf, List<StepNode> below, String name) throws Obstacle {
    if (conf.getClass() == MergeVertex.class && ((MergeVertex) conf).getMergeAxis() == 1) {
      return new StepVertices.Merge(below);
    }
    if (conf instanceof ConcatPoolingVertex pooling) {
      int mask = inputs.indexOf(pooling.getMaskedInput());
      return new StepVertices.Pooling(below, mask, pooling.isBidirectional());
    }
    if (conf instanceof LastTimeStepVertex || conf instanceof FinalStateVertex) {
      int mask = maskOfLastStep(conf);
      return below.get(0) instanceof StepRecurrent layer && layer.isLastStepOnly()
          ? new StepVertices.SameStep(layer, mask)
          : new StepVertices.LastStep(below, mask);
    }
    if (conf instanceof SubsetVertex subset) {
      return new StepVertices.Subset(
          below, subset.getFrom(), subset.getTo() - subset.getFrom() + 1);
    }
    if (carries) {
      throw new Obstacle(
          "back-propagation is truncated, and \"" + name + "\" reads whole sequences");
    }
    if (conf instanceof ContextVertex) {
      return new StepVertices.Context(below);
    }
    if (conf instanceof ReverseStepsVertex reversed) {
      return new StepVertices.Reversed(below, inputs.indexOf(reversed.getMaskedInput()));
    }
    if (conf instanceof ReverseTimeSeriesVertex reversed) {
      String mask = reversed.getMaskArrayInputName();
      return new StepVertices.Reversed(below, mask == null ? -1 : inputs.indexOf(mask));
    }
    throw new Obstacle("\"" + name + "\" is a " + conf.getClass().getSimpleName());
  }

  private int maskOfLastStep(GraphVertex conf) {
    return inputs.indexOf(
        conf instanceof FinalStateVertex own
            ? own.getMaskedInput()
            : ((LastTimeStepVertex) conf).getMaskArrayInputName());
  }

  /** A layer within the network. */
  private StepNode hidden(
      org.deeplearning4j.nn.graph.vertex.GraphVertex vertex, List<StepNode> below) throws Obstacle {
    Layer layer = vertex.getLayer();
    if (layer instanceof FusedEmbeddingLayer embedding) {
      return StepEmbedding.of(below, embedding);
    }
    if (layer instanceof FusedLastTimeStepLayer last) {
      KernelHost host = (KernelHost) last.getUnderlying();
      return recurrent(below, host, host.passes().lastStep());
    }
    if (layer instanceof KernelHost host) {
      boolean lastOnly = isReadByLastStepOnly(vertex);
      if (lastOnly && host.passes().lastStep() == null) {
        host.passes().serveLastStep();
      }
      KernelPasses passes = host.passes();
      return recurrent(below, host, lastOnly ? passes.lastStep() : passes.sequences());
    }
    if (layer instanceof RecurrentSameDiffRuntime own && own.runner() != null) {
      return own(below, own, isReadByLastStepOnly(vertex));
    }
    if (layer instanceof DropoutLayer) {
      return new StepVertices.Thinned(below, dropout(layer));
    }
    if (layer.getClass() == DenseLayer.class && !((DenseLayer) layer).hasLayerNorm()) {
      return new StepHidden(below, (DenseLayer) layer, gradients(vertex), dropout(layer));
    }
    if (layer.getClass() == EmbeddingLayer.class && isTable((EmbeddingLayer) layer)) {
      return StepEmbedding.of(below, (EmbeddingLayer) layer);
    }
    throw new Obstacle(
        "\"" + vertex.getVertexName() + "\" is a " + layer.getClass().getSimpleName());
  }

  /** Whether an embedding gives rows of its weights as they are. */
  private static boolean isTable(EmbeddingLayer layer) {
    return !layer.hasBias()
        && layer.layerConf().getActivationFn() instanceof ActivationIdentity
        && layer.layerConf().getIDropout() == null
        && layer.layerConf().getWeightNoise() == null;
  }

  /** Attention, which has parameters and is no layer. */
  private StepNode attention(
      org.deeplearning4j.nn.graph.vertex.GraphVertex vertex,
      LuongAttentionVertex conf,
      List<StepNode> below)
      throws Obstacle {
    if (carries) {
      throw new Obstacle("back-propagation is truncated, and there is attention");
    }
    return new StepAttention(
        below,
        new StepAttention.Host(
            conf,
            vertex,
            gradients(vertex),
            inputs.indexOf(conf.getQueryMask()),
            inputs.indexOf(conf.getStateMask())));
  }

  private boolean isReadByLastStepOnly(org.deeplearning4j.nn.graph.vertex.GraphVertex vertex) {
    if (consumers(vertex) != 1) {
      return false;
    }
    int above = vertex.getOutputVertices()[0].getVertexIndex();
    String name = graph.getVertices()[above].getVertexName();
    GraphVertex conf = graph.getConfiguration().getVertices().get(name);
    return conf instanceof LastTimeStepVertex || conf instanceof FinalStateVertex;
  }

  private StepNode recurrent(List<StepNode> below, KernelHost host, KernelRunner runner)
      throws Obstacle {
    if (host.passes().plan().format() != RNNFormat.NCW) {
      throw new Obstacle("the format of a recurrent layer is " + host.passes().plan().format());
    }
    return new StepRecurrent(
        below,
        new StepRecurrent.Host(
            host,
            runner,
            host::gradientViews,
            host.passes().plan().cell().inputs(),
            host.passes().plan().cell().hidden(),
            carry(host, runner)),
        dropout(host));
  }

  private StepNode own(List<StepNode> below, RecurrentSameDiffRuntime layer, boolean lastOnly)
      throws Obstacle {
    RecurrentSameDiffLayer conf = layer.recurrent();
    if (conf.isChecked()) {
      throw new Obstacle("a layer looks for NaN in its input");
    }
    boolean forward = conf.getDirection() == Direction.FORWARD;
    KernelRunner runner =
        lastOnly && forward && conf.isReturnSequences() ? layer.lastStepRunner() : layer.runner();
    return new StepRecurrent(
        below,
        new StepRecurrent.Host(
            layer,
            runner,
            layer::gradientViews,
            conf.getNIn(),
            conf.outputSize(),
            carry(layer, runner)),
        dropout(layer));
  }

  /** What a layer carries where back-propagation is truncated; null elsewhere. */
  private StepCarry carry(RecurrentLayer layer, KernelRunner runner) throws Obstacle {
    if (!carries) {
      return null;
    }
    RecurrentKernel.Spec spec = runner.kernel().spec();
    if (!spec.forward() || !spec.returnSequences()) {
      throw new Obstacle(
          "back-propagation is truncated, and a layer reads from the end or gives its last step only");
    }
    return new StepCarry(layer, spec.cell().hidden(), spec.cell().hasMemory());
  }

  /** An output layer. */
  private StepNode output(
      org.deeplearning4j.nn.graph.vertex.GraphVertex vertex, List<StepNode> below, int index)
      throws Obstacle {
    Layer layer = vertex.getLayer();
    if (layer instanceof FusedSoftmaxLayer softmax) {
      return new StepSoftmax(below, index, softmax, dropout(layer));
    }
    if (layer instanceof CrfRuntimeLayer crf) {
      return new StepCrf(below, index, crf, dropout(layer));
    }
    if (layer.getClass() == OutputLayer.class || isOverSteps(layer)) {
      BaseOutputLayer<?> dense = (BaseOutputLayer<?>) layer;
      return new StepDense(below, index, dense, gradients(vertex), dropout(layer));
    }
    throw new Obstacle(
        "\"" + vertex.getVertexName() + "\" is a " + layer.getClass().getSimpleName());
  }

  /** Whether a layer is a dense one at each step of sequences [B, S, T]. */
  private static boolean isOverSteps(Layer layer) {
    return layer.getClass() == RnnOutputLayer.class
        && ((RnnOutputLayer) layer).layerConf().getRnnDataFormat() == RNNFormat.NCW;
  }

  /** The dropout of a layer's input. */
  private static StepDropout dropout(Layer layer) throws Obstacle {
    org.deeplearning4j.nn.conf.layers.Layer conf = layer.conf().getLayer();
    if (conf instanceof BaseLayer base && base.getWeightNoise() != null) {
      throw new Obstacle("a layer has weight noise");
    }
    return new StepDropout(conf.getIDropout());
  }

  /** Where the gradients by the parameters of a vertex go: in the order of the parameters. */
  static Map<String, INDArray> gradients(org.deeplearning4j.nn.graph.vertex.GraphVertex vertex)
      throws Obstacle {
    INDArray flat =
        vertex.hasLayer()
            ? vertex.getLayer().getGradientsViewArray()
            : vertex.getGradientsViewArray();
    if (flat == null) {
      throw new Obstacle("the network has no room for gradients");
    }
    INDArray row = flat.reshape(flat.length());
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    long at = 0;
    for (Map.Entry<String, INDArray> entry : vertex.paramTable(false).entrySet()) {
      INDArray parameter = entry.getValue();
      long end = at + parameter.length();
      INDArray part = row.get(NDArrayIndex.interval(at, end));
      gradients.put(entry.getKey(), part.reshape(parameter.ordering(), parameter.shape()));
      at = end;
    }
    return gradients;
  }
}
