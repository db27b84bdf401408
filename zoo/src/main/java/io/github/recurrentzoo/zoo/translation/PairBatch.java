package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.layers.runtime.FusedSoftmaxLayer;
import io.github.recurrentzoo.zoo.network.OffHeap;
import io.github.recurrentzoo.zoo.network.TimeMajor;
import io.github.recurrentzoo.zoo.network.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One minibatch of a {@link SequenceToSequence} network.
 *
 * @param source the input, [B, S]
 * @param target what the decoder reads, [B, T], and its mask
 * @param answers the ids that the decoder is to answer, B arrays of up to T
 */
record PairBatch(TokenBatch source, TokenBatch target, List<int[]> answers) {

  /** The rows with these indices. */
  static PairBatch of(PairRows rows, int[] indices) {
    List<int[]> sources = new ArrayList<>();
    List<int[]> targets = new ArrayList<>();
    List<int[]> answers = new ArrayList<>();
    int[] all = new int[indices.length];
    for (int b = 0; b < indices.length; b++) {
      sources.add(rows.sources().get(indices[b]));
      targets.add(rows.read(indices[b]));
      answers.add(rows.answer(indices[b]));
      all[b] = b;
    }
    return new PairBatch(TokenBatch.of(sources, all), TokenBatch.of(targets, all), answers);
  }

  private INDArray[] inputs() {
    return new INDArray[] {source.tokens(), target.tokens()};
  }

  private INDArray[] masks() {
    return source.mask() == null && target.mask() == null
        ? null
        : new INDArray[] {source.mask(), target.mask()};
  }

  /** One step of the optimiser. */
  void fit(ComputationGraph network, int symbols) {
    network.fit(
        inputs(),
        new INDArray[] {
          network.getOutputLayer(0) instanceof FusedSoftmaxLayer ? ids() : oneHot(symbols)
        },
        masks(),
        target.mask() == null ? null : new INDArray[] {target.mask()});
  }

  /** The network's probabilities, without dropout. */
  SymbolProbabilities output(ComputationGraph network) {
    INDArray answer = network.output(false, inputs(), masks(), null)[0];
    SymbolProbabilities probabilities = SymbolProbabilities.of(answer);
    OffHeap.close(answer);
    return probabilities;
  }

  /** The answers as ids, [B, 1, T], which the kernel of an output layer reads; 0 at padding. */
  private INDArray ids() {
    int rows = answers.size();
    int steps = (int) target.tokens().size(1);
    float[] ids = new float[rows * steps];
    for (int b = 0; b < rows; b++) {
      for (int t = 0; t < answers.get(b).length; t++) {
        ids[t * rows + b] = answers.get(b)[t];
      }
    }
    return TimeMajor.array(ids, steps, rows, 1);
  }

  /** The answers one-hot, [B, V, T]. */
  private INDArray oneHot(int symbols) {
    int rows = answers.size();
    int steps = (int) target.tokens().size(1);
    float[] oneHot = new float[Math.multiplyExact(rows * steps, symbols)];
    for (int b = 0; b < rows; b++) {
      for (int t = 0; t < answers.get(b).length; t++) {
        oneHot[(t * rows + b) * symbols + answers.get(b)[t]] = 1;
      }
    }
    return TimeMajor.array(oneHot, steps, rows, symbols);
  }
}
