package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.network.OffHeap;
import io.github.recurrentzoo.zoo.network.TimeMajor;
import io.github.recurrentzoo.zoo.network.TokenBatch;
import io.github.recurrentzoo.zoo.network.WeightedLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Some pieces of sentences as a network takes them.
 *
 * @param inputs in the order of {@link SequenceTagging#inputs}
 * @param mask [B, T]; null if all pieces are equally long
 * @param steps T
 */
record TagBatch(List<INDArray> inputs, INDArray mask, int steps) {

  /**
   * The batch of the pieces with the given indices.
   *
   * @param vectorSize of the word vectors that are read; 0 for none
   */
  static TagBatch of(List<TagEncoder.Piece> pieces, int[] rows, int vectorSize) {
    List<int[]> ids = Arrays.stream(rows).mapToObj(row -> pieces.get(row).ids()).toList();
    int[] all = new int[rows.length];
    Arrays.setAll(all, b -> b);
    TokenBatch words = TokenBatch.of(ids, all);
    int steps = (int) words.tokens().size(1);
    List<INDArray> inputs = new ArrayList<>(List.of(words.tokens()));
    int affixes = pieces.get(rows[0]).word(0).affixes();
    for (int k = 0; k < affixes; k++) {
      float[] buckets = new float[rows.length * steps];
      for (int b = 0; b < rows.length; b++) {
        TagEncoder.Piece row = pieces.get(rows[b]);
        for (int t = 0; t < row.size(); t++) {
          buckets[b * steps + t] = row.word(t).affix(k);
        }
      }
      inputs.add(Nd4j.create(buckets, new long[] {rows.length, steps}, 'c'));
    }
    if (vectorSize > 0) {
      inputs.add(vectors(pieces, rows, steps, vectorSize));
    }
    return new TagBatch(inputs, words.mask(), steps);
  }

  /** [B, D, T], with zeros for words without a vector. */
  private static INDArray vectors(
      List<TagEncoder.Piece> pieces, int[] rows, int steps, int vectorSize) {
    float[] numbers = new float[steps * rows.length * vectorSize];
    for (int b = 0; b < rows.length; b++) {
      TagEncoder.Piece row = pieces.get(rows[b]);
      for (int t = 0; t < row.size(); t++) {
        float[] vector = row.word(t).vector();
        if (vector != null) {
          System.arraycopy(vector, 0, numbers, (t * rows.length + b) * vectorSize, vectorSize);
        }
      }
    }
    return TimeMajor.array(numbers, steps, rows.length, vectorSize);
  }

  /** The inputs as the network takes them. */
  INDArray[] arrays() {
    return inputs.toArray(INDArray[]::new);
  }

  /** The mask once per input; null if there is none. */
  INDArray[] masks() {
    if (mask == null) {
      return null;
    }
    INDArray[] masks = new INDArray[inputs.size()];
    Arrays.fill(masks, mask);
    return masks;
  }

  /** The mask of the labels; null if there is none. */
  INDArray[] labelMasks() {
    return mask == null ? null : new INDArray[] {mask};
  }

  /**
   * A step of training with a weight for each word in the loss of a softmax. The kernel of the
   * output layer takes the mask of the labels as weights. Deeplearning4j's own layer takes it for
   * something else, and gets a loss with weights in its place.
   *
   * @param right labels, [B, C, T]
   * @param weights of the words, 0 at padding, [B, T]
   */
  void fit(ComputationGraph network, INDArray[] right, INDArray weights) {
    var layer = network.getOutputLayer(0);
    if (layer.getClass() != org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer.class) {
      network.fit(arrays(), right, masks(), new INDArray[] {weights});
      return;
    }
    RnnOutputLayer conf = (RnnOutputLayer) layer.conf().getLayer();
    ILossFunction loss = conf.getLossFn();
    INDArray rows = // as the layer has them: row after row of a step
        weights.castTo(network.params().dataType()).dup('f').reshape('f', weights.length(), 1);
    conf.setLossFn(new WeightedLoss(loss, rows));
    try {
      network.fit(arrays(), right, masks(), labelMasks());
    } finally {
      conf.setLossFn(loss);
    }
  }

  /** Gives back the memory of all arrays; nobody may use them any more. */
  void close() {
    OffHeap.close(arrays());
    OffHeap.close(mask);
  }
}
