package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.network.OffHeap;
import io.github.recurrentzoo.zoo.network.TokenBatch;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a {@link TextClassification} network reads of some texts.
 *
 * @param ids of the tokens of each text, one at least; shared, never changed
 * @param evidence of each text; empty for a network without that input
 */
record TextInputs(List<int[]> ids, List<float[]> evidence) {

  /** For a network that reads words only. */
  static TextInputs of(List<int[]> ids) {
    return new TextInputs(ids, List.of());
  }

  int size() {
    return ids.size();
  }

  /**
   * The texts with the given indices.
   *
   * @param words ids and mask
   * @param evidence [B, evidence]; null for a network without that input
   */
  record Batch(TokenBatch words, INDArray evidence) {

    /** Gives back the memory of all arrays; nobody may use them any more. */
    void close() {
      words.close();
      OffHeap.close(evidence);
    }

    /** In the order of the network's inputs. */
    INDArray[] inputs() {
      return evidence == null
          ? new INDArray[] {words.tokens()}
          : new INDArray[] {words.tokens(), evidence};
    }

    /** Null if all texts are equally long. */
    INDArray[] masks() {
      if (words.mask() == null) {
        return null;
      }
      return evidence == null ? new INDArray[] {words.mask()} : new INDArray[] {words.mask(), null};
    }
  }

  Batch batch(int[] rows) {
    TokenBatch words = TokenBatch.of(ids, rows);
    if (evidence.isEmpty()) {
      return new Batch(words, null);
    }
    float[][] values = new float[rows.length][];
    for (int b = 0; b < rows.length; b++) {
      values[b] = evidence.get(rows[b]);
    }
    return new Batch(words, Nd4j.create(values));
  }
}
