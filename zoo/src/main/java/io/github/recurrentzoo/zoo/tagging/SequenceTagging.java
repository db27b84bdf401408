package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.layers.CrfOutputLayer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network that gives each word of a sentence one of C labels: what is read of a word, one or more
 * recurrent layers, by default in both directions, and a softmax at each word or a CRF over all.
 *
 * <p>Of word t the recurrent layers read one vector,
 *
 * <pre>
 * x_t = [ E(word_t) ; P(prefix_t) ; S2(suffix2_t) ; S3(suffix3_t) ; S4(suffix4_t) ; F(shape_t) ; v(word_t) ]
 * </pre>
 *
 * in which E, P, S2 ... F are trained tables and v is a vector that others have learned. All but E
 * are options.
 *
 * <ul>
 *   <li>Inputs {@value #WORDS}, and with {@link Builder#affixes} "prefix", "suffix-2", "suffix-3",
 *       "suffix-4" and "shape": ids as floats, [B, T]; with {@link Builder#vectorSize} {@value
 *       #VECTORS}, [B, D, T]. In this order, each with the mask [B, T] of 1 (word) and 0 (padding)
 *       if the rows differ in length; padding is on the right.
 *   <li>Output {@value #LABELS}: probabilities [B, C, T], trained with cross-entropy, which is
 *       summed over the words and averaged over the rows. With {@link Builder#crf} scores in place
 *       of probabilities, and the loss of {@link CrfOutputLayer}.
 * </ul>
 *
 * <p>{@link SequenceTagger} is the way from sentences to labels; this class is for those who bring
 * their own ids.
 */
@SuppressWarnings("unchecked") // Deeplearning4j's init(): see RecurrentZooModel
public final class SequenceTagging extends RecurrentZooModel {
  /** What it is for. */
  public static final Task TASK = new Task("tagging");

  /** Name of the network's first input. */
  public static final String WORDS = "words";

  /** Name of the input with word vectors, where there is one. */
  public static final String VECTORS = "vectors";

  /** Name of the network's output layer. */
  public static final String LABELS = "labels";

  static final String EMBEDDING = "embedding";

  /** Name of the vertex with all that is read of a word, where that is more than one vector. */
  static final String WORD = "word";

  private final Builder options;
  private final RecurrentStack stack;

  private SequenceTagging(Builder options, RecurrentStack stack) {
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
   * @param name {@code brown} for parts of speech in the Brown corpus, {@code syllables} for those
   *     of phones, {@code tags} for sentences of your own
   * @throws IllegalArgumentException if there is none of that name; the message lists those that
   *     there are
   */
  public static Recipe recipe(String name, Recurrence recurrence) {
    return Recipes.get(name, TASK, recurrence.name());
  }

  @Override
  public ComputationGraphConfiguration configuration() {
    GraphBuilder graph = stack.global().graphBuilder().addInputs(inputs());
    List<String> features = new ArrayList<>();
    graph.addLayer(EMBEDDING, table(options.vocabularySize, options.embeddingSize), WORDS);
    features.add(EMBEDDING);
    int size = options.embeddingSize;
    if (options.affixes) {
      for (Affix affix : Affix.values()) {
        String name = affix.table();
        graph.addLayer(name, table(options.affixBuckets, options.affixSize), affix.input());
        features.add(name);
        size += options.affixSize;
      }
    }
    if (options.vectorSize > 0) {
      features.add(VECTORS);
      size += options.vectorSize;
    }
    String word = EMBEDDING;
    if (features.size() > 1) {
      word = WORD;
      graph.addVertex(word, new MergeVertex(), features.toArray(String[]::new));
    }
    String states = stack.addAllSteps(graph, SequenceVertices.OURS, "recurrent", word, size, WORDS);
    return graph.addLayer(LABELS, output(), states).setOutputs(LABELS).build();
  }

  private BaseOutputLayer output() {
    return options.crf
        ? stack.onTop(new CrfOutputLayer.Builder().nOut(options.labels)).build()
        : stack
            .onTop(
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .activation(Activation.SOFTMAX)
                    .dataFormat(RNNFormat.NCW)
                    .nOut(options.labels))
            .build();
  }

  private static EmbeddingSequenceLayer table(int rows, int size) {
    return new EmbeddingSequenceLayer.Builder().nIn(rows).nOut(size).build();
  }

  /** The names of the network's inputs, in their order. */
  public List<String> inputs() {
    List<String> inputs = new ArrayList<>(List.of(WORDS));
    if (options.affixes) {
      for (Affix affix : Affix.values()) {
        inputs.add(affix.input());
      }
    }
    if (options.vectorSize > 0) {
      inputs.add(VECTORS);
    }
    return inputs;
  }

  /** The number of word ids, or an upper bound where a {@link SequenceTagger} counts the words. */
  public int vocabularySize() {
    return options.vocabularySize;
  }

  /** The number of labels, C. */
  public int labels() {
    return options.labels;
  }

  /** How often a word must come to have a vector of its own. */
  public int minCount() {
    return options.minCount;
  }

  /** Whether beginning, endings and shape of a word are read. */
  public boolean affixes() {
    return options.affixes;
  }

  /** The number of buckets of each kind of affix. */
  public int affixBuckets() {
    return options.affixBuckets;
  }

  /** The number of words that are read at once. */
  public int maxLength() {
    return options.maxLength;
  }

  /** The size of the vectors of the input {@value #VECTORS}; 0 without that input. */
  public int vectorSize() {
    return options.vectorSize;
  }

  /** Whether a CRF is above the recurrent layers, or a softmax. */
  public boolean crf() {
    return options.crf;
  }

  /** Whether a {@link SequenceTagger} reads the zoo's English word vectors. */
  public boolean englishVectors() {
    return options.englishVectors;
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
    map.put("labels", options.labels);
    map.put("embeddingSize", options.embeddingSize);
    map.put("minCount", options.minCount);
    map.put("affixes", options.affixes);
    map.put("affixSize", options.affixSize);
    map.put("affixBuckets", options.affixBuckets);
    map.put("vectorSize", options.vectorSize);
    map.put("englishVectors", options.englishVectors);
    map.put("maxLength", options.maxLength);
    map.put("crf", options.crf);
    return map;
  }

  @Override
  protected int outputs() {
    return options.labels;
  }

  /**
   * Options of {@link SequenceTagging}. By default one layer of 64 units in each direction, with
   * each layer's gradient clipped to a norm of {@value #CLIP_NORM}. The gradient is a sum over the
   * words of a row and a mean over the rows.
   */
  public static final class Builder extends NetworkOptions<Builder> {
    /** The default of {@link #clipNorm}. */
    public static final double CLIP_NORM = 5;

    private int vocabularySize = 20_000;
    private int labels = 2;
    private int embeddingSize = 64;
    private int minCount = 2;
    private boolean affixes = true;
    private int affixSize = 16;
    private int affixBuckets = 4096;
    private int vectorSize;
    private boolean englishVectors;
    private int maxLength = 200;
    private boolean crf;

    private Builder() {
      bidirectional(true);
      defaultGradientNorm(CLIP_NORM);
    }

    /**
     * The number of word ids, the two reserved ones (padding and unknown) included; 3 at least.
     * Default: 20,000.
     */
    public Builder vocabularySize(int vocabularySize) {
      this.vocabularySize = Require.atLeast("vocabularySize", 3, vocabularySize);
      return this;
    }

    /** The number of labels, C. Default: 2. */
    public Builder labels(int labels) {
      this.labels = Require.atLeast("labels", 2, labels);
      return this;
    }

    /** The size of a word's trained vector. Default: 64. */
    public Builder embeddingSize(int embeddingSize) {
      this.embeddingSize = Require.atLeast("embeddingSize", 1, embeddingSize);
      return this;
    }

    /**
     * How often a word must come in the training rows to have a trained vector of its own; rarer
     * ones share that of the unknown word, which learns from them. Default: 2.
     */
    public Builder minCount(int minCount) {
      this.minCount = Require.atLeast("minCount", 1, minCount);
      return this;
    }

    /**
     * Whether the network reads how a word is written: its first three letters, its last two, three
     * and four, and its shape (capitals, digits, signs). It tells much about words that training
     * has not seen. Default: true.
     */
    public Builder affixes(boolean affixes) {
      this.affixes = affixes;
      return this;
    }

    /** The size of the vector of each affix. Default: 16. */
    public Builder affixSize(int affixSize) {
      this.affixSize = Require.atLeast("affixSize", 1, affixSize);
      return this;
    }

    /**
     * The number of vectors for each kind of affix, in which affixes are put by a hash; 2 at least.
     * Default: 4096.
     */
    public Builder affixBuckets(int affixBuckets) {
      this.affixBuckets = Require.atLeast("affixBuckets", 2, affixBuckets);
      return this;
    }

    /**
     * The size D of word vectors that are read beside, and not trained; 0 for none. {@link
     * #englishVectors} sets it for a {@link SequenceTagger}; a network of your own gets them as
     * input {@value SequenceTagging#VECTORS}. Default: 0.
     */
    public Builder vectorSize(int vectorSize) {
      this.vectorSize = Require.atLeast("vectorSize", 0, vectorSize);
      return this;
    }

    /**
     * Whether a {@link SequenceTagger} reads the zoo's English word vectors, too ({@link
     * io.github.recurrentzoo.zoo.text.EmbeddingSource#english}): words that training has not seen
     * are read as words like them. They stay as they are and are no part of the model file: who
     * loads it needs the artifact recurrent-zoo-pretrained, with the same vectors. Default: false.
     */
    public Builder englishVectors(boolean englishVectors) {
      this.englishVectors = englishVectors;
      return this;
    }

    /**
     * The number of words that {@link SequenceTagger} reads at once. Longer sentences are read in
     * pieces: while training one behind the other, in answers with 25 words (a quarter of this
     * number, if that is less) of context on both sides. Default: 200.
     */
    public Builder maxLength(int maxLength) {
      this.maxLength = Require.atLeast("maxLength", 1, maxLength);
      return this;
    }

    /**
     * Whether labels that follow each other are scored, too: a linear-chain CRF ({@link
     * CrfOutputLayer}) in place of a softmax at each word. For labels that mark spans, or others of
     * which one tells much about the next. Default: false.
     */
    public Builder crf(boolean crf) {
      this.crf = crf;
      return this;
    }

    /**
     * The entry with these options; changing the builder later leaves it as it is.
     *
     * @throws IllegalArgumentException if options contradict each other
     */
    @Override
    public SequenceTagging build() {
      return new SequenceTagging(copy(), stack());
    }

    @Override
    protected Optional<Task> task() {
      return Optional.of(TASK);
    }

    @Override
    protected void applyOwn(Architecture network) {
      network.integer("vocabularySize", this::vocabularySize);
      network.integer("labels", this::labels);
      network.integer("embeddingSize", this::embeddingSize);
      network.integer("minCount", this::minCount);
      network.text("affixes", value -> affixes(Boolean.parseBoolean(value)));
      network.integer("affixSize", this::affixSize);
      network.integer("affixBuckets", this::affixBuckets);
      network.integer("vectorSize", this::vectorSize);
      network.text("englishVectors", value -> englishVectors(Boolean.parseBoolean(value)));
      network.integer("maxLength", this::maxLength);
      network.text("crf", value -> crf(Boolean.parseBoolean(value)));
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
