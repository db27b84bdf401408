package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.ConcatPoolingVertex;
import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.StateStart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The options that all entries have, as {@link NetworkOptions} collected them, and the recurrent
 * layers that they make. It does not change.
 *
 * @param recurrence what a recurrent layer computes
 * @param hiddenSize the size of one direction's state, H
 * @param layers the number of recurrent layers on top of each other
 * @param bidirectional whether layers that see a whole sequence read it in both directions
 * @param dropout the fraction of a layer's inputs that is dropped while training
 * @param l1 the L1 penalty on weights
 * @param l2 the L2 penalty on weights
 * @param activation of the recurrent layers
 * @param outputActivation of RRNN's output; null for other recurrences
 * @param stateStart how the weights begin that carry the state; null for as other weights
 * @param stateScale the number that the start takes, 0 for none
 * @param clipNorm the longest gradient of a layer, 0 for any
 * @param clipValue the largest element of a gradient, 0 for any
 * @param updater how gradients become steps
 * @param seed of the initial weights
 * @param dataType of weights and activations
 */
public record RecurrentStack(
    Recurrence recurrence,
    int hiddenSize,
    int layers,
    boolean bidirectional,
    double dropout,
    double l1,
    double l2,
    Activation activation,
    Activation outputActivation,
    StateStart stateStart,
    double stateScale,
    double clipNorm,
    double clipValue,
    IUpdater updater,
    long seed,
    DataType dataType) {

  /**
   * Refuses options that contradict each other.
   *
   * @throws IllegalArgumentException if gradients are to be clipped both by norm and by value, or a
   *     start or the activation of the output is chosen for a recurrence that has no such choice,
   *     or the start does not take the scale
   */
  public RecurrentStack {
    if (clipNorm > 0 && clipValue > 0) {
      throw new IllegalArgumentException(
          "Gradients can be clipped by norm ("
              + clipNorm
              + ") or by value ("
              + clipValue
              + "), not by both; leave one of them at 0");
    }
    if (outputActivation != null && recurrence.outputActivation() == null) {
      throw new IllegalArgumentException(
          "outputActivation %s is a choice of RRNN, but the recurrence is %s, whose output is its state; leave it out"
              .formatted(outputActivation, recurrence));
    }
    if (stateStart != null && !recurrence.choosesStateStart()) {
      throw new IllegalArgumentException(
          "stateStart %s is a choice of SIMPLE_RNN and RRNN, but the recurrence is %s; leave it out"
              .formatted(stateStart, recurrence));
    }
    if (stateStart != null) {
      stateScale = stateStart.scale(stateScale);
    } else if (stateScale != 0) {
      throw new IllegalArgumentException(
          "stateScale is %s, but there is no stateStart that takes it; set one, or leave it at 0"
              .formatted(stateScale));
    }
  }

  /** What holds for all layers: seed, type, updater, initial weights, penalties and clipping. */
  public NeuralNetConfiguration.Builder global() {
    FusedKernels.prepare(); // Deeplearning4j's builder loads the native libraries
    NeuralNetConfiguration.Builder global =
        new NeuralNetConfiguration.Builder()
            .seed(Networks.seed(seed))
            .dataType(dataType)
            .updater(updater.clone())
            .weightInit(WeightInit.XAVIER)
            .l1(l1)
            .l2(l2);
    if (clipNorm > 0) {
      global
          .gradientNormalization(GradientNormalization.ClipL2PerLayer)
          .gradientNormalizationThreshold(clipNorm);
    } else if (clipValue > 0) {
      global
          .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
          .gradientNormalizationThreshold(clipValue);
    }
    return global;
  }

  /** The size of a recurrent layer's output: H, or 2H if bidirectional. */
  public int outputSize() {
    return bidirectional ? 2 * hiddenSize : hiddenSize;
  }

  /** An output layer's builder that reads the top recurrent layer, with this dropout. */
  public <L extends FeedForwardLayer.Builder<?>> L onTop(L output) {
    output.nIn(outputSize());
    if (dropout > 0) {
      output.dropOut(1 - dropout);
    }
    return output;
  }

  /** The same for layers that must not read from the end. */
  public RecurrentStack forwardOnly() {
    return withDirections(false);
  }

  /** The same for layers that read a whole sequence, whatever the others do. */
  public RecurrentStack inBothDirections() {
    return withDirections(true);
  }

  private RecurrentStack withDirections(boolean both) {
    return new RecurrentStack(
        recurrence,
        hiddenSize,
        layers,
        both,
        dropout,
        l1,
        l2,
        activation,
        outputActivation,
        stateStart,
        stateScale,
        clipNorm,
        clipValue,
        updater,
        seed,
        dataType);
  }

  /**
   * Adds the recurrent layers on top of each other, named {@code name-1}, {@code name-2} ...
   *
   * @param vertices those for directions and final states
   * @param below the name of the vertex below, which carries [B, D, T]
   * @param inputSize D
   * @param maskInput the network input whose mask says which steps are there
   * @return the name of the vertex that carries the output at each step, [B, H, T] or [B, 2H, T]
   */
  public String addAllSteps(
      GraphBuilder graph,
      SequenceVertices vertices,
      String name,
      String below,
      int inputSize,
      String maskInput) {
    return addAllSteps(graph, vertices, name, below, inputSize, maskInput, layers);
  }

  private String addAllSteps(
      GraphBuilder graph,
      SequenceVertices vertices,
      String name,
      String below,
      int inputSize,
      String maskInput,
      int count) {
    RecurrentLayers made = recurrence.layers(vertices);
    String top = below;
    for (int i = 1; i <= count; i++) {
      RecurrentSpec spec = spec(i == 1 ? inputSize : outputSize());
      top = made.addAllSteps(graph, name + "-" + i, top, spec, maskInput);
    }
    return top;
  }

  /**
   * As {@link #addAllSteps}, but the last layer gives its final state.
   *
   * @return the name of the vertex that carries [B, H] or [B, 2H]
   */
  public String addFinalState(
      GraphBuilder graph,
      SequenceVertices vertices,
      String name,
      String below,
      int inputSize,
      String maskInput) {
    String top = addAllSteps(graph, vertices, name, below, inputSize, maskInput, layers - 1);
    RecurrentSpec spec = spec(layers == 1 ? inputSize : outputSize());
    return recurrence
        .layers(vertices)
        .addFinalState(graph, name + "-" + layers, top, spec, maskInput);
  }

  /**
   * As {@link #addAllSteps}, and the last layer gives its final state, too.
   *
   * @return the names of the vertices that carry [B, H, T], of both directions if there are two,
   *     and [B, H] or [B, 2H]
   */
  public StepsAndState addStepsAndState(
      GraphBuilder graph,
      SequenceVertices vertices,
      String name,
      String below,
      int inputSize,
      String maskInput) {
    String top = addAllSteps(graph, vertices, name, below, inputSize, maskInput, layers - 1);
    RecurrentSpec spec = spec(layers == 1 ? inputSize : outputSize());
    return recurrence
        .layers(vertices)
        .addStepsAndState(graph, name + "-" + layers, top, spec, maskInput);
  }

  /**
   * Names of vertices.
   *
   * @param steps carry the output at each step, each a part of it
   * @param state carries the final state
   */
  public record StepsAndState(List<String> steps, String state) {}

  /**
   * As {@link #addAllSteps}, with what a pooling reads of all steps.
   *
   * @return the name of the vertex that carries [B, pooling.size(S)], S being {@link #outputSize}
   */
  public String addPooled(
      GraphBuilder graph,
      SequenceVertices vertices,
      Pooling pooling,
      String name,
      String below,
      int inputSize,
      String maskInput) {
    if (pooling == Pooling.FINAL) {
      return addFinalState(graph, vertices, name, below, inputSize, maskInput);
    }
    String top = addAllSteps(graph, vertices, name, below, inputSize, maskInput);
    graph.addVertex(name + "-pooled", new ConcatPoolingVertex(maskInput, bidirectional), top);
    return name + "-pooled";
  }

  private RecurrentSpec spec(int inputSize) {
    return new RecurrentSpec(
        inputSize,
        hiddenSize,
        bidirectional,
        activation,
        dropout,
        outputActivation,
        stateStart,
        stateScale);
  }

  /** The options by name, for people to read in a saved model. */
  public Map<String, Object> describe() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("recurrence", recurrence.name());
    map.put("hiddenSize", hiddenSize);
    map.put("layers", layers);
    map.put("bidirectional", bidirectional);
    map.put("dropout", dropout);
    map.put("l1", l1);
    map.put("l2", l2);
    map.put("activation", activation.name());
    if (outputActivation != null) {
      map.put("outputActivation", outputActivation.name());
    }
    if (stateStart != null) {
      map.put("stateStart", stateStart.name());
      map.put("stateScale", stateScale);
    }
    map.put("clipNorm", clipNorm);
    map.put("clipValue", clipValue);
    map.put("updater", updater.toString());
    map.put(Updaters.OPTIMIZER, Updaters.describeAsMap(updater));
    map.put("seed", seed);
    return map;
  }
}
