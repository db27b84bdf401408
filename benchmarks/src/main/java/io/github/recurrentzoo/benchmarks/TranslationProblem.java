package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A minibatch of pairs without padding, and our network that learns from it: an encoder in both
 * directions and a decoder, with or without attention, without dropout and clipping.
 *
 * @param source ids of the input, [B, S]
 * @param target ids that the decoder reads, [B, T]
 * @param labels ids that it is to answer, [B, T]
 */
record TranslationProblem(Matrix source, Matrix target, Matrix labels) {

  /** B. */
  static final int ROWS = 64;

  /** S, and one less than T. */
  static final int STEPS = 12;

  /** The number of ids on each side. */
  static final int SYMBOLS = 60;

  /** Of a symbol's vector. */
  static final int EMBEDDING = 64;

  /** H. */
  static final int UNITS = 128;

  /** Ids by chance. */
  static TranslationProblem drawn() {
    Random random = new Random(7);
    return new TranslationProblem(
        ids(STEPS, random), ids(STEPS + 1, random), ids(STEPS + 1, random));
  }

  private static Matrix ids(int steps, Random random) {
    float[] ids = new float[ROWS * steps];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = random.nextInt(SYMBOLS);
    }
    return new Matrix(ROWS, steps, ids);
  }

  /** Our network, with kernels. */
  static ComputationGraph network(Recurrence recurrence, boolean attention) {
    return SequenceToSequence.builder()
        .recurrence(recurrence)
        .attention(attention)
        .hiddenSize(UNITS)
        .embeddingSize(EMBEDDING)
        .sourceVocabularySize(SYMBOLS)
        .targetVocabularySize(SYMBOLS)
        .clipNorm(0)
        .updater(new Adam(Contender.LEARNING_RATE))
        .build()
        .init();
  }

  /** What the network reads. */
  INDArray[] inputs() {
    return new INDArray[] {array(source), array(target)};
  }

  private static INDArray array(Matrix ids) {
    return Nd4j.create(ids.values(), new long[] {ids.rows(), ids.columns()}, 'c');
  }

  /** [B, V, T]. */
  INDArray[] oneHot() {
    INDArray labelled = Nd4j.zeros(ROWS, SYMBOLS, labels.columns());
    for (int b = 0; b < ROWS; b++) {
      for (int t = 0; t < labels.columns(); t++) {
        labelled.putScalar(b, (int) labels.values()[b * labels.columns() + t], t, 1);
      }
    }
    return new INDArray[] {labelled};
  }
}
