package io.github.recurrentzoo.layers.runtime;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.recurrentzoo.layers.AttachReport;
import io.github.recurrentzoo.layers.AttachReport.Entry;
import io.github.recurrentzoo.layers.AttachReport.Outcome;
import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.KernelMode;
import io.github.recurrentzoo.layers.kernel.Kernels;
import io.github.recurrentzoo.layers.kernel.Kernels.Choice;
import io.github.recurrentzoo.layers.runtime.KernelPasses.Plan;
import io.github.recurrentzoo.layers.step.StepSolver;
import io.github.recurrentzoo.layers.step.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.feedforward.embedding.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.layers.recurrent.BidirectionalLayer;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.layers.recurrent.LastTimeStepLayer;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;
import org.deeplearning4j.nn.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Does the work of {@code FusedKernels}: walks through a network, makes layers with kernels, and
 * puts them in when all is known to be well.
 */
public final class LayerAttacher {

  private static final String EMBEDDING_KERNEL = "rows are read and added in time-major order";
  private static final String SOFTMAX_KERNEL =
      "softmax, cross-entropy and their gradients in one pass";
  private static final String CRF_KERNEL = "sums over all labellings in one pass each way";

  private final KernelMode mode;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private final List<Runnable> replacements = new ArrayList<>();
  private boolean backwards; // whether layers get kernels that go back in time

  private LayerAttacher(KernelMode mode) {
    this.mode = mode;
  }

  /** See {@code FusedKernels.attach(MultiLayerNetwork, KernelMode)}. */
  public static AttachReport attach(MultiLayerNetwork network, KernelMode mode) {
    network.init(); // does nothing where that has been done
    LayerAttacher attacher = new LayerAttacher(mode);
    Layer[] before = network.getLayers();
    Layer[] after = new Layer[before.length];
    for (int i = 0; i < before.length; i++) {
      String name = before[i].conf().getLayer().getLayerName();
      after[i] = attacher.visit(before[i], name == null ? "layer " + i : name, "%s");
    }
    attacher.replacements.add(() -> NetworkLayers.replace(network, after));
    return attacher.finish(network.params().dataType(), network::getUpdater);
  }

  /** See {@code FusedKernels.attach(ComputationGraph, KernelMode)}. */
  public static AttachReport attach(ComputationGraph graph, KernelMode mode) {
    graph.init(); // does nothing where that has been done
    LayerAttacher attacher = new LayerAttacher(mode);
    for (int i : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[i];
      if (vertex instanceof LayerVertex layerVertex) {
        Layer before = layerVertex.getLayer();
        Layer after = attacher.visit(before, vertex.getVertexName(), "%s");
        if (after != before) {
          attacher.replacements.add(() -> NetworkLayers.replace(graph, layerVertex, after));
        }
      }
    }
    DataType dataType = graph.params().dataType();
    AttachReport report = attacher.finish(dataType, graph::getUpdater);
    return Kernels.serveOthers(dataType, mode) ? attacher.withStep(graph) : report;
  }

  /** The whole step of training, where all that is in it has a kernel. */
  private AttachReport withStep(ComputationGraph graph) {
    boolean before = StepSolver.stepOf(graph).isPresent();
    if (!"off".equals(System.getProperty(FusedKernels.STEP)) && StepSolver.attach(graph)) {
      Optional<String> obstacle = TrainingStep.obstacle(graph);
      if (obstacle.isEmpty()) {
        Outcome outcome = before ? Outcome.ALREADY_ATTACHED : Outcome.ATTACHED;
        add("(training)", "fit", outcome, "forward, loss, backward and update on kernels");
      }
    }
    return new AttachReport(entries);
  }

  private AttachReport finish(DataType dataType, Supplier<Updater> updater) {
    if (!refusals.isEmpty()) {
      throw new UnsupportedOperationException(
          "No kernel was attached. " + String.join("\n", refusals));
    }
    replacements.forEach(Runnable::run);
    if (Kernels.serveOthers(dataType, mode)) {
      visitUpdater(updater);
    }
    return new AttachReport(entries);
  }

  private void visitUpdater(Supplier<Updater> ofNetwork) {
    Updater made;
    try {
      made = ofNetwork.get(); // now, if it has not been made yet
    } catch (RuntimeException e) {
      // Some networks can be asked, but not trained; Bidirectional(LastTimeStep(...)) is one.
      add("(updater)", "unknown", Outcome.LEFT_ALONE, "Deeplearning4j cannot make one: " + e);
      return;
    }
    if (!(made instanceof BaseMultiLayerUpdater<?> updater)) {
      return; // somebody's own
    }
    NetworkLayers.Counts counts = NetworkLayers.fuseAdam(updater);
    if (counts.before() + counts.now() > 0) {
      Outcome outcome = counts.now() > 0 ? Outcome.ATTACHED : Outcome.ALREADY_ATTACHED;
      String reason =
          String.format(
              Locale.ROOT, "%,d of %,d parameters", counts.before() + counts.now(), counts.all());
      add("(updater)", "Adam", outcome, reason);
    }
  }

  /**
   * Decides about a layer and what it wraps.
   *
   * @param kind the wrappers around the layer, with %s for what they wrap
   * @return the layer to take its place, or the layer itself
   */
  private Layer visit(Layer layer, String name, String kind) {
    if (layer instanceof RebuiltBidirectionalLayer bidirectional) {
      visit(bidirectional.forwards(), name, kind.formatted("Bidirectional(%s)"));
      return layer;
    }
    if (layer instanceof BidirectionalLayer bidirectional) {
      return visitBidirectional(bidirectional, name, kind.formatted("Bidirectional(%s)"));
    }
    if (layer.getClass() == EmbeddingSequenceLayer.class) {
      return visitEmbedding((EmbeddingSequenceLayer) layer, name, kind.formatted(kindOf(layer)));
    }
    if (layer instanceof FusedEmbeddingLayer) {
      add(name, kind.formatted(kindOf(layer)), Outcome.ALREADY_ATTACHED, EMBEDDING_KERNEL);
      return layer;
    }
    if (layer.getClass() == RnnOutputLayer.class) {
      return visitOutput((RnnOutputLayer) layer, name, kind.formatted(kindOf(layer)));
    }
    if (layer instanceof FusedSoftmaxLayer) {
      add(name, kind.formatted(kindOf(layer)), Outcome.ALREADY_ATTACHED, SOFTMAX_KERNEL);
      return layer;
    }
    if (layer instanceof CrfRuntimeLayer) {
      add(name, kind.formatted("CrfOutput"), Outcome.OWN_KERNEL, CRF_KERNEL);
      return layer;
    }
    if (layer instanceof BaseWrapperLayer wrapper) {
      return visitWrapper(wrapper, name, kind.formatted(kindOf(layer) + "(%s)"));
    }
    if (layer instanceof RecurrentLayer) {
      return visitRecurrent(layer, name, kind.formatted(kindOf(layer)));
    }
    return layer;
  }

  private Layer visitEmbedding(EmbeddingSequenceLayer layer, String name, String kind) {
    if (!Kernels.serveOthers(layer.getDataType(), mode)) {
      return layer;
    }
    Optional<String> obstacle = FusedEmbeddingLayer.obstacle(layer);
    if (obstacle.isPresent()) {
      add(name, kind, Outcome.LEFT_ALONE, obstacle.get());
      return layer;
    }
    add(name, kind, Outcome.ATTACHED, EMBEDDING_KERNEL);
    return new FusedEmbeddingLayer(layer);
  }

  private Layer visitOutput(RnnOutputLayer layer, String name, String kind) {
    if (!Kernels.serveOthers(layer.getDataType(), mode) || !FusedSoftmaxLayer.isSoftmax(layer)) {
      return layer;
    }
    Optional<String> obstacle = FusedSoftmaxLayer.obstacle(layer);
    if (obstacle.isPresent()) {
      add(name, kind, Outcome.LEFT_ALONE, obstacle.get());
      return layer;
    }
    add(name, kind, Outcome.ATTACHED, SOFTMAX_KERNEL);
    return new FusedSoftmaxLayer(layer);
  }

  private Layer visitWrapper(BaseWrapperLayer wrapper, String name, String kind) {
    Layer before = wrapper.getUnderlying();
    Layer after = visit(before, name, kind);
    if (after == before) {
      return wrapper;
    }
    if (wrapper.getClass() == LastTimeStepLayer.class && after instanceof KernelHost host) {
      return new FusedLastTimeStepLayer(host);
    }
    replacements.add(() -> wrapper.setUnderlying(after));
    return wrapper;
  }

  /** Its two layers cannot be reached, so they are made once more, upon the same parameters. */
  private Layer visitBidirectional(BidirectionalLayer layer, String name, String kind) {
    Bidirectional conf = (Bidirectional) layer.conf().getLayer();
    INDArray params = layer.params().reshape(layer.params().length());
    long half = params.length() / 2;
    Layer forward = half(layer, conf.getFwd(), params.get(interval(0, half)));
    Layer backward = half(layer, conf.getBwd(), params.get(interval(half, 2 * half)));
    Layer newForwards = visit(forward, name, kind);
    int count = entries.size();
    backwards = newForwards instanceof KernelHost; // else Deeplearning4j's code reverses time
    Layer newBackwards = visit(backward, name, kind);
    backwards = false;
    entries.subList(count, entries.size()).clear(); // as for the one before
    if (count == 0 || entries.get(count - 1).outcome() != Outcome.ATTACHED) {
      return layer;
    }
    return newForwards instanceof KernelHost f && newBackwards instanceof KernelHost b
        ? new FusedBidirectionalLayer(layer, f, b)
        : new RebuiltBidirectionalLayer(layer, newForwards, newBackwards);
  }

  private static Layer half(
      BidirectionalLayer layer, org.deeplearning4j.nn.conf.layers.Layer conf, INDArray params) {
    NeuralNetConfiguration own = layer.conf().clone();
    own.clearVariables();
    own.setLayer(conf);
    return conf.instantiate(
        own, layer.getListeners(), layer.getIndex(), params, false, params.dataType());
  }

  private Layer visitRecurrent(Layer layer, String name, String kind) {
    if (layer instanceof KernelHost host) {
      add(name, kind, Outcome.ALREADY_ATTACHED, host.passes().reason());
      return layer;
    }
    if (layer instanceof RecurrentSameDiffRuntime recurrent) {
      Choice choice = recurrent.kernelChoice();
      Outcome outcome = choice.kernel().isPresent() ? Outcome.OWN_KERNEL : Outcome.LEFT_ALONE;
      add(name, kind, outcome, choice.reason());
      return layer;
    }
    Choice choice;
    try {
      choice = choose(layer);
    } catch (UnsupportedOperationException e) {
      refusals.add(kind + " \"" + name + "\": " + e.getMessage());
      return layer;
    }
    if (choice.kernel().isEmpty()) {
      add(name, kind, Outcome.LEFT_ALONE, choice.reason());
      return layer;
    }
    add(name, kind, Outcome.ATTACHED, choice.reason());
    return layer instanceof LSTM lstm
        ? new FusedLstmLayer(lstm, plan(lstm), choice)
        : new FusedSimpleRnnLayer((SimpleRnn) layer, plan((SimpleRnn) layer), choice);
  }

  private Choice choose(Layer layer) {
    Optional<String> obstacle = StandardCells.obstacle(layer);
    if (obstacle.isPresent()) {
      return Kernels.unserved(obstacle.get(), mode);
    }
    Plan plan = plan((BaseRecurrentLayer<?>) layer);
    return plan.choose(true);
  }

  private Plan plan(BaseRecurrentLayer<?> layer) {
    return new Plan(
        StandardCells.cell(layer), layer.getDataType(), layer.getDataFormat(), mode, !backwards);
  }

  private void add(String name, String kind, Outcome outcome, String reason) {
    entries.add(new Entry(name, kind, outcome, reason));
  }

  /** The name of the layer's configuration, more or less. */
  private static String kindOf(Layer layer) {
    if (layer instanceof RecurrentSameDiffRuntime recurrent) {
      return recurrent.kind();
    }
    Class<?> type = layer.getClass();
    boolean ours = type.getPackage().equals(LayerAttacher.class.getPackage());
    return (ours ? type.getSuperclass() : type).getSimpleName().replace("Layer", "");
  }
}
