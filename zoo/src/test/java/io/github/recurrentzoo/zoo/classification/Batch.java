package io.github.recurrentzoo.zoo.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A small batch of token ids of unequal length, with its mask and one-hot labels. */
public record Batch(List<int[]> rows, INDArray tokens, INDArray mask, INDArray labels) {

  /** Rows of the given lengths with ids in [1, vocabulary), labels in turn. */
  public static Batch of(int vocabulary, int classes, int... lengths) {
    Random random = new Random(7);
    int[][] rows = new int[lengths.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.ints(lengths[i], 1, vocabulary).toArray();
    }
    return of(classes, rows);
  }

  public static Batch of(int classes, int[]... rows) {
    int length = Arrays.stream(rows).mapToInt(row -> row.length).max().orElseThrow();
    INDArray tokens = Nd4j.zeros(rows.length, length);
    INDArray mask = Nd4j.zeros(rows.length, length);
    INDArray labels = Nd4j.zeros(rows.length, classes == 2 ? 1 : classes);
    for (int i = 0; i < rows.length; i++) {
      for (int t = 0; t < rows[i].length; t++) {
        tokens.putScalar(i, t, rows[i][t]);
        mask.putScalar(i, t, 1);
      }
      if (classes == 2) {
        labels.putScalar(i, 0, i % 2);
      } else {
        labels.putScalar(i, i % classes, 1);
      }
    }
    return new Batch(List.of(rows), tokens, mask, labels);
  }

  Batch row(int i) {
    int classes = labels.size(1) == 1 ? 2 : (int) labels.size(1);
    return of(classes, rows.get(i));
  }

  INDArray output(ComputationGraph network) {
    return network
        .output(false, new INDArray[] {tokens}, new INDArray[] {mask}, (INDArray[]) null)[0];
  }

  public MultiDataSet dataSet() {
    return new MultiDataSet(
        new INDArray[] {tokens}, new INDArray[] {labels}, new INDArray[] {mask}, null);
  }

  public void fit(ComputationGraph network) {
    network.fit(
        new INDArray[] {tokens}, new INDArray[] {labels}, new INDArray[] {mask}, (INDArray[]) null);
  }
}
