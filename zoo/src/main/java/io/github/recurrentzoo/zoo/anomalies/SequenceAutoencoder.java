package io.github.recurrentzoo.zoo.anomalies;

import io.github.recurrentzoo.layers.ContextVertex;
import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.network.Architecture;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.network.RecurrentStack;
import io.github.recurrentzoo.zoo.network.RecurrentZooModel;
import io.github.recurrentzoo.zoo.network.SequenceVertices;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.preset.Recipes;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network that reads a window of numbers, keeps a few numbers of it, and gives the window back:
 * an encoder, a code of K numbers, and a decoder (Malhotra et al. 2016, LSTM-based encoder-decoder
 * for multi-sensor anomaly detection). What it has learned from normal windows alone it gives back
 * badly where a window is not normal.
 *
 * <pre>
 * s = recurrent([x_1 ; p_1] ... [x_T ; p_T])                the final state
 * c = tanh(W_c s + b_c)                                     the code
 * d_1 ... d_T = recurrent([p_1 ; c] ... [p_T ; c])          in both directions
 * y_t = W_o d_t + b_o
 * </pre>
 *
 * <p>p is what is known of a step without having looked at it: its place in the window and its
 * place in the calendar. So the code need not hold what day it is.
 *
 * <ul>
 *   <li>Input {@value #STEPS}: [x ; p], [B, D + P, T].
 *   <li>Input {@value #PLACES}: p, [B, P, T].
 *   <li>Output {@value #OUTPUT}: y, [B, D, T], trained with the mean absolute error, for which rare
 *       anomalies among the rows to learn from weigh little.
 * </ul>
 *
 * <p>{@link AnomalyDetector} is the way from a time series to marked steps; this class is for those
 * who bring their own arrays.
 */
@SuppressWarnings("unchecked") // Deeplearning4j's init(): see RecurrentZooModel
public final class SequenceAutoencoder extends RecurrentZooModel {
  /** What it is for. */
  public static final Task TASK = new Task("anomaly-detection");

  /** Name of the network's input. */
  public static final String STEPS = "steps";

  /** Name of the network's second input. */
  public static final String PLACES = "places";

  /** Name of the network's output layer. */
  public static final String OUTPUT = "reconstruction";

  static final String CODE = "code";

  private final Builder options;
  private final RecurrentStack stack;

  private SequenceAutoencoder(Builder options, RecurrentStack stack) {
    this.options = options;
    this.stack = stack;
  }

  /** A builder with the defaults that its methods name. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How to train such a network well; {@link Builder#recipe} and that of the training options take
   * it.
   *
   * @param name {@code normal-series} for a series of your own
   * @throws IllegalArgumentException if there is none of that name; the message lists those that
   *     there are
   */
  public static Recipe recipe(String name, Recurrence recurrence) {
    return Recipes.get(name, TASK, recurrence.name());
  }

  @Override
  public ComputationGraphConfiguration configuration() {
    GraphBuilder graph = stack.global().graphBuilder().addInputs(STEPS, PLACES);
    String state =
        stack.addFinalState(
            graph,
            SequenceVertices.OURS,
            "encoder",
            STEPS,
            options.channels + options.placeSize,
            STEPS);
    graph.addLayer(
        CODE,
        new DenseLayer.Builder()
            .nIn(stack.outputSize())
            .nOut(options.codeSize)
            .activation(Activation.TANH)
            .build(),
        state);
    graph.addVertex("decoder-input", new ContextVertex(), PLACES, CODE);
    RecurrentStack decoder = stack.inBothDirections();
    String top =
        decoder.addAllSteps(
            graph,
            SequenceVertices.OURS,
            "decoder",
            "decoder-input",
            options.placeSize + options.codeSize,
            PLACES);
    RnnOutputLayer.Builder output =
        new RnnOutputLayer.Builder(LossFunction.MEAN_ABSOLUTE_ERROR)
            .activation(Activation.IDENTITY)
            .nOut(options.channels)
            .dataFormat(RNNFormat.NCW);
    return graph.addLayer(OUTPUT, decoder.onTop(output).build(), top).setOutputs(OUTPUT).build();
  }

  /** The number of channels, D. */
  public int channels() {
    return options.channels;
  }

  /** How many numbers are known of a step without having looked at it, P. */
  public int placeSize() {
    return options.placeSize;
  }

  /** The size of the code, K. */
  public int codeSize() {
    return options.codeSize;
  }

  /** The options, as a new builder: changing it leaves this entry as it is. */
  public Builder toBuilder() {
    return options.copy();
  }

  @Override
  protected Optional<Task> task() {
    return Optional.of(TASK);
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> map = stack.describe();
    map.put("channels", options.channels);
    map.put("placeSize", options.placeSize);
    map.put("codeSize", options.codeSize);
    return map;
  }

  @Override
  protected int outputs() {
    return options.channels;
  }

  /**
   * Options of {@link SequenceAutoencoder}. By default one layer of 64 units and a code of {@value
   * #CODE_SIZE}, with each layer's gradient clipped to a norm of {@value #CLIP_NORM}.
   */
  public static final class Builder extends NetworkOptions<Builder> {
    /** The default of {@link #codeSize}. */
    public static final int CODE_SIZE = 8;

    /** The default of {@link #clipNorm}. */
    public static final double CLIP_NORM = 5;

    private int channels = 1;
    private int placeSize = 1;
    private int codeSize = CODE_SIZE;

    private Builder() {
      defaultGradientNorm(CLIP_NORM);
    }

    /** The number of channels, D; {@link AnomalyDetector} sets it by itself. Default: 1. */
    public Builder channels(int channels) {
      this.channels = Require.atLeast("channels", 1, channels);
      return this;
    }

    /**
     * How many numbers are known of a step without having looked at it, P; {@link AnomalyDetector}
     * sets it by itself. Default: 1.
     */
    public Builder placeSize(int placeSize) {
      this.placeSize = Require.atLeast("placeSize", 1, placeSize);
      return this;
    }

    /**
     * The size of the code, K: how much the network may keep of a window. One that is large lets it
     * copy what is not normal, too. Default: {@value #CODE_SIZE}.
     */
    public Builder codeSize(int codeSize) {
      this.codeSize = Require.atLeast("codeSize", 1, codeSize);
      return this;
    }

    /**
     * The entry with these options; changing the builder later leaves it as it is.
     *
     * @throws IllegalArgumentException if options contradict each other
     */
    @Override
    public SequenceAutoencoder build() {
      return new SequenceAutoencoder(copy(), stack());
    }

    @Override
    protected Optional<Task> task() {
      return Optional.of(TASK);
    }

    @Override
    protected void applyOwn(Architecture network) {
      network.integer("channels", this::channels);
      network.integer("placeSize", this::placeSize);
      network.integer("codeSize", this::codeSize);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
