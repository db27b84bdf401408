package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.layers.ContextVertex;
import io.github.recurrentzoo.layers.QuantileLoss;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network that reads a sequence of numbers and answers with numbers: one or more recurrent
 * layers, and a linear output layer on the last layer's final state, which gives all steps of the
 * horizon at once.
 *
 * <ul>
 *   <li>Input {@value #SERIES}: [B, D, T], with a mask [B, T] of 1 (step) and 0 (padding) if the
 *       sequences differ in length. Sequences are padded on the right.
 *   <li>Output {@value #OUTPUT}: [B, targets * horizon], the steps of the first target, then those
 *       of the second one ...
 * </ul>
 *
 * <p>If something is known of the steps to come ({@link Builder#futureSize} F above 0), there is a
 * decoder in place of that output layer. The encoder's final state s, as c = tanh(W_c s + b_c),
 * joins what is known of each step k, and recurrent layers in both directions read these steps, for
 * what comes after a step is known as well as what comes before it:
 *
 * <pre>
 * d_1 ... d_h = recurrent([a_1 ; c] ... [a_h ; c])      y_k = W_o d_k + b_o
 * </pre>
 *
 * <ul>
 *   <li>Second input {@value #AHEAD}: a, [B, F, h].
 *   <li>Output {@value #OUTPUT}: [B, targets, h].
 * </ul>
 *
 * <p>A network for many series ({@link Builder#series}) has a further input, {@value #NAME}: the
 * number of the series, [B, 1], 0 for one that is not known. Its embedding joins the encoder's
 * final state.
 *
 * <p>With {@link Builder#quantiles}, each target has 1 + Q answers in place of one: the estimate,
 * then the quantiles by their levels, [B, targets * (1 + Q) * horizon], or [B, targets * (1 + Q),
 * h] of a decoder. Labels have that shape, too, the same for all answers of a target ({@link
 * QuantileLoss}).
 *
 * <p>{@link Forecaster} is the way from a time series to a forecast; this class is for those who
 * bring their own arrays.
 */
@SuppressWarnings("unchecked") // Deeplearning4j's init(): see RecurrentZooModel
public final class SequenceForecasting extends RecurrentZooModel {
  /** What it is for. */
  public static final Task TASK = new Task("forecasting");

  /** Name of the network's input. */
  public static final String SERIES = "series";

  /** Name of the network's second input, if it has one. */
  public static final String AHEAD = "ahead";

  /** Name of the network's last input, if it is one for many series. */
  public static final String NAME = "name";

  static final String NAME_EMBEDDING = "name-embedding";

  /** Name of the network's output layer. */
  public static final String OUTPUT = "forecast";

  /** What training makes small, as a mean over all outputs; of quantiles the pinball loss. */
  public enum Loss {
    /** The squared error: the answer is an estimate of the mean. */
    SQUARED(LossFunction.MSE),
    /** The absolute error: the answer is an estimate of the median, and outliers weigh less. */
    ABSOLUTE(LossFunction.MEAN_ABSOLUTE_ERROR);

    private final LossFunction function;

    Loss(LossFunction function) {
      this.function = function;
    }
  }

  private final Builder options;
  private final RecurrentStack stack;

  private SequenceForecasting(Builder options, RecurrentStack stack) {
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
   * @param name {@code seattle} and {@code co2} for the series of the zoo, {@code series} for one
   *     of your own
   * @throws IllegalArgumentException if there is none of that name; the message lists those that
   *     there are
   */
  public static Recipe recipe(String name, Recurrence recurrence) {
    return Recipes.get(name, TASK, recurrence.name());
  }

  @Override
  public ComputationGraphConfiguration configuration() {
    GraphBuilder graph = stack.global().graphBuilder();
    return (options.futureSize == 0 ? withoutDecoder(graph) : withDecoder(graph))
        .setOutputs(OUTPUT)
        .build();
  }

  private GraphBuilder withoutDecoder(GraphBuilder graph) {
    graph.addInputs(SERIES);
    String state =
        stack.addFinalState(
            graph, SequenceVertices.DEEPLEARNING4J, "recurrent", SERIES, options.inputSize, SERIES);
    OutputLayer.Builder output =
        new OutputLayer.Builder(loss(options.horizon))
            .activation(Activation.IDENTITY)
            .nOut(outputs());
    OutputLayer layer = stack.onTop(output).build();
    layer.setNIn(stateSize());
    return graph.addLayer(OUTPUT, layer, withName(graph, state));
  }

  /** The loss of outputs in groups of some columns. */
  private ILossFunction loss(int columns) {
    return options.quantiles.isEmpty()
        ? options.loss.function.getILossFunction()
        : new QuantileLoss(
            options.quantiles.stream().mapToDouble(Double::doubleValue).toArray(),
            columns,
            options.loss == Loss.ABSOLUTE);
  }

  private int stateSize() {
    return stack.outputSize() + (options.series == 0 ? 0 : options.seriesEmbeddingSize);
  }

  /** The state, and the embedding of the series beside it if there are many. */
  private String withName(GraphBuilder graph, String state) {
    if (options.series == 0) {
      return state;
    }
    graph.addInputs(NAME);
    graph.addLayer(
        NAME_EMBEDDING,
        new EmbeddingLayer.Builder()
            .nIn(options.series + 1L)
            .nOut(options.seriesEmbeddingSize)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build(),
        NAME);
    graph.addVertex("named-state", new MergeVertex(), state, NAME_EMBEDDING);
    return "named-state";
  }

  private GraphBuilder withDecoder(GraphBuilder graph) {
    graph.addInputs(SERIES, AHEAD);
    String state =
        stack.addFinalState(
            graph, SequenceVertices.OURS, "recurrent", SERIES, options.inputSize, SERIES);
    graph.addLayer(
        "context",
        new DenseLayer.Builder()
            .nIn(stateSize())
            .nOut(stack.hiddenSize())
            .activation(Activation.TANH)
            .build(),
        withName(graph, state));
    graph.addVertex("decoder-input", new ContextVertex(), AHEAD, "context");
    RecurrentStack decoder = stack.inBothDirections();
    String top =
        decoder.addAllSteps(
            graph,
            SequenceVertices.OURS,
            "decoder",
            "decoder-input",
            options.futureSize + stack.hiddenSize(),
            AHEAD);
    RnnOutputLayer.Builder output =
        new RnnOutputLayer.Builder(loss(1))
            .activation(Activation.IDENTITY)
            .nOut(options.targets * (1 + options.quantiles.size()))
            .dataFormat(RNNFormat.NCW);
    return graph.addLayer(OUTPUT, decoder.onTop(output).build(), top);
  }

  /** The size of a step's input, D. */
  public int inputSize() {
    return options.inputSize;
  }

  /** The number of steps to forecast. */
  public int horizon() {
    return options.horizon;
  }

  /** The number of series to forecast. */
  public int targets() {
    return options.targets;
  }

  /** How many numbers are known of each step to come, F; 0 without a decoder. */
  public int futureSize() {
    return options.futureSize;
  }

  /** How many series the network tells apart; 0 for a network of one. */
  public int series() {
    return options.series;
  }

  /** The levels of the quantiles that it answers beside the estimate. */
  public List<Double> quantiles() {
    return options.quantiles;
  }

  /** What training makes small. */
  public Loss loss() {
    return options.loss;
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
    map.put("inputSize", options.inputSize);
    map.put("horizon", options.horizon);
    map.put("targets", options.targets);
    if (options.futureSize > 0) {
      map.put("futureSize", options.futureSize);
    }
    if (options.series > 0) {
      map.put("series", options.series);
      map.put("seriesEmbeddingSize", options.seriesEmbeddingSize);
    }
    map.put("loss", options.loss.name());
    if (!options.quantiles.isEmpty()) {
      map.put(
          "quantiles",
          options.quantiles.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    return map;
  }

  @Override
  protected int outputs() {
    return Math.multiplyExact(
        Math.multiplyExact(options.horizon, options.targets), 1 + options.quantiles.size());
  }

  /**
   * Options of {@link SequenceForecasting}. By default one layer of 64 units; gradients are not
   * clipped.
   */
  public static final class Builder extends NetworkOptions<Builder> {
    private int inputSize = 1;
    private int horizon = 1;
    private int targets = 1;
    private int futureSize;
    private int series;
    private int seriesEmbeddingSize = 8;
    private Loss loss = Loss.SQUARED;
    private List<Double> quantiles = List.of();

    private Builder() {}

    /** The size of a step's input, D; {@link Forecaster} sets it by itself. Default: 1. */
    public Builder inputSize(int inputSize) {
      this.inputSize = Require.atLeast("inputSize", 1, inputSize);
      return this;
    }

    /** The number of steps to forecast; {@link Forecaster} sets it by itself. Default: 1. */
    public Builder horizon(int horizon) {
      this.horizon = Require.atLeast("horizon", 1, horizon);
      return this;
    }

    /** The number of series to forecast; {@link Forecaster} sets it by itself. Default: 1. */
    public Builder targets(int targets) {
      this.targets = Require.atLeast("targets", 1, targets);
      return this;
    }

    /**
     * How many numbers are known of each step to come, F; {@link Forecaster} sets it by itself.
     * Default: 0, no decoder.
     */
    public Builder futureSize(int futureSize) {
      this.futureSize = Require.atLeast("futureSize", 0, futureSize);
      return this;
    }

    /**
     * How many series the network tells apart; {@link Forecaster} sets it by itself. Default: 0, a
     * network of one series.
     */
    public Builder series(int series) {
      this.series = Require.atLeast("series", 0, series);
      return this;
    }

    /** The size of a series' embedding, where there are many. Default: 8. */
    public Builder seriesEmbeddingSize(int seriesEmbeddingSize) {
      this.seriesEmbeddingSize = Require.atLeast("seriesEmbeddingSize", 1, seriesEmbeddingSize);
      return this;
    }

    /** What training makes small. Default: {@link Loss#SQUARED}. */
    public Builder loss(Loss loss) {
      this.loss = Require.notNull("loss", loss);
      return this;
    }

    /**
     * The levels of the quantiles that it answers beside the estimate; {@link Forecaster} sets them
     * by itself. Default: none.
     */
    public Builder quantiles(List<Double> levels) {
      this.quantiles = List.copyOf(levels);
      return this;
    }

    @Override
    protected Optional<Task> task() {
      return Optional.of(TASK);
    }

    @Override
    protected void applyOwn(Architecture network) {
      network.integer("inputSize", this::inputSize);
      network.integer("horizon", this::horizon);
      network.integer("targets", this::targets);
      network.integer("futureSize", this::futureSize);
      network.integer("series", this::series);
      network.integer("seriesEmbeddingSize", this::seriesEmbeddingSize);
      network.text("loss", value -> loss(Loss.valueOf(value)));
      network.further(
          "quantiles",
          value -> quantiles(Arrays.stream(value.split(",")).map(Double::valueOf).toList()));
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * The entry with these options; changing the builder later leaves it as it is.
     *
     * @throws IllegalArgumentException if options contradict each other
     */
    @Override
    public SequenceForecasting build() {
      return new SequenceForecasting(copy(), stack());
    }
  }
}
