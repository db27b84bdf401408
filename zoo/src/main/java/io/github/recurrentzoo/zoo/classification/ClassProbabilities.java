package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.zoo.network.OffHeap;
import io.github.recurrentzoo.zoo.network.TokenBatch;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Asks a network for the probabilities of all classes, whether it ends in sigmoid or softmax. */
final class ClassProbabilities {
  private static final int BATCH_SIZE = 64;

  private ClassProbabilities() {}

  /**
   * Probabilities [rows][classes], in the order of the rows.
   *
   * @throws IllegalStateException if the network answers with NaN
   */
  static double[][] of(ComputationGraph network, TextInputs texts) {
    return checked(unchecked(network, texts));
  }

  /** As {@link #of(ComputationGraph, TextInputs)}, by a network on the Java heap. */
  static double[][] of(Inference network, TextInputs texts) {
    double[][] probabilities = new double[texts.size()][];
    for (int[] rows : TokenBatch.byLength(texts.ids(), BATCH_SIZE)) {
      int[][] ids = Arrays.stream(rows).mapToObj(texts.ids()::get).toArray(int[][]::new);
      network.begin(Arrays.stream(ids).mapToInt(row -> row.length).toArray()).symbols(0, ids);
      if (!texts.evidence().isEmpty()) {
        network.numbers(
            1, Arrays.stream(rows).mapToObj(texts.evidence()::get).toArray(float[][]::new));
      }
      float[][] answers = network.run().output(0);
      for (int b = 0; b < rows.length; b++) {
        probabilities[rows[b]] = ofAllClasses(answers[b]);
      }
    }
    return checked(probabilities);
  }

  /** An answer [1] or [C] of the network as probabilities of all classes. */
  private static double[] ofAllClasses(float[] answer) {
    if (answer.length == 1) {
      return new double[] {1 - (double) answer[0], answer[0]};
    }
    double[] probabilities = new double[answer.length];
    Arrays.setAll(probabilities, c -> answer[c]);
    return probabilities;
  }

  private static double[][] checked(double[][] probabilities) {
    for (double[] row : probabilities) {
      for (double probability : row) {
        if (Double.isNaN(probability)) {
          throw new IllegalStateException(
              "The network answers NaN; expected a probability. Its weights are infinite or no"
                  + " numbers: train it again with a lower learning rate or with clipped"
                  + " gradients.");
        }
      }
    }
    return probabilities;
  }

  /** As {@link #of}, but NaN is given as it is. */
  static double[][] unchecked(ComputationGraph network, TextInputs texts) {
    double[][] probabilities = new double[texts.size()][];
    for (int[] rows : TokenBatch.byLength(texts.ids(), BATCH_SIZE)) {
      TextInputs.Batch batch = texts.batch(rows);
      INDArray answer = network.output(false, batch.inputs(), batch.masks(), null)[0];
      double[][] values = rows(answer);
      OffHeap.close(answer);
      batch.close();
      for (int b = 0; b < rows.length; b++) {
        probabilities[rows[b]] = values[b];
      }
    }
    return probabilities;
  }

  /** An answer [B, 1] or [B, C] of the network as probabilities of all classes. */
  static double[][] rows(INDArray answer) {
    double[][] values = answer.toDoubleMatrix();
    if (answer.size(1) == 1) {
      for (int b = 0; b < values.length; b++) {
        values[b] = new double[] {1 - values[b][0], values[b][0]};
      }
    }
    return values;
  }

  /** The index of the largest probability, the first one if several are as large. */
  static int best(double[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[best]) {
        best = c;
      }
    }
    return best;
  }
}
