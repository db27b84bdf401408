package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.EmbeddingGradient;
import io.github.recurrentzoo.layers.kernel.EmbeddingKernel;
import io.github.recurrentzoo.layers.runtime.FusedEmbeddingLayer;
import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.util.List;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/** An embedding of token sequences in a {@link TrainingStep}. */
final class StepEmbedding extends StepNode {

  private final FusedEmbeddingLayer layer;
  private final KeptArray kept = new KeptArray();
  private final EmbeddingGradient gradient;
  private int[] tokens = {};

  StepEmbedding(List<StepNode> below, FusedEmbeddingLayer layer) {
    super(below);
    this.layer = layer;
    this.gradient =
        new EmbeddingGradient(
            Math.toIntExact(layer.layerConf().getNIn()),
            Math.toIntExact(layer.layerConf().getNOut()));
    setLearns();
  }

  /** Of the last backward pass. */
  EmbeddingGradient gradient() {
    return gradient;
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
    StepShape shape = new StepShape(ids.size(0), layer.layerConf().getNOut(), ids.size(1));
    if (!layer.layerConf().isInferInputLength()
        && layer.layerConf().getInputLength() != shape.steps()) {
      throw new Unserved("the embedding takes another number of steps");
    }
    if (layer.getMaskArray() != null) {
      StepPass.requireMask(layer.getMaskArray(), shape);
    }
    tokens = ids.data().asInt();
    long vocabulary = layer.layerConf().getNIn();
    for (int token : tokens) {
      if (token < 0 || token >= vocabulary) {
        throw new Unserved("there is a token " + token);
      }
    }
    return shape;
  }

  @Override
  void forward(StepPass pass) {
    setOutput(kept.as(shape()));
    EmbeddingKernel.lookUp(
        layer.getParam(DefaultParamInitializer.WEIGHT_KEY), tokens, layer.getMaskArray(), output());
  }

  @Override
  void backward(StepPass pass) {
    gradient.set(epsilon(), tokens, layer.getMaskArray());
  }
}
