package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.EmbeddingGradient;
import io.github.recurrentzoo.layers.kernel.EmbeddingKernel;
import io.github.recurrentzoo.layers.runtime.FusedEmbeddingLayer;
import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.layers.feedforward.embedding.EmbeddingLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/** An embedding in a {@link TrainingStep}: of token sequences, or of one token a row. */
final class StepEmbedding extends StepNode {

  private final Layer layer;
  private final FeedForwardLayer configuration;
  private final KeptArray kept = new KeptArray();
  private final KeptArray keptRows = new KeptArray(); // of a table
  private final EmbeddingGradient gradient;
  private int[] tokens = {};
  private boolean readAsTable; // by all above
  private boolean asTable; // in this step

  private StepEmbedding(List<StepNode> below, Layer layer, FeedForwardLayer configuration) {
    super(below);
    this.layer = layer;
    this.configuration = configuration;
    this.gradient =
        new EmbeddingGradient(
            Math.toIntExact(configuration.getNIn()), Math.toIntExact(configuration.getNOut()));
    setLearns();
  }

  /** Of sequences. */
  static StepEmbedding of(List<StepNode> below, FusedEmbeddingLayer layer) {
    return new StepEmbedding(below, layer, layer.layerConf());
  }

  /** Of one token a row, [B, 1]; without bias, with the identity as activation. */
  static StepEmbedding of(List<StepNode> below, EmbeddingLayer layer) {
    return new StepEmbedding(below, layer, layer.layerConf());
  }

  /** Of the last backward pass. */
  EmbeddingGradient gradient() {
    return gradient;
  }

  @Override
  void setReadAsTable(boolean all) {
    readAsTable = all && readsSequences();
  }

  private boolean readsSequences() {
    return configuration instanceof EmbeddingSequenceLayer;
  }

  @Override
  StepShape prepare(StepPass pass) throws Unserved {
    INDArray ids = below().output();
    if (ids.rank() != 2
        || ids.ordering() != 'c'
        || ids.isView()
        || !Shape.hasDefaultStridesForShape(ids)) {
      throw new Unserved("token ids are " + ids.shapeInfoToString());
    }
    StepShape sequence = new StepShape(ids.size(0), configuration.getNOut(), ids.size(1));
    requireSteps(sequence.steps());
    if (layer.getMaskArray() != null) {
      StepPass.requireMask(layer.getMaskArray(), sequence);
    }
    tokens = ids.data().asInt();
    long vocabulary = configuration.getNIn();
    for (int token : tokens) {
      if (token < 0 || token >= vocabulary) {
        throw new Unserved("there is a token " + token);
      }
    }
    INDArray mask = layer.getMaskArray();
    asTable =
        readAsTable
            && gradient.isWorthTable(tokens)
            && (mask == null || EmbeddingGradient.hides(mask));
    return readsSequences() ? sequence : sequence.flat();
  }

  private void requireSteps(long steps) throws Unserved {
    boolean fits =
        configuration instanceof EmbeddingSequenceLayer sequences
            ? sequences.isInferInputLength() || sequences.getInputLength() == steps
            : steps == 1;
    if (!fits) {
      throw new Unserved("the embedding takes another number of steps");
    }
  }

  /** A matrix [B, E] is a sequence of one step. */
  private StepShape asSequence() {
    return shape().isSequence() ? shape() : new StepShape(shape().rows(), shape().size(), 1);
  }

  @Override
  void forward(StepPass pass) {
    if (asTable) {
      forwardAsTable();
      return;
    }
    setTable(null);
    setOutput(kept.as(shape()));
    EmbeddingKernel.lookUp(
        layer.getParam(DefaultParamInitializer.WEIGHT_KEY),
        tokens,
        layer.getMaskArray(),
        kept.as(asSequence()));
  }

  private void forwardAsTable() {
    int[] places = gradient.places(tokens, layer.getMaskArray());
    int[] occurring = gradient.occurring();
    INDArray rows = keptRows.as(new StepShape(occurring.length + 1L, shape().size(), 0));
    EmbeddingKernel.lookUpRows(layer.getParam(DefaultParamInitializer.WEIGHT_KEY), occurring, rows);
    setOutput(null);
    setTable(new StepTable(rows, places));
  }

  @Override
  void backward(StepPass pass) {
    if (asTable) {
      gradient.setRows(epsilon());
      return;
    }
    INDArray byOutput =
        shape().isSequence() ? epsilon() : epsilon().reshape(shape().rows(), shape().size(), 1);
    gradient.set(byOutput, tokens, layer.getMaskArray());
  }
}
