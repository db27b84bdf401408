package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.network.Architecture;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Pooling;
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
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network that puts a sequence of numbers into one of C classes: an optional convolution, one or
 * more recurrent layers, and a softmax on the last layer's final state, or on all of its states
 * ({@link Pooling}).
 *
 * <ul>
 *   <li>Input {@value #STEPS}: [B, S, T], with a mask [B, T] of 1 (step) and 0 (padding) if the
 *       rows differ in length. Rows are padded on the right; each row needs one step at least. S is
 *       the number of channels D, or 2D with {@link Builder#missing}: the values of all channels,
 *       and then for each of them 1 where its value is missing and 0 where it is not.
 *   <li>Output {@value #OUTPUT}: probabilities [B, C], trained with cross-entropy.
 * </ul>
 *
 * <p>With {@link Builder#filters} F &gt; 0, the recurrent layers read the output of a convolution
 * over time of width w and stride s,
 *
 * <pre>
 * y_j = relu( sum_{k=0}^{w-1} W_k x_{js+k} + b )        j = 0 ... floor((T - w) / s)
 * </pre>
 *
 * The input is cut into frames already then: [B, w S, T'], with x_{js} to x_{js+w-1} one after the
 * other in frame j, and the mask [B, T'] is that of frames, so that rows of unlike lengths do not
 * read each other's padding.
 *
 * <p>{@link SequenceClassifier} is the way from sequences to answers; this class is for those who
 * bring their own arrays.
 */
@SuppressWarnings("unchecked") // Deeplearning4j's init(): see RecurrentZooModel
public final class SequenceClassification extends RecurrentZooModel {
  /** What it is for. */
  public static final Task TASK = new Task("sequence-classification");

  /** Name of the network's input. */
  public static final String STEPS = "steps";

  /** Name of the network's output layer. */
  public static final String OUTPUT = "class";

  static final String CONVOLUTION = "convolution";

  private final Builder options;
  private final RecurrentStack stack;

  private SequenceClassification(Builder options, RecurrentStack stack) {
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
   * @param name {@code control-charts} for the charts of the zoo, {@code sequences} for sequences
   *     of your own
   * @throws IllegalArgumentException if there is none of that name; the message lists those that
   *     there are
   */
  public static Recipe recipe(String name, Recurrence recurrence) {
    return Recipes.get(name, TASK, recurrence.name());
  }

  @Override
  public ComputationGraphConfiguration configuration() {
    GraphBuilder graph = stack.global().graphBuilder().addInputs(STEPS);
    String below = STEPS;
    int size = frames().frameSize();
    if (options.filters > 0) {
      // Frames are cut already, so that each step of it is a product with one frame.
      graph.addLayer(
          CONVOLUTION,
          new Convolution1DLayer.Builder(1)
              .rnnDataFormat(RNNFormat.NCW)
              .nIn(size)
              .nOut(options.filters)
              .activation(Activation.RELU)
              .build(),
          STEPS);
      below = CONVOLUTION;
      size = options.filters;
    }
    String pooled =
        stack.addPooled(
            graph, SequenceVertices.OURS, options.pooling, "recurrent", below, size, STEPS);
    OutputLayer.Builder output =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .nIn(options.pooling.size(stack.outputSize()))
            .nOut(options.classes);
    if (stack.dropout() > 0) {
      output.dropOut(1 - stack.dropout());
    }
    return graph.addLayer(OUTPUT, output.build(), pooled).setOutputs(OUTPUT).build();
  }

  Frames frames() {
    return new Frames(
        options.missing ? 2 * options.channels : options.channels,
        options.filters > 0 ? options.filterWidth : 1,
        options.filters > 0 ? options.stride : 1);
  }

  Augmentation augmentation() {
    return new Augmentation(options.channels, options.jitter, options.scaling, options.window);
  }

  /** The number of channels, D. */
  public int channels() {
    return options.channels;
  }

  /** Whether the network reads which values are missing. */
  public boolean missing() {
    return options.missing;
  }

  /** The number of classes, C. */
  public int classes() {
    return options.classes;
  }

  /** What the output layer reads of the states. */
  public Pooling pooling() {
    return options.pooling;
  }

  /** The number of filters of the convolution, F; 0 without one. */
  public int filters() {
    return options.filters;
  }

  /** The number of steps that a filter reads, w. */
  public int filterWidth() {
    return options.filterWidth;
  }

  /** The number of steps from one place of a filter to the next, s. */
  public int stride() {
    return options.stride;
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
    map.put("missing", options.missing);
    map.put("classes", options.classes);
    map.put("pooling", options.pooling.name());
    map.put("filters", options.filters);
    map.put("filterWidth", options.filterWidth);
    map.put("stride", options.stride);
    map.put("jitter", options.jitter);
    map.put("scaling", options.scaling);
    map.put("window", options.window);
    return map;
  }

  @Override
  protected int outputs() {
    return options.classes;
  }

  /**
   * Options of {@link SequenceClassification}. By default one layer of 64 units in one direction,
   * without convolution, with each layer's gradient clipped to a norm of {@value #CLIP_NORM}.
   */
  public static final class Builder extends NetworkOptions<Builder> {
    /** The default of {@link #clipNorm}. */
    public static final double CLIP_NORM = 5;

    private int channels = 1;
    private boolean missing;
    private int classes = 2;
    private Pooling pooling = Pooling.FINAL;
    private int filters;
    private int filterWidth = 5;
    private int stride = 1;
    private double jitter;
    private double scaling;
    private double window = 1;

    private Builder() {
      defaultGradientNorm(CLIP_NORM);
    }

    /** The number of channels, D. Default: 1. */
    public Builder channels(int channels) {
      this.channels = Require.atLeast("channels", 1, channels);
      return this;
    }

    /**
     * Whether the network reads, beside the values, which of them are missing; a {@link
     * SequenceClassifier} sets it if values are missing in the rows that it learns from. Default:
     * false.
     */
    public Builder missing(boolean missing) {
      this.missing = missing;
      return this;
    }

    /** The number of classes, C. Default: 2. */
    public Builder classes(int classes) {
      this.classes = Require.atLeast("classes", 2, classes);
      return this;
    }

    /** What the output layer reads of the states. Default: {@link Pooling#FINAL}. */
    public Builder pooling(Pooling pooling) {
      this.pooling = Require.notNull("pooling", pooling);
      return this;
    }

    /**
     * The number of filters of a convolution before the recurrent layers; 0 for none. With a {@link
     * #stride} above 1 it makes long sequences short, which saves time and lets a recurrent layer
     * look further back. Default: 0.
     */
    public Builder filters(int filters) {
      this.filters = Require.atLeast("filters", 0, filters);
      return this;
    }

    /** The number of steps that a filter reads, w. Default: 5. */
    public Builder filterWidth(int filterWidth) {
      this.filterWidth = Require.between("filterWidth", 1, 10_000, filterWidth);
      return this;
    }

    /**
     * The number of steps from one place of a filter to the next, s; no more than the filter's
     * width, so that each step is read. Default: 1.
     */
    public Builder stride(int stride) {
      this.stride = Require.between("stride", 1, 10_000, stride);
      return this;
    }

    /**
     * Augmentation: the standard deviation of noise that {@link SequenceClassifier} adds to each
     * value in training, in standard deviations of its channel. Default: 0, none.
     */
    public Builder jitter(double jitter) {
      this.jitter = Require.notNegative("jitter", jitter);
      return this;
    }

    /**
     * Augmentation: each channel of a row is multiplied in training by a number from a normal
     * distribution with mean 1 and this standard deviation, about the mean of the channel. Default:
     * 0, none.
     */
    public Builder scaling(double scaling) {
      this.scaling = Require.notNegative("scaling", scaling);
      return this;
    }

    /**
     * Augmentation: the fraction of the steps of a row, in (0, 1], that are read in training, in
     * one piece whose place is drawn each time. Default: 1, all.
     */
    public Builder window(double window) {
      if (!(window > 0 && window <= 1)) {
        throw new IllegalArgumentException("window must be in (0, 1], but is " + window);
      }
      this.window = window;
      return this;
    }

    /**
     * The entry with these options; changing the builder later leaves it as it is.
     *
     * @throws IllegalArgumentException if options contradict each other
     */
    @Override
    public SequenceClassification build() {
      if (filters > 0 && stride > filterWidth) {
        throw new IllegalArgumentException(
            "stride is %d, but a filter reads %d steps, so that some would be read by none; expected a stride of filterWidth at most"
                .formatted(stride, filterWidth));
      }
      return new SequenceClassification(copy(), stack());
    }

    @Override
    protected Optional<Task> task() {
      return Optional.of(TASK);
    }

    @Override
    protected void applyOwn(Architecture network) {
      network.integer("channels", this::channels);
      network.text("missing", value -> missing(Boolean.parseBoolean(value)));
      network.integer("classes", this::classes);
      network.text("pooling", value -> pooling(Pooling.valueOf(value)));
      network.integer("filters", this::filters);
      network.integer("filterWidth", this::filterWidth);
      network.integer("stride", this::stride);
      network.number("jitter", this::jitter);
      network.number("scaling", this::scaling);
      network.number("window", this::window);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
