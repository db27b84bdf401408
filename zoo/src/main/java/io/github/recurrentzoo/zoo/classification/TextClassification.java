package io.github.recurrentzoo.zoo.classification;

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
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network that puts a text into one of C classes: embedding, one or more recurrent layers, and an
 * output layer on the last layer's final state.
 *
 * <ul>
 *   <li>Input {@value #TOKENS}: token ids as floats, [B, T], with a mask [B, T] of 1 (token) and 0
 *       (padding) if the rows differ in length. Rows are padded on the right; each row needs one
 *       token at least.
 *   <li>Output {@value #OUTPUT}: for C = 2 one sigmoid unit, [B, 1], the probability of class 1,
 *       trained with binary cross-entropy; for C &gt; 2 a softmax, [B, C], trained with
 *       cross-entropy.
 * </ul>
 *
 * <p>{@link TextClassifier} is the way from texts to answers; this class is for those who bring
 * their own token ids.
 */
@SuppressWarnings("unchecked") // Deeplearning4j's init(): see RecurrentZooModel
public final class TextClassification extends RecurrentZooModel {
  /** What it is for. */
  public static final Task TASK = new Task("text-classification");

  /** Name of the network's input. */
  public static final String TOKENS = "tokens";

  /** Name of the network's output layer. */
  public static final String OUTPUT = "class";

  private final Builder options;
  private final RecurrentStack stack;

  private TextClassification(Builder options, RecurrentStack stack) {
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
   * @param name {@code wordnet} for the definitions of WordNet, {@code texts} for texts of your own
   * @throws IllegalArgumentException if there is none of that name; the message lists those that
   *     there are
   */
  public static Recipe recipe(String name, Recurrence recurrence) {
    return Recipes.get(name, TASK, recurrence.name());
  }

  @Override
  public ComputationGraphConfiguration configuration() {
    GraphBuilder graph = stack.global().graphBuilder().addInputs(TOKENS);
    graph.addLayer(
        "embedding",
        new EmbeddingSequenceLayer.Builder()
            .nIn(options.vocabularySize)
            .nOut(options.embeddingSize)
            .build(),
        TOKENS);
    String state =
        stack.addFinalState(
            graph,
            SequenceVertices.DEEPLEARNING4J,
            "recurrent",
            "embedding",
            options.embeddingSize,
            TOKENS);
    graph.addLayer(OUTPUT, outputLayer(stack.outputSize()), state);
    return graph.setOutputs(OUTPUT).build();
  }

  private OutputLayer outputLayer(int inputSize) {
    OutputLayer.Builder output = new OutputLayer.Builder().nIn(inputSize);
    if (stack.dropout() > 0) {
      output.dropOut(1 - stack.dropout());
    }
    OutputLayer layer = output.build();
    setClasses(layer, options.classes);
    return layer;
  }

  /** Makes an output layer one for so many classes. */
  static void setClasses(OutputLayer layer, int classes) {
    boolean binary = classes == 2;
    layer.setNOut(binary ? 1 : classes);
    layer.setActivationFn(
        (binary ? Activation.SIGMOID : Activation.SOFTMAX).getActivationFunction());
    layer.setLossFn((binary ? LossFunction.XENT : LossFunction.MCXENT).getILossFunction());
  }

  /** The number of classes, C. */
  public int classes() {
    return options.classes;
  }

  /** The number of token ids, or an upper bound where a {@link TextClassifier} counts the words. */
  public int vocabularySize() {
    return options.vocabularySize;
  }

  /** The number of tokens that a text is cut to. */
  public int maxLength() {
    return options.maxLength;
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
    map.put("vocabularySize", options.vocabularySize);
    map.put("classes", options.classes);
    map.put("embeddingSize", options.embeddingSize);
    map.put("maxLength", options.maxLength);
    return map;
  }

  @Override
  protected int outputs() {
    return options.classes;
  }

  /**
   * Options of {@link TextClassification}. By default one layer of 64 units; gradients are not
   * clipped.
   */
  public static final class Builder extends NetworkOptions<Builder> {
    private int vocabularySize = 10_000;
    private int classes = 2;
    private int embeddingSize = 64;
    private int maxLength = 100;

    private Builder() {}

    /**
     * The number of token ids, the two reserved ones (padding and unknown) included; 3 at least.
     * Default: 10,000.
     */
    public Builder vocabularySize(int vocabularySize) {
      this.vocabularySize = Require.atLeast("vocabularySize", 3, vocabularySize);
      return this;
    }

    /** The number of classes, C. Default: 2. */
    public Builder classes(int classes) {
      this.classes = Require.atLeast("classes", 2, classes);
      return this;
    }

    /** The size of a token's vector. Default: 64. */
    public Builder embeddingSize(int embeddingSize) {
      this.embeddingSize = Require.atLeast("embeddingSize", 1, embeddingSize);
      return this;
    }

    /**
     * The number of tokens that {@link TextClassifier} cuts a text to; it keeps the first ones. The
     * network itself takes sequences of any length. Default: 100.
     */
    public Builder maxLength(int maxLength) {
      this.maxLength = Require.atLeast("maxLength", 1, maxLength);
      return this;
    }

    @Override
    public TextClassification build() {
      return new TextClassification(copy(), stack());
    }

    @Override
    protected Optional<Task> task() {
      return Optional.of(TASK);
    }

    @Override
    protected void applyOwn(Architecture network) {
      network.integer("vocabularySize", this::vocabularySize);
      network.integer("classes", this::classes);
      network.integer("embeddingSize", this::embeddingSize);
      network.integer("maxLength", this::maxLength);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
