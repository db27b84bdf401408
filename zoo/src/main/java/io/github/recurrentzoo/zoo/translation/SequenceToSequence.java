package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.layers.ContextVertex;
import io.github.recurrentzoo.layers.LuongAttentionVertex;
import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.network.Architecture;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.network.RecurrentStack;
import io.github.recurrentzoo.zoo.network.RecurrentStack.StepsAndState;
import io.github.recurrentzoo.zoo.network.RecurrentZooModel;
import io.github.recurrentzoo.zoo.network.SequenceVertices;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.preset.Recipes;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network that makes one sequence of symbols of another: the encoder-decoder of Cho et al.
 * (2014), "Learning Phrase Representations using RNN Encoder-Decoder", with any recurrence f.
 *
 * <pre>
 * encoder   s_i = f(s_{i-1}, x_i)                       x_i the embedding of input symbol i
 * context   c   = tanh(V s_S)                           s_S the final state, of both directions if there are two
 * decoder   h_t = f(h_{t-1}, [y_{t-1} ; c])             y_{t-1} the embedding of output symbol t-1
 * attention a_t = softmax over j of h_t U [s_j ; x_j]   the weights of the input symbols
 *           g_t = tanh([sum_j a_tj [s_j ; x_j] ; h_t] W_c + b)
 * output    p(y_t | y_1 ... y_{t-1}, x) = softmax(W g_t)
 * </pre>
 *
 * <p>The attention is the multiplicative one of Luong et al. (2015), over each symbol's embedding
 * beside its state: the embedding tells what symbol stands there, whatever its neighbours are, so
 * that codes, names and numbers are copied right. Without attention, g_t is h_t, and the network
 * knows its input by c alone.
 *
 * <ul>
 *   <li>Input {@value #SOURCE}: ids of the input's symbols as floats, [B, S], with a mask [B, S] of
 *       1 (symbol) and 0 (padding) if the rows differ in length. Rows are padded on the right; each
 *       needs one symbol at least.
 *   <li>Input {@value #TARGET}: ids of what the decoder reads, [B, T], with a mask: the start
 *       symbol, then the output's symbols.
 *   <li>Output {@value #SYMBOLS}: probabilities [B, V, T] of the output's symbols, the end symbol
 *       last; trained with cross-entropy, summed over T.
 * </ul>
 *
 * <p>As against Cho et al., the decoder's state begins with zeros, and the output layer reads the
 * attention, or the state alone; both see c through it.
 *
 * <p>{@link SequenceTranslator} is the way from texts to texts; this class is for those who bring
 * their own ids.
 */
@SuppressWarnings("unchecked") // Deeplearning4j's init(): see RecurrentZooModel
public final class SequenceToSequence extends RecurrentZooModel {
  /** What it is for. */
  public static final Task TASK = new Task("sequence-to-sequence");

  /** Name of the network's first input. */
  public static final String SOURCE = "source";

  /** Name of the network's second input. */
  public static final String TARGET = "target";

  /** Name of the network's output layer. */
  public static final String SYMBOLS = "symbols";

  static final String CONTEXT = "context";
  static final String SOURCE_EMBEDDING = "source-embedding";
  static final String ATTENTION = "attention";
  static final String TARGET_EMBEDDING = "target-embedding";

  /** The largest bound of a length: an output is reserved memory for before it is there. */
  static final int LONGEST = 10_000;

  private final Builder options;
  private final RecurrentStack stack;

  private SequenceToSequence(Builder options, RecurrentStack stack) {
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
   * @param name {@code dates} and {@code pronunciation} for the pairs of the zoo, {@code pairs} for
   *     pairs of your own
   * @throws IllegalArgumentException if there is none of that name; the message lists those that
   *     there are
   */
  public static Recipe recipe(String name, Recurrence recurrence) {
    return Recipes.get(name, TASK, recurrence.name());
  }

  @Override
  public ComputationGraphConfiguration configuration() {
    GraphBuilder graph = stack.global().graphBuilder().addInputs(SOURCE, TARGET);
    graph.addLayer(SOURCE_EMBEDDING, embedding(options.sourceVocabularySize), SOURCE);
    graph.addLayer(TARGET_EMBEDDING, embedding(options.targetVocabularySize), TARGET);
    StepsAndState encoded = addEncoder(graph);
    graph.addLayer(
        CONTEXT,
        new DenseLayer.Builder()
            .nIn(stack.outputSize())
            .nOut(stack.hiddenSize())
            .activation(Activation.TANH)
            .build(),
        encoded.state());
    graph.addVertex("decoder-input", new ContextVertex(), TARGET_EMBEDDING, CONTEXT);
    String top =
        stack
            .forwardOnly() // what comes next is not there yet
            .addAllSteps(
                graph,
                SequenceVertices.OURS,
                "decoder",
                "decoder-input",
                options.embeddingSize + stack.hiddenSize(),
                TARGET);
    if (options.attention) {
      List<String> inputs = new ArrayList<>(List.of(top));
      inputs.addAll(encoded.steps());
      inputs.add(SOURCE_EMBEDDING);
      graph.addVertex(ATTENTION, attentionVertex(), inputs.toArray(String[]::new));
    }
    graph.addLayer(SYMBOLS, output(), options.attention ? ATTENTION : top);
    return graph.setOutputs(SYMBOLS).build();
  }

  private StepsAndState addEncoder(GraphBuilder graph) {
    String name = "encoder";
    SequenceVertices ours = SequenceVertices.OURS;
    int size = options.embeddingSize;
    return options.attention
        ? stack.addStepsAndState(graph, ours, name, SOURCE_EMBEDDING, size, SOURCE)
        : new StepsAndState(
            List.of(), stack.addFinalState(graph, ours, name, SOURCE_EMBEDDING, size, SOURCE));
  }

  private LuongAttentionVertex attentionVertex() {
    return LuongAttentionVertex.builder()
        .querySize(stack.hiddenSize())
        .stateSize(stack.outputSize() + options.embeddingSize)
        .outputSize(stack.hiddenSize())
        .queryMask(TARGET)
        .stateMask(SOURCE)
        .build();
  }

  private EmbeddingSequenceLayer embedding(int symbols) {
    return new EmbeddingSequenceLayer.Builder().nIn(symbols).nOut(options.embeddingSize).build();
  }

  private RnnOutputLayer output() {
    RnnOutputLayer.Builder output =
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .nOut(options.targetVocabularySize)
            .dataFormat(RNNFormat.NCW);
    return stack.forwardOnly().onTop(output).build();
  }

  /** What a symbol of the input is. */
  public SymbolUnit sourceUnit() {
    return options.sourceUnit;
  }

  /** What a symbol of the output is. */
  public SymbolUnit targetUnit() {
    return options.targetUnit;
  }

  /** The number of ids of the input, or an upper bound where a pipeline counts the symbols. */
  public int sourceVocabularySize() {
    return options.sourceVocabularySize;
  }

  /** The number of ids of the output, V, or an upper bound where a pipeline counts the symbols. */
  public int targetVocabularySize() {
    return options.targetVocabularySize;
  }

  /** Whether the decoder attends to all symbols of the input. */
  public boolean attention() {
    return options.attention;
  }

  /** The number of symbols that an input may have. */
  public int maxInputLength() {
    return options.maxInputLength;
  }

  /** The number of symbols that an output may have. */
  public int maxOutputLength() {
    return options.maxOutputLength;
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
    map.put("sourceUnit", options.sourceUnit.name());
    map.put("targetUnit", options.targetUnit.name());
    map.put("sourceVocabularySize", options.sourceVocabularySize);
    map.put("targetVocabularySize", options.targetVocabularySize);
    map.put("embeddingSize", options.embeddingSize);
    map.put("attention", options.attention);
    map.put("maxInputLength", options.maxInputLength);
    map.put("maxOutputLength", options.maxOutputLength);
    return map;
  }

  @Override
  protected int outputs() {
    return options.targetVocabularySize;
  }

  /**
   * Options of {@link SequenceToSequence}. By default one layer of 128 units on each side, the
   * encoder in both directions, attention, and gradients clipped to a norm of 5.
   */
  public static final class Builder extends NetworkOptions<Builder> {
    private SymbolUnit sourceUnit = SymbolUnit.CHARACTERS;
    private SymbolUnit targetUnit = SymbolUnit.CHARACTERS;
    private int sourceVocabularySize = 10_000;
    private int targetVocabularySize = 10_000;
    private int embeddingSize = 64;
    private boolean attention = true;
    private int maxInputLength = 100;
    private int maxOutputLength = 100;

    private Builder() {
      hiddenSize(128).bidirectional(true);
      defaultGradientNorm(5);
    }

    /** What a symbol of the input is. Default: {@link SymbolUnit#CHARACTERS}. */
    public Builder sourceUnit(SymbolUnit sourceUnit) {
      this.sourceUnit = Require.notNull("sourceUnit", sourceUnit);
      return this;
    }

    /** What a symbol of the output is. Default: {@link SymbolUnit#CHARACTERS}. */
    public Builder targetUnit(SymbolUnit targetUnit) {
      this.targetUnit = Require.notNull("targetUnit", targetUnit);
      return this;
    }

    /**
     * The number of ids of the input, the four reserved ones (padding, unknown, start, end)
     * included; 5 at least. {@link SequenceTranslator} takes it for an upper bound. Default:
     * 10,000.
     */
    public Builder sourceVocabularySize(int sourceVocabularySize) {
      this.sourceVocabularySize = Require.atLeast("sourceVocabularySize", 5, sourceVocabularySize);
      return this;
    }

    /** The number of ids of the output, V, as for the input. Default: 10,000. */
    public Builder targetVocabularySize(int targetVocabularySize) {
      this.targetVocabularySize = Require.atLeast("targetVocabularySize", 5, targetVocabularySize);
      return this;
    }

    /** The size of a symbol's vector, on both sides. Default: 64. */
    public Builder embeddingSize(int embeddingSize) {
      this.embeddingSize = Require.atLeast("embeddingSize", 1, embeddingSize);
      return this;
    }

    /**
     * Whether the decoder attends to all symbols of the input, and does not know the encoder's
     * final state alone. Default: true.
     */
    public Builder attention(boolean attention) {
      this.attention = attention;
      return this;
    }

    /**
     * The number of symbols that an input may have; {@link SequenceTranslator} refuses longer ones.
     * The network itself takes sequences of any length. Default: 100.
     */
    public Builder maxInputLength(int maxInputLength) {
      this.maxInputLength = Require.between("maxInputLength", 1, LONGEST, maxInputLength);
      return this;
    }

    /**
     * The number of symbols that an output may have, the end symbol not counted: no more are
     * decoded, and longer ones are refused in training. Default: 100.
     */
    public Builder maxOutputLength(int maxOutputLength) {
      this.maxOutputLength = Require.between("maxOutputLength", 1, LONGEST, maxOutputLength);
      return this;
    }

    /**
     * The entry with these options; changing the builder later leaves it as it is.
     *
     * @throws IllegalArgumentException if options contradict each other
     */
    @Override
    public SequenceToSequence build() {
      return new SequenceToSequence(copy(), stack());
    }

    @Override
    protected Optional<Task> task() {
      return Optional.of(TASK);
    }

    @Override
    protected void applyOwn(Architecture network) {
      network.text("sourceUnit", value -> sourceUnit(SymbolUnit.valueOf(value)));
      network.text("targetUnit", value -> targetUnit(SymbolUnit.valueOf(value)));
      network.integer("sourceVocabularySize", this::sourceVocabularySize);
      network.integer("targetVocabularySize", this::targetVocabularySize);
      network.integer("embeddingSize", this::embeddingSize);
      network.text("attention", value -> attention(Boolean.parseBoolean(value)));
      network.integer("maxInputLength", this::maxInputLength);
      network.integer("maxOutputLength", this::maxOutputLength);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
