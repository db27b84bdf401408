package io.github.recurrentzoo.zoo.generation;

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
import io.github.recurrentzoo.zoo.text.TextPieces;
import io.github.recurrentzoo.zoo.text.TextUnit;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network that tells after each character (or word) of a text how likely each is to come next:
 * embedding, one or more recurrent layers, and a softmax at each step.
 *
 * <ul>
 *   <li>Input {@value #CHARACTERS}: character ids as floats, [B, T].
 *   <li>Output {@value #NEXT}: probabilities [B, V, T], trained with cross-entropy; the labels are
 *       [B, V, T] with a mask [B, T] if some steps do not count.
 * </ul>
 *
 * <p>The network is configured for truncated back-propagation through time over segments of {@link
 * Builder#segmentLength} steps. Deeplearning4j's {@code fit} cuts longer sequences into such
 * segments only if the ids come as [B, 1, T]; it clears the state before and after each call, so
 * that a text has to be longer than a minibatch to be read with carried state. {@link
 * TextGenerator} carries the state over a whole text; this class is for those who bring their own
 * ids.
 */
@SuppressWarnings("unchecked") // Deeplearning4j's init(): see RecurrentZooModel
public final class TextGeneration extends RecurrentZooModel {
  /** What it is for. */
  public static final Task TASK = new Task("text-generation");

  /** Name of the network's input. */
  public static final String CHARACTERS = "characters";

  /** Name of the network's output layer. */
  public static final String NEXT = "next";

  static final String EMBEDDING = "embedding";

  private final Builder options;
  private final RecurrentStack stack;

  private TextGeneration(Builder options, RecurrentStack stack) {
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
   * @param name {@code definitions} for those of WordNet, {@code text} for a text of your own;
   *     {@code definition-words} and {@code words} for the same with words as units
   * @throws IllegalArgumentException if there is none of that name; the message lists those that
   *     there are
   */
  public static Recipe recipe(String name, Recurrence recurrence) {
    return Recipes.get(name, TASK, recurrence.name());
  }

  @Override
  public ComputationGraphConfiguration configuration() {
    GraphBuilder graph = stack.global().graphBuilder().addInputs(CHARACTERS);
    graph.addLayer(
        EMBEDDING,
        new EmbeddingSequenceLayer.Builder()
            .nIn(options.vocabularySize)
            .nOut(options.embeddingSize)
            .build(),
        CHARACTERS);
    String states =
        stack.addAllSteps(
            graph,
            SequenceVertices.DEEPLEARNING4J,
            "recurrent",
            EMBEDDING,
            options.embeddingSize,
            CHARACTERS);
    RnnOutputLayer.Builder next =
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .dataFormat(RNNFormat.NCW)
            .nOut(options.vocabularySize);
    return graph
        .addLayer(NEXT, stack.onTop(next).build(), states)
        .setOutputs(NEXT)
        .backpropType(BackpropType.TruncatedBPTT)
        .tBPTTLength(options.segmentLength)
        .build();
  }

  /** The number of ids, V, or an upper bound where a {@link TextGenerator} counts characters. */
  public int vocabularySize() {
    return options.vocabularySize;
  }

  /** What a {@link TextGenerator} reads and writes step by step. */
  public TextUnit unit() {
    return options.unit;
  }

  /** The number of steps that gradients go back, L. */
  public int segmentLength() {
    return options.segmentLength;
  }

  /** After how many segments a stream of text begins anew on average; 0 for never. */
  public int restartEvery() {
    return options.restartEvery;
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
    map.put("embeddingSize", options.embeddingSize);
    map.put("segmentLength", options.segmentLength);
    map.put("restartEvery", options.restartEvery);
    if (options.unit != TextUnit.CHARACTERS) {
      map.put("unit", options.unit.name());
    }
    return map;
  }

  @Override
  protected int outputs() {
    return options.vocabularySize;
  }

  /**
   * Options of {@link TextGeneration}. By default one layer of 256 units, with each layer's
   * gradient clipped to a norm of {@value #CLIP_NORM}. The gradient is a sum over the steps of a
   * segment and a mean over the rows.
   */
  public static final class Builder extends NetworkOptions<Builder> {
    /** The default of {@link #clipNorm}. */
    public static final double CLIP_NORM = 5;

    private TextUnit unit = TextUnit.CHARACTERS;
    private int vocabularySize = 256;
    private int embeddingSize = 32;
    private int segmentLength = 64;
    private int restartEvery = 32;

    private Builder() {
      hiddenSize(256);
      defaultGradientNorm(CLIP_NORM);
    }

    /**
     * What a {@link TextGenerator} reads and writes step by step: characters, or words as {@link
     * TextPieces} cuts them. The other defaults are for characters; {@code recipe("words",
     * Recurrence.LSTM)} has those for words. Default: {@link TextUnit#CHARACTERS}.
     */
    public Builder unit(TextUnit unit) {
      this.unit = Require.notNull("unit", unit);
      return this;
    }

    /**
     * The number of ids, that of the unknown character or word included; 2 at least. Default: 256.
     */
    public Builder vocabularySize(int vocabularySize) {
      this.vocabularySize = Require.atLeast("vocabularySize", 2, vocabularySize);
      return this;
    }

    /** The size of a character's or word's vector. Default: 32. */
    public Builder embeddingSize(int embeddingSize) {
      this.embeddingSize = Require.atLeast("embeddingSize", 1, embeddingSize);
      return this;
    }

    /** The number of steps that gradients go back, L. Default: 64. */
    public Builder segmentLength(int segmentLength) {
      this.segmentLength = Require.atLeast("segmentLength", 1, segmentLength);
      return this;
    }

    /**
     * After how many segments, on average, {@link TextGenerator} lets a stream of the training text
     * begin anew with a state of zeros; each segment of each stream is drawn by itself. A network
     * whose state is carried over the whole text without end comes to rely on what has gathered
     * there, and may write nonsense from a state of zeros, which is what a prompt begins with. 0
     * for never. Default: 32.
     */
    public Builder restartEvery(int segments) {
      this.restartEvery = Require.atLeast("restartEvery", 0, segments);
      return this;
    }

    /**
     * The entry with these options; changing the builder later leaves it as it is.
     *
     * @throws IllegalArgumentException if options contradict each other, layers are to be
     *     bidirectional, or the recurrence cannot be trained by truncated BPTT
     */
    @Override
    public TextGeneration build() {
      RecurrentStack stack = stack();
      if (stack.bidirectional()) {
        throw new IllegalArgumentException(
            "bidirectional is true, but a network that predicts the next character must not read"
                + " from the end: it would see what it is to predict. Leave it at false.");
      }
      if (!stack.recurrence().servesTruncatedBptt()) {
        throw new IllegalArgumentException(
            "recurrence is %s, but text generation is trained by truncated BPTT, where Deeplearning4j's gradients of this layer are wrong from the second segment on. Use LSTM or GRU."
                .formatted(stack.recurrence()));
      }
      return new TextGeneration(copy(), stack);
    }

    @Override
    protected Optional<Task> task() {
      return Optional.of(TASK);
    }

    @Override
    protected void applyOwn(Architecture network) {
      network.further("unit", value -> unit(TextUnit.valueOf(value)));
      network.integer("vocabularySize", this::vocabularySize);
      network.integer("embeddingSize", this::embeddingSize);
      network.integer("segmentLength", this::segmentLength);
      network.integer("restartEvery", this::restartEvery);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
