package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.layers.FusedKernels;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.zoo.ModelMetaData;
import org.deeplearning4j.zoo.PretrainedType;
import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.ZooType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
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
 * <p>The weights of a new network depend on the options and the seed and on nothing else. There are
 * no pretrained weights yet: {@link #pretrainedAvailable} says no and {@link #initPretrained()}
 * throws.
 *
 * <p>{@link TextClassifier} is the way from texts to answers; this class is for those who bring
 * their own token ids.
 */
// Deeplearning4j declares <M extends Model> M init(), which no implementation can honour; javac
// reports that at the class.
@SuppressWarnings("unchecked")
public final class TextClassification extends ZooModel<ComputationGraph> {
  /** Name of the network's input. */
  public static final String TOKENS = "tokens";

  /** Name of the network's output layer. */
  public static final String OUTPUT = "class";

  private final Builder options;

  private TextClassification(Builder options) {
    this.options = options;
  }

  /** A builder with the defaults that its methods name. */
  public static Builder builder() {
    return new Builder();
  }

  /** The network's configuration, not yet initialised. */
  public ComputationGraphConfiguration configuration() {
    NeuralNetConfiguration.Builder global =
        new NeuralNetConfiguration.Builder()
            .seed(options.seed)
            .dataType(options.dataType)
            .updater(options.updater.clone())
            .weightInit(WeightInit.XAVIER)
            .l1(options.l1)
            .l2(options.l2);
    if (options.maxGradientNorm > 0) {
      global
          .gradientNormalization(GradientNormalization.ClipL2PerLayer)
          .gradientNormalizationThreshold(options.maxGradientNorm);
    } else if (options.maxGradientValue > 0) {
      global
          .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
          .gradientNormalizationThreshold(options.maxGradientValue);
    }
    GraphBuilder graph = global.graphBuilder().addInputs(TOKENS);
    graph.addLayer(
        "embedding",
        new EmbeddingSequenceLayer.Builder()
            .nIn(options.vocabularySize)
            .nOut(options.embeddingSize)
            .build(),
        TOKENS);
    RecurrentSpec spec =
        new RecurrentSpec(
            options.embeddingSize,
            options.hiddenSize,
            options.bidirectional,
            options.activation,
            options.dropOut);
    String below = "embedding";
    for (int i = 1; i < options.layers; i++) {
      below = options.recurrence.layers().addAllSteps(graph, "recurrent-" + i, below, spec);
      spec = spec.withInputSize(spec.outputSize());
    }
    below =
        options
            .recurrence
            .layers()
            .addFinalState(graph, "recurrent-" + options.layers, below, spec, TOKENS);
    graph.addLayer(OUTPUT, outputLayer(spec.outputSize()), below);
    return graph.setOutputs(OUTPUT).build();
  }

  private OutputLayer outputLayer(int inputSize) {
    boolean binary = options.classes == 2;
    OutputLayer.Builder output =
        new OutputLayer.Builder(binary ? LossFunction.XENT : LossFunction.MCXENT)
            .activation(binary ? Activation.SIGMOID : Activation.SOFTMAX)
            .nIn(inputSize)
            .nOut(binary ? 1 : options.classes);
    if (options.dropOut > 0) {
      output.dropOut(1 - options.dropOut);
    }
    return output.build();
  }

  /** A new network with weights drawn from the seed, run by kernels where they can serve. */
  @Override
  public ComputationGraph init() {
    FusedKernels.prepare();
    ComputationGraph network = new ComputationGraph(configuration());
    network.init();
    FusedKernels.attach(network);
    return network;
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

  /** The options by name, for people to read in a saved model. */
  Map<String, Object> describe() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("recurrence", options.recurrence.name());
    map.put("vocabularySize", options.vocabularySize);
    map.put("classes", options.classes);
    map.put("embeddingSize", options.embeddingSize);
    map.put("hiddenSize", options.hiddenSize);
    map.put("layers", options.layers);
    map.put("maxLength", options.maxLength);
    map.put("bidirectional", options.bidirectional);
    map.put("dropOut", options.dropOut);
    map.put("l1", options.l1);
    map.put("l2", options.l2);
    map.put("activation", options.activation.name());
    map.put("clipGradientNorm", options.maxGradientNorm);
    map.put("clipGradientValue", options.maxGradientValue);
    map.put("updater", options.updater.toString());
    map.put("seed", options.seed);
    return map;
  }

  @Override
  public Class<? extends Model> modelType() {
    return ComputationGraph.class;
  }

  /** The length bound and the number of classes. */
  @Deprecated
  @Override
  public ModelMetaData metaData() {
    return new ModelMetaData(new int[][] {{options.maxLength}}, options.classes, ZooType.RNN);
  }

  /**
   * Not supported: the network takes sequences of any length.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void setInputShape(int[][] inputShape) {
    throw new UnsupportedOperationException(
        "TextClassification takes token sequences of any length, so there is no input shape to set;"
            + " use builder().maxLength(...) for the length that texts are cut to");
  }

  /** Always null: there are no pretrained weights to download. */
  @Override
  public String pretrainedUrl(PretrainedType pretrainedType) {
    return null;
  }

  /** Always 0: there are no pretrained weights to download. */
  @Override
  public long pretrainedChecksum(PretrainedType pretrainedType) {
    return 0;
  }

  /**
   * Not supported yet.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Model initPretrained() {
    throw new UnsupportedOperationException(
        "TextClassification has no pretrained weights yet; use init() for a network to train, or"
            + " TextClassifier.load(...) for one that you saved");
  }

  /**
   * Options of {@link TextClassification}. A method that gets an impossible value throws an {@link
   * IllegalArgumentException} which names it.
   */
  public static final class Builder implements Cloneable {
    private Recurrence recurrence = Recurrence.LSTM;
    private int vocabularySize = 10_000;
    private int classes = 2;
    private int embeddingSize = 64;
    private int hiddenSize = 64;
    private int layers = 1;
    private int maxLength = 100;
    private boolean bidirectional;
    private double dropOut;
    private double l1;
    private double l2;
    private Activation activation = Activation.TANH;
    private double maxGradientNorm;
    private double maxGradientValue;
    private IUpdater updater = new Adam(1e-3);
    private long seed = 42;
    private DataType dataType = DataType.FLOAT;

    private Builder() {}

    /** What a recurrent layer computes. Default: {@link Recurrence#LSTM}. */
    public Builder recurrence(Recurrence recurrence) {
      this.recurrence = Require.notNull("recurrence", recurrence);
      return this;
    }

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

    /** The size of one direction's state, H. Default: 64. */
    public Builder hiddenSize(int hiddenSize) {
      this.hiddenSize = Require.atLeast("hiddenSize", 1, hiddenSize);
      return this;
    }

    /** The number of recurrent layers on top of each other. Default: 1. */
    public Builder layers(int layers) {
      this.layers = Require.atLeast("layers", 1, layers);
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

    /** Whether each recurrent layer reads in both directions. Default: false. */
    public Builder bidirectional(boolean bidirectional) {
      this.bidirectional = bidirectional;
      return this;
    }

    /**
     * The fraction of the inputs of each recurrent layer and of the output layer that is dropped
     * while training, in [0, 1): 0.2 drops one of five. (Deeplearning4j's own {@code dropOut} is
     * the opposite, the probability of keeping.) Default: 0.
     */
    public Builder dropOut(double dropOut) {
      if (!(dropOut >= 0 && dropOut < 1)) {
        throw new IllegalArgumentException(
            "dropOut is the fraction that is dropped and must be in [0, 1), but is " + dropOut);
      }
      this.dropOut = dropOut;
      return this;
    }

    /** The L1 penalty on all weights (embedding, recurrent, output), not on biases. Default: 0. */
    public Builder l1(double l1) {
      this.l1 = Require.notNegative("l1", l1);
      return this;
    }

    /** The L2 penalty on all weights (embedding, recurrent, output), not on biases. Default: 0. */
    public Builder l2(double l2) {
      this.l2 = Require.notNegative("l2", l2);
      return this;
    }

    /** The activation f of the recurrent layers. Default: {@link Activation#TANH}. */
    public Builder activation(Activation activation) {
      this.activation = Require.notNull("activation", activation);
      return this;
    }

    /**
     * Scales the gradient of a layer down to this L2 norm where it is longer; each layer by itself.
     * Excludes {@link #clipGradientValue}. Default: 0, no clipping.
     */
    public Builder clipGradientNorm(double maxNorm) {
      this.maxGradientNorm = Require.notNegative("clipGradientNorm", maxNorm);
      return this;
    }

    /**
     * Cuts each element of the gradient to [-maxValue, maxValue]. Excludes {@link
     * #clipGradientNorm}. Default: 0, no clipping.
     */
    public Builder clipGradientValue(double maxValue) {
      this.maxGradientValue = Require.notNegative("clipGradientValue", maxValue);
      return this;
    }

    /**
     * How gradients become steps, learning rate included; schedules by epoch and by iteration work.
     * Default: Adam with a learning rate of 0.001.
     */
    public Builder updater(IUpdater updater) {
      this.updater = Require.notNull("updater", updater);
      return this;
    }

    /** The seed of the initial weights. Default: 42. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** The type of weights and activations: DOUBLE for gradient checks. Default: FLOAT. */
    Builder dataType(DataType dataType) {
      this.dataType = Require.notNull("dataType", dataType);
      return this;
    }

    /**
     * The entry with these options; changing the builder later leaves it as it is.
     *
     * @throws IllegalArgumentException if gradients are to be clipped both by norm and by value
     */
    public TextClassification build() {
      if (maxGradientNorm > 0 && maxGradientValue > 0) {
        throw new IllegalArgumentException(
            "Gradients can be clipped by norm ("
                + maxGradientNorm
                + ") or by value ("
                + maxGradientValue
                + "), not by both; leave one of them at 0");
      }
      return new TextClassification(copy());
    }

    private Builder copy() {
      try {
        return (Builder) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError("Builder is cloneable", e);
      }
    }
  }
}
