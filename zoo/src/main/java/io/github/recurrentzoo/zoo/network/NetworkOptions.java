package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.StateStart;
import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.preset.Optimizer;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.Recipe;
import java.util.Optional;
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
  private Recurrence recurrence = Recurrence.LSTM;
  private int hiddenSize = 64;
  private int layers = 1;
  private boolean bidirectional;
  private double dropout;
  private double l1;
  private double l2;
  private Activation activation;
  private Activation outputActivation;
  private StateStart stateStart;
  private double stateScale;
  private double maxGradientNorm;
  private double maxGradientValue;
  private double defaultGradientNorm;
  private boolean normIsChosen;
  private IUpdater updater = new Adam(1e-3);
  private long seed = 42;
  private DataType dataType = DataType.FLOAT;

  /** For the entries' own builders. */
  protected NetworkOptions() {}

  /** What a recurrent layer computes. Default: {@link Recurrence#LSTM}. */
  public B recurrence(Recurrence recurrence) {
    this.recurrence = Require.notNull("recurrence", recurrence);
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
   * while training, in [0, 1): 0.2 drops one of five. (Deeplearning4j's layers take the opposite,
   * the probability of keeping.) Default: 0.
   */
  public B dropout(double dropout) {
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "dropout is the fraction that is dropped and must be in [0, 1), but is " + dropout);
    }
    this.dropout = dropout;
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
   * The activation f of the recurrent layers; {@link Recurrence#GRU} and {@link Recurrence#RRNN}
   * take all but RRELU, THRESHOLDEDRELU and MISH. Default: {@link Activation#RELU6} for RRNN that
   * carries its main state, {@link Activation#TANH} for the others.
   */
  public B activation(Activation activation) {
    this.activation = Require.notNull("activation", activation);
    return self();
  }

  /**
   * The activation of the output of both forms of RRNN; the output of the others is their state.
   * Default: {@link Activation#IDENTITY}.
   */
  public B outputActivation(Activation outputActivation) {
    this.outputActivation = Require.notNull("outputActivation", outputActivation);
    return self();
  }

  /**
   * How the weights begin through which {@link Recurrence#SIMPLE_RNN} and {@link Recurrence#RRNN}
   * carry their state, which decides how long they remember; for the others there is nothing to
   * choose. Default: {@link StateStart#TIME_SCALES} for RRNN, {@link StateStart#ORTHOGONAL} for
   * {@link Recurrence#RRNN_UPDATED}; for SimpleRnn as its other weights, by Glorot and Bengio.
   */
  public B stateStart(StateStart stateStart) {
    this.stateStart = Require.notNull("stateStart", stateStart);
    return self();
  }

  /**
   * The number that the {@link #stateStart} takes: the factor of SCALED_IDENTITY, the longest time
   * scale of TIME_SCALES in steps (by default {@value StateStart#LONGEST_TIME_SCALE}). Default: 0,
   * none.
   */
  public B stateScale(double stateScale) {
    this.stateScale = Require.notNegative("stateScale", stateScale);
    return self();
  }

  /**
   * The network of a pretrained model, with dropout, penalties and clipping as it was trained with;
   * the updater and the seed stay as they are. {@code build().initPretrained()} gives the network
   * with its weights.
   *
   * @param name of a preset for this entry's task; {@link Presets} tells which there are
   * @throws io.github.recurrentzoo.zoo.preset.UnknownPresetException if there is none of that name
   */
  public B preset(String name) {
    return apply(Architecture.of(Presets.get(name, requireTask())));
  }

  /**
   * The network of a recipe and its optimizer; what the recipe says nothing of stays as it is.
   *
   * @throws IllegalArgumentException if the recipe is for another task, or sets what this entry
   *     does not have
   */
  public B recipe(Recipe recipe) {
    if (!Optional.of(recipe.task()).equals(task())) {
      throw new IllegalArgumentException(
          "The recipe %s is for %s, not for this entry"
              .formatted(recipe.name(), recipe.task().inWords()));
    }
    Architecture network = Architecture.of(recipe);
    apply(network);
    network.refuseUnread(recipe.name());
    recurrence(Recurrence.valueOf(recipe.recurrence()));
    return optimizer(recipe.optimizer());
  }

  private B apply(Architecture network) {
    network.text("recurrence", value -> recurrence(Recurrence.valueOf(value)));
    network.integer("hiddenSize", this::hiddenSize);
    network.integer("layers", this::layers);
    network.text("bidirectional", value -> bidirectional(Boolean.parseBoolean(value)));
    network.text("activation", value -> activation(Activation.valueOf(value)));
    network.further("outputActivation", value -> outputActivation(Activation.valueOf(value)));
    network.further("stateStart", value -> stateStart(StateStart.valueOf(value)));
    network.further("stateScale", value -> stateScale(Double.parseDouble(value)));
    network.number("dropout", this::dropout);
    network.number("l1", this::l1);
    network.number("l2", this::l2);
    network.number("clipValue", this::clipValue);
    network.number("clipNorm", this::clipNorm);
    applyOwn(network);
    return self();
  }

  private Task requireTask() {
    return task()
        .orElseThrow(
            () ->
                new UnsupportedOperationException(
                    "There are no pretrained models for this entry. Use init() of what build()"
                        + " gives, and train it."));
  }

  /** What the entry is for; empty for entries that there can be no presets for. */
  protected Optional<Task> task() {
    return Optional.empty();
  }

  /** Sets the options that only this entry has. */
  protected void applyOwn(Architecture network) {}

  /** The norm that holds where neither a norm nor a value is chosen. */
  protected final void defaultGradientNorm(double norm) {
    defaultGradientNorm = norm;
    maxGradientNorm = norm;
  }

  /**
   * Scales the gradient of a layer down to this L2 norm where it is longer; each layer by itself; 0
   * does not clip. Excludes {@link #clipValue}.
   */
  public B clipNorm(double maxNorm) {
    this.maxGradientNorm = Require.notNegative("clipNorm", maxNorm);
    normIsChosen = true;
    return self();
  }

  /**
   * Cuts each element of the gradient to [-maxValue, maxValue]; 0 does not clip. Takes the place of
   * an entry's default norm; excludes one that was chosen by {@link #clipNorm}.
   */
  public B clipValue(double maxValue) {
    this.maxGradientValue = Require.notNegative("clipValue", maxValue);
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

  /**
   * The same by data, as recipes and model files have it.
   *
   * @throws IllegalArgumentException if it is none of ND4J's updaters, or has a setting that the
   *     updater does not have
   */
  public B optimizer(Optimizer optimizer) {
    return updater(Updaters.of(optimizer));
  }

  /** The seed of the initial weights. Default: 42. */
  public B seed(long seed) {
    this.seed = seed;
    return self();
  }

  /**
   * The type of weights and activations. Kernels serve FLOAT only: DOUBLE is for gradient checks.
   * Default: FLOAT.
   */
  public B dataType(DataType dataType) {
    this.dataType = Require.notNull("dataType", dataType);
    return self();
  }

  /**
   * The entry with these options; changing the builder later leaves it as it is.
   *
   * @throws IllegalArgumentException if options contradict each other
   */
  public abstract RecurrentZooModel build();

  /** This builder. */
  protected abstract B self();

  /**
   * The common options as they are now.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  protected final RecurrentStack stack() {
    return new RecurrentStack(
        recurrence,
        hiddenSize,
        layers,
        bidirectional,
        dropout,
        l1,
        l2,
        activation == null ? recurrence.activation() : activation,
        outputActivation == null ? recurrence.outputActivation() : outputActivation,
        stateStart == null ? recurrence.stateStart() : stateStart,
        stateScale,
        maxGradientNorm,
        maxGradientValue,
        updater,
        seed,
        dataType);
  }

  /** Another builder with the same options. */
  @SuppressWarnings("unchecked") // a clone has the class of the original
  public B copy() {
    try {
      return (B) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("Builders are cloneable", e);
    }
  }
}
