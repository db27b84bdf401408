package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.zoo.network.OffHeap;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Asks a network for the probabilities of all classes. */
final class SequenceProbabilities {
  private static final int BATCH_SIZE = 64;

  private SequenceProbabilities() {}

  /**
   * Probabilities [rows][classes], in the order of the rows.
   *
   * @throws IllegalStateException if the network answers with NaN
   */
  static double[][] of(ComputationGraph network, List<float[]> rows, Frames frames) {
    return checked(unchecked(network, rows, frames));
  }

  /** As {@link #of(ComputationGraph, List, Frames)}, by a network on the Java heap. */
  static double[][] of(Inference network, List<float[]> rows, Frames frames) {
    double[][] probabilities = new double[rows.size()][];
    for (int[] indices : SequenceBatch.byLength(rows, BATCH_SIZE)) {
      int count = indices.length;
      int[] lengths = new int[count];
      Arrays.setAll(lengths, b -> frames.count(rows.get(indices[b]).length / frames.size()));
      int longest = Arrays.stream(lengths).max().orElseThrow();
      float[][] lines = new float[longest * count][frames.frameSize()];
      for (int b = 0; b < count; b++) {
        for (int j = 0; j < lengths[b]; j++) {
          frames.copy(rows.get(indices[b]), j, lines[j * count + b], 0);
        }
      }
      float[][] answers = network.begin(lengths).numbers(0, lines).run().output(0);
      for (int b = 0; b < count; b++) {
        float[] answer = answers[b];
        double[] row = new double[answer.length];
        Arrays.setAll(row, c -> answer[c]);
        probabilities[indices[b]] = row;
      }
    }
    return checked(probabilities);
  }

  private static double[][] checked(double[][] probabilities) {
    for (double[] row : probabilities) {
      if (Arrays.stream(row).anyMatch(Double::isNaN)) {
        throw notANumber();
      }
    }
    return probabilities;
  }

  static IllegalStateException notANumber() {
    return new IllegalStateException(
        "The network answers NaN; expected a probability. Its weights are infinite or no numbers: train it again with a lower learning rate or with clipped gradients.");
  }

  /** As {@link #of}, but NaN is given as it is. */
  static double[][] unchecked(ComputationGraph network, List<float[]> rows, Frames frames) {
    double[][] probabilities = new double[rows.size()][];
    for (int[] indices : SequenceBatch.byLength(rows, BATCH_SIZE)) {
      SequenceBatch batch =
          SequenceBatch.of(Arrays.stream(indices).mapToObj(rows::get).toList(), frames);
      INDArray answer =
          network.output(false, new INDArray[] {batch.steps()}, batch.masks(), null)[0];
      double[][] values = answer.toDoubleMatrix();
      OffHeap.close(answer);
      batch.close();
      for (int b = 0; b < indices.length; b++) {
        probabilities[indices[b]] = values[b];
      }
    }
    return probabilities;
  }

  /** The index of the largest probability, the first one if several are as large. */
  static int best(double[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      best = probabilities[c] > probabilities[best] ? c : best;
    }
    return best;
  }
}
