package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.StateCarry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The options that all entries of the zoo have, under the same names. A method that gets an
 * impossible value throws an {@link IllegalArgumentException} which names it.
 *
 * @param <B> the entry's own builder
 */
public abstract class NetworkOptions<B extends NetworkOptions<B>> implements Cloneable {
  Recurrence recurrence = Recurrence.LSTM;
  StateCarry stateCarry = StateCarry.MAIN;
  int hiddenSize = 64;
  int layers = 1;
  boolean bidirectional;
  double dropOut;
  double l1;
  double l2;
  Activation activation = Activation.TANH;
  double maxGradientNorm;
  double maxGradientValue;
  private double defaultGradientNorm;
  private boolean normIsChosen;
  IUpdater updater = new Adam(1e-3);
  long seed = 42;
  DataType dataType = DataType.FLOAT;

  NetworkOptions() {}

  /** What a recurrent layer computes. Default: {@link Recurrence#LSTM}. */
  public B recurrence(Recurrence recurrence) {
    this.recurrence = Require.notNull("recurrence", recurrence);
    return self();
  }

  /**
   * Which state {@link Recurrence#RRNN} carries from step to step; for the other recurrences there
   * is nothing to choose. Default: {@link StateCarry#MAIN}.
   */
  public B stateCarry(StateCarry stateCarry) {
    this.stateCarry = Require.notNull("stateCarry", stateCarry);
    return self();
  }

  /** The size of one direction's state, H. */
  public B hiddenSize(int hiddenSize) {
    this.hiddenSize = Require.atLeast("hiddenSize", 1, hiddenSize);
    return self();
  }

  /** The number of recurrent layers on top of each other. */
  public B layers(int layers) {
    this.layers = Require.atLeast("layers", 1, layers);
    return self();
  }

  /** Whether the recurrent layers that see a whole sequence read it in both directions. */
  public B bidirectional(boolean bidirectional) {
    this.bidirectional = bidirectional;
    return self();
  }

  /**
   * The fraction of the inputs of each recurrent layer and of the output layer that is dropped
   * while training, in [0, 1): 0.2 drops one of five. (Deeplearning4j's own {@code dropOut} is the
   * opposite, the probability of keeping.) Default: 0.
   */
  public B dropOut(double dropOut) {
    if (!(dropOut >= 0 && dropOut < 1)) {
      throw new IllegalArgumentException(
          "dropOut is the fraction that is dropped and must be in [0, 1), but is " + dropOut);
    }
    this.dropOut = dropOut;
    return self();
  }

  /** The L1 penalty on all weights (embedding, recurrent, output), not on biases. Default: 0. */
  public B l1(double l1) {
    this.l1 = Require.notNegative("l1", l1);
    return self();
  }

  /** The L2 penalty on all weights (embedding, recurrent, output), not on biases. Default: 0. */
  public B l2(double l2) {
    this.l2 = Require.notNegative("l2", l2);
    return self();
  }

  /**
   * The activation f of the recurrent layers; {@link Recurrence#RRNN} takes all but RRELU,
   * THRESHOLDEDRELU and MISH. Default: {@link Activation#TANH}.
   */
  public B activation(Activation activation) {
    this.activation = Require.notNull("activation", activation);
    return self();
  }

  /**
   * The network of a pretrained model, with dropout, penalties and clipping as it was trained with;
   * the updater and the seed stay as they are. {@code build().initPretrained()} gives the network
   * with its weights.
   *
   * @param name of a preset for this entry's task; {@link Presets} tells which there are
   * @throws io.github.recurrentzoo.zoo.model.ModelFileException if there is none of that name
   */
  public B preset(String name) {
    Architecture preset = new Architecture(Presets.get(name, requireTask()).architecture());
    recurrence(Recurrence.valueOf(preset.text("recurrence")));
    stateCarry(StateCarry.valueOf(preset.text("stateCarry")));
    hiddenSize(preset.integer("hiddenSize"));
    layers(preset.integer("layers"));
    bidirectional(Boolean.parseBoolean(preset.text("bidirectional")));
    activation(Activation.valueOf(preset.text("activation")));
    dropOut(preset.number("dropOut"));
    l1(preset.number("l1"));
    l2(preset.number("l2"));
    clipGradientValue(preset.number("clipGradientValue"));
    clipGradientNorm(preset.number("clipGradientNorm"));
    applyOwn(preset);
    return self();
  }

  private Task requireTask() {
    return task()
        .orElseThrow(
            () ->
                new UnsupportedOperationException(
                    "There are no pretrained models for this entry. Use init() of what build() gives, and train it."));
  }

  /** What the entry is for; empty for entries that there can be no presets for. */
  Optional<Task> task() {
    return Optional.empty();
  }

  /** Sets the options that only this entry has. */
  void applyOwn(Architecture preset) {}

  /** The norm that holds where neither a norm nor a value is chosen. */
  void defaultGradientNorm(double norm) {
    defaultGradientNorm = norm;
    maxGradientNorm = norm;
  }

  /**
   * Scales the gradient of a layer down to this L2 norm where it is longer; each layer by itself; 0
   * does not clip. Excludes {@link #clipGradientValue}.
   */
  public B clipGradientNorm(double maxNorm) {
    this.maxGradientNorm = Require.notNegative("clipGradientNorm", maxNorm);
    normIsChosen = true;
    return self();
  }

  /**
   * Cuts each element of the gradient to [-maxValue, maxValue]; 0 does not clip. Takes the place of
   * an entry's default norm; excludes one that was chosen by {@link #clipGradientNorm}.
   */
  public B clipGradientValue(double maxValue) {
    this.maxGradientValue = Require.notNegative("clipGradientValue", maxValue);
    if (!normIsChosen) {
      maxGradientNorm = maxValue > 0 ? 0 : defaultGradientNorm;
    }
    return self();
  }

  /**
   * How gradients become steps, learning rate included; schedules by epoch and by iteration work.
   * Default: Adam with a learning rate of 0.001.
   */
  public B updater(IUpdater updater) {
    this.updater = Require.notNull("updater", updater);
    return self();
  }

  /** The seed of the initial weights. Default: 42. */
  public B seed(long seed) {
    this.seed = seed;
    return self();
  }

  /** The type of weights and activations: DOUBLE for gradient checks. Default: FLOAT. */
  B dataType(DataType dataType) {
    this.dataType = Require.notNull("dataType", dataType);
    return self();
  }

  /**
   * The entry with these options; changing the builder later leaves it as it is.
   *
   * @throws IllegalArgumentException if options contradict each other
   */
  public abstract RecurrentZooModel build();

  abstract B self();

  /**
   * Refuses options that contradict each other.
   *
   * @throws IllegalArgumentException if gradients are to be clipped both by norm and by value, or a
   *     state is chosen for a recurrence that has only one
   */
  void check() {
    if (maxGradientNorm > 0 && maxGradientValue > 0) {
      throw new IllegalArgumentException(
          "Gradients can be clipped by norm ("
              + maxGradientNorm
              + ") or by value ("
              + maxGradientValue
              + "), not by both; leave one of them at 0");
    }
    if (stateCarry != StateCarry.MAIN && recurrence != Recurrence.RRNN) {
      throw new IllegalArgumentException(
          "stateCarry "
              + stateCarry
              + " is a choice of RRNN, but the recurrence is "
              + recurrence
              + "; leave it at MAIN");
    }
  }

  /** What holds for all layers: seed, type, updater, initial weights, penalties and clipping. */
  NeuralNetConfiguration.Builder global() {
    FusedKernels.prepare(); // Deeplearning4j's builder loads the native libraries
    NeuralNetConfiguration.Builder global =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(dataType)
            .updater(updater.clone())
            .weightInit(WeightInit.XAVIER)
            .l1(l1)
            .l2(l2);
    if (maxGradientNorm > 0) {
      global
          .gradientNormalization(GradientNormalization.ClipL2PerLayer)
          .gradientNormalizationThreshold(maxGradientNorm);
    } else if (maxGradientValue > 0) {
      global
          .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
          .gradientNormalizationThreshold(maxGradientValue);
    }
    return global;
  }

  /** The size of a recurrent layer's output: H, or 2H if bidirectional. */
  int outputSize() {
    return bidirectional ? 2 * hiddenSize : hiddenSize;
  }

  /**
   * Adds the recurrent layers on top of each other, named {@code name-1}, {@code name-2} ...
   *
   * @param below the name of the vertex below, which carries [B, D, T]
   * @param inputSize D
   * @param maskInput the network input whose mask says which steps are there
   * @return the name of the vertex that carries the output at each step, [B, H, T] or [B, 2H, T]
   */
  String addAllSteps(
      GraphBuilder graph, String name, String below, int inputSize, String maskInput) {
    return addAllSteps(graph, name, below, inputSize, maskInput, layers);
  }

  /** The vertices for directions and final states. */
  SequenceVertices vertices() {
    return SequenceVertices.DEEPLEARNING4J;
  }

  private String addAllSteps(
      GraphBuilder graph, String name, String below, int inputSize, String maskInput, int count) {
    RecurrentLayers stack = recurrence.layers(vertices());
    String top = below;
    for (int i = 1; i <= count; i++) {
      RecurrentSpec spec = spec(i == 1 ? inputSize : outputSize());
      top = stack.addAllSteps(graph, name + "-" + i, top, spec, maskInput);
    }
    return top;
  }

  /**
   * As {@link #addAllSteps}, but the last layer gives its final state.
   *
   * @return the name of the vertex that carries [B, H] or [B, 2H]
   */
  String addFinalState(
      GraphBuilder graph, String name, String below, int inputSize, String maskInput) {
    String top = addAllSteps(graph, name, below, inputSize, maskInput, layers - 1);
    RecurrentSpec spec = spec(layers == 1 ? inputSize : outputSize());
    return recurrence
        .layers(vertices())
        .addFinalState(graph, name + "-" + layers, top, spec, maskInput);
  }

  /** A recurrent layer with these options and an input of D numbers a step. */
  RecurrentSpec spec(int inputSize) {
    return new RecurrentSpec(inputSize, hiddenSize, bidirectional, activation, dropOut, stateCarry);
  }

  /** The options by name, for people to read in a saved model. */
  Map<String, Object> describe() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("recurrence", recurrence.name());
    map.put("stateCarry", stateCarry.name());
    map.put("hiddenSize", hiddenSize);
    map.put("layers", layers);
    map.put("bidirectional", bidirectional);
    map.put("dropOut", dropOut);
    map.put("l1", l1);
    map.put("l2", l2);
    map.put("activation", activation.name());
    map.put("clipGradientNorm", maxGradientNorm);
    map.put("clipGradientValue", maxGradientValue);
    map.put("updater", updater.toString());
    map.put("seed", seed);
    return map;
  }

  /** Another builder with the same options. */
  @SuppressWarnings("unchecked") // a clone has the class of the original
  B copy() {
    try {
      return (B) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("Builders are cloneable", e);
    }
  }
}
