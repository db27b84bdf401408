package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.network.Architecture;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Pooling;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.network.RecurrentStack;
import io.github.recurrentzoo.zoo.network.RecurrentZooModel;
import io.github.recurrentzoo.zoo.network.SequenceVertices;
import io.github.recurrentzoo.zoo.network.Updaters;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.preset.Recipes;
import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.text.TextUnit;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network that puts a text into one of C classes: embedding, one or more recurrent layers, and an
 * output layer on the last layer's final state, or on all of its states ({@link Pooling}).
 *
 * <ul>
 *   <li>Input {@value #TOKENS}: token ids as floats, [B, T], with a mask [B, T] of 1 (token) and 0
 *       (padding) if the rows differ in length. Rows are padded on the right; each row needs one
 *       token at least.
 *   <li>With {@link Builder#evidence} a second input {@value #EVIDENCE}, [B, C] ([B, 1] for C = 2).
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

  /** Name of the network's second input, where there is one: see {@link Builder#evidence}. */
  public static final String EVIDENCE = "evidence";

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
            .updater(options.embeddings == null ? null : Updaters.leaving())
            .build(),
        TOKENS);
    String pooled =
        stack.addPooled(
            graph,
            vertices(),
            options.pooling,
            "recurrent",
            "embedding",
            options.embeddingSize,
            TOKENS);
    int size = options.pooling.size(stack.outputSize());
    if (options.evidence != Evidence.NONE) {
      graph.addInputs(EVIDENCE);
      if (stack.dropout() > 0) {
        graph.addLayer("pooled", new DropoutLayer.Builder(1 - stack.dropout()).build(), pooled);
        pooled = "pooled";
      }
      graph.addVertex("pooled-and-evidence", new MergeVertex(), pooled, EVIDENCE);
      graph.addLayer(
          OUTPUT, outputLayer(size + evidenceSize(options.classes), 0), "pooled-and-evidence");
    } else {
      graph.addLayer(OUTPUT, outputLayer(size, stack.dropout()), pooled);
    }
    ComputationGraphConfiguration configuration = graph.setOutputs(OUTPUT).build();
    if (options.embeddings != null) {
      TextVectors.leave(configuration);
    }
    return configuration;
  }

  /** Concat pooling is a vertex of ours anyway. */
  private SequenceVertices vertices() {
    return options.pooling == Pooling.FINAL
        ? SequenceVertices.DEEPLEARNING4J
        : SequenceVertices.OURS;
  }

  private OutputLayer outputLayer(int inputSize, double dropout) {
    OutputLayer.Builder output = new OutputLayer.Builder().nIn(inputSize);
    if (dropout > 0) {
      output.dropOut(1 - dropout);
    }
    OutputLayer layer = output.build();
    setClasses(layer, options.classes);
    return layer;
  }

  /** How many numbers a linear model has to say of a text. */
  static int evidenceSize(int classes) {
    return classes == 2 ? 1 : classes;
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

  /** What a {@link TextClassifier} reads of a text. */
  public TextUnit unit() {
    return options.unit;
  }

  /** What the output layer reads of the states. */
  public Pooling pooling() {
    return options.pooling;
  }

  /** The linear model whose answer the output layer reads, too. */
  public Evidence evidence() {
    return options.evidence;
  }

  /** How often a word must come to be known. */
  public int minCount() {
    return options.minCount;
  }

  /** How much of the probability goes to all classes alike. */
  public double labelSmoothing() {
    return options.labelSmoothing;
  }

  /** Vectors to begin with; empty if they begin at random. */
  public Optional<EmbeddingSource> embeddings() {
    return Optional.ofNullable(options.embeddings);
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
    putUnless(map, "unit", options.unit.name(), TextUnit.WORDS.name());
    putUnless(map, "pooling", options.pooling.name(), Pooling.FINAL.name());
    putUnless(map, "evidence", options.evidence.name(), Evidence.NONE.name());
    putUnless(map, "minCount", options.minCount, 1);
    putUnless(map, "labelSmoothing", options.labelSmoothing, 0.0);
    embeddings().ifPresent(source -> map.put("embeddings", source.name()));
    return map;
  }

  /** Checkpoints of earlier versions have no such options, and go on with what they were. */
  private static void putUnless(Map<String, Object> map, String name, Object value, Object before) {
    if (!value.equals(before)) {
      map.put(name, value);
    }
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
    private Pooling pooling = Pooling.FINAL;
    private Evidence evidence = Evidence.NONE;
    private int minCount = 1;
    private double labelSmoothing;
    private EmbeddingSource embeddings;
    private TextUnit unit = TextUnit.WORDS;

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

    /**
     * What {@link TextClassifier} reads of a text step by step: its words or its characters, of
     * which {@link #vocabularySize} and {@link #maxLength} are numbers then. Default: words.
     */
    public Builder unit(TextUnit unit) {
      this.unit = Require.notNull("unit", unit);
      return this;
    }

    /** What the output layer reads of the states. Default: {@link Pooling#FINAL}. */
    public Builder pooling(Pooling pooling) {
      this.pooling = Require.notNull("pooling", pooling);
      return this;
    }

    /**
     * Which linear model of words and pairs of words, or of sequences of one to three characters,
     * the output layer reads the answer of, beside the states (a wide and a deep part; Cheng et al.
     * 2016). On few rows, and on texts of which no word vectors know much, such a model is hard to
     * beat; the network begins with its answer and learns what is to be added. {@link
     * TextClassifier} trains it; a network of your own gets the input {@value
     * TextClassification#EVIDENCE}, [B, C] (for two classes [B, 1]), as a second one. Default:
     * {@link Evidence#NONE}.
     */
    public Builder evidence(Evidence evidence) {
      this.evidence = Require.notNull("evidence", evidence);
      return this;
    }

    /**
     * How often a word must come in the training rows for {@link TextClassifier} to know it; rarer
     * ones are read as unknown, and train the vector of the unknown word. Words that {@link
     * #embeddings} have are known however rare they are. Default: 1.
     */
    public Builder minCount(int minCount) {
      this.minCount = Require.atLeast("minCount", 1, minCount);
      return this;
    }

    /**
     * How much of the probability {@link TextClassifier} gives to all classes alike in what it
     * learns from, in [0, 1): of C classes the right one is 1 - s + s / C, the others s / C
     * (Szegedy et al. 2016). A network is then less sure of itself. Default: 0.
     */
    public Builder labelSmoothing(double labelSmoothing) {
      this.labelSmoothing = Require.fraction("labelSmoothing", labelSmoothing);
      return this;
    }

    /**
     * Vectors for {@link TextClassifier} to begin with, and to stay with: they are not trained, so
     * that words which no training row has are read as words like them. All words that they have
     * are known, also those of no training row ({@value TextVectors#MOST_OTHERS} of them at most);
     * words that they lack, and the unknown word, have a vector of zeros. Sets the embedding size.
     * Null for vectors that begin at random and are trained. Default: null.
     */
    public Builder embeddings(EmbeddingSource embeddings) {
      this.embeddings = embeddings;
      return embeddings == null ? this : embeddingSize(embeddings.dimension());
    }

    /**
     * The entry with these options.
     *
     * @throws IllegalArgumentException if options contradict each other
     */
    @Override
    public TextClassification build() {
      if (unit != TextUnit.WORDS && embeddings != null) {
        throw new IllegalArgumentException(
            "The network reads %s, but embeddings are those of words. Leave them out, or read words."
                .formatted(unit.inWords()));
      }
      if (embeddings != null && embeddings.dimension() != embeddingSize) {
        throw new IllegalArgumentException(
            "The embeddings %s have %d dimensions, but embeddingSize is %d; leave it away"
                .formatted(embeddings.name(), embeddings.dimension(), embeddingSize));
      }
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
      network.text("unit", value -> unit(TextUnit.valueOf(value)));
      network.text("pooling", value -> pooling(Pooling.valueOf(value)));
      network.integer("minCount", this::minCount);
      network.number("labelSmoothing", this::labelSmoothing);
      network.text("evidence", value -> evidence(Evidence.valueOf(value)));
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
