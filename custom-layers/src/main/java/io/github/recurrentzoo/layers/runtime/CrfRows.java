package io.github.recurrentzoo.layers.runtime;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The rows of a minibatch for a CRF, without the steps that the mask leaves out. */
final class CrfRows {

  private final double[][][] scores;
  private final int[][] paths;
  private final int[][] places; // where the steps stand among all, [B][T_b]
  private final int steps; // T
  private final int labels; // C

  private CrfRows(double[][][] scores, int[][] paths, int[][] places, int steps, int labels) {
    this.scores = scores;
    this.paths = paths;
    this.places = places;
    this.steps = steps;
    this.labels = labels;
  }

  /** The scores of the steps that are there, [B][T_b][C]. */
  double[][][] scores() {
    return scores;
  }

  /** The labels of these steps, [B][T_b]. */
  int[][] paths() {
    return paths;
  }

  /**
   * Takes arrays apart.
   *
   * @param scores [T*B, C]
   * @param y labels, [B, C, T], one-hot where the mask is 1
   * @param mask [B, T] of 0 and 1, or null
   * @param layer for errors
   */
  static CrfRows of(INDArray scores, INDArray y, INDArray mask, String layer) {
    int labels = (int) scores.size(1);
    int rows = (int) y.size(0);
    int steps = (int) (scores.size(0) / rows);
    long[] expected = {rows, labels, steps};
    if (!Arrays.equals(y.shape(), expected) || (long) rows * steps != scores.size(0)) {
      throw new DL4JInvalidInputException(
          "CRF layer %s: labels of shape %s, but [batch, nOut, time] = %s was expected"
              .formatted(layer, Arrays.toString(y.shape()), Arrays.toString(expected)));
    }
    double[] z = scores.dup('c').data().asDouble();
    double[] ys = y.permute(2, 0, 1).dup('c').data().asDouble();
    double[] masks = mask == null ? null : mask(mask, rows, steps, layer);
    double[][][] ofRows = new double[rows][][];
    int[][] paths = new int[rows][];
    int[][] places = new int[rows][];
    for (int b = 0; b < rows; b++) {
      int[] present = new int[steps];
      int count = 0;
      for (int t = 0; t < steps; t++) {
        if (masks == null || masks[b * steps + t] != 0) {
          present[count++] = t;
        }
      }
      places[b] = Arrays.copyOf(present, count);
      paths[b] = new int[count];
      ofRows[b] = new double[count][];
      for (int i = 0; i < count; i++) {
        int at = (places[b][i] * rows + b) * labels;
        ofRows[b][i] = Arrays.copyOfRange(z, at, at + labels);
        paths[b][i] = label(ys, at, labels, layer, b, places[b][i]);
      }
    }
    return new CrfRows(ofRows, paths, places, steps, labels);
  }

  private static double[] mask(INDArray mask, int rows, int steps, String layer) {
    if (mask.size(0) != rows || mask.size(1) != steps) {
      throw new DL4JInvalidInputException(
          "CRF layer %s: labels mask of shape %s, but [batch, time] = [%d, %d] was expected"
              .formatted(layer, Arrays.toString(mask.shape()), rows, steps));
    }
    double[] masks = mask.dup('c').data().asDouble();
    for (double each : masks) {
      if (each != 0 && each != 1) {
        throw new DL4JInvalidInputException(
            "CRF layer %s: the labels mask holds %s, but a step is either there (1) or not (0): all labels of a row have one loss"
                .formatted(layer, each));
      }
    }
    return masks;
  }

  private static int label(double[] ys, int at, int labels, String layer, int row, int step) {
    int found = -1;
    for (int c = 0; c < labels; c++) {
      if (ys[at + c] == 1 && found < 0) {
        found = c;
      } else if (ys[at + c] != 0) {
        found = labels; // no label
      }
    }
    if (found < 0 || found == labels) {
      throw new DL4JInvalidInputException(
          "CRF layer %s: the labels of row %d at step %d are %s, but a single 1 among zeros was expected; mask steps without a label"
              .formatted(
                  layer, row, step, Arrays.toString(Arrays.copyOfRange(ys, at, at + labels))));
    }
    return found;
  }

  /** Gradients by the scores that are there, with 0 at the others: [T*B, C]. */
  INDArray scattered(double[][][] byScores) {
    int rows = byScores.length;
    double[] flat = new double[steps * rows * labels];
    for (int b = 0; b < rows; b++) {
      for (int i = 0; i < places[b].length; i++) {
        System.arraycopy(byScores[b][i], 0, flat, (places[b][i] * rows + b) * labels, labels);
      }
    }
    return Nd4j.createFromArray(flat).reshape('c', (long) steps * rows, labels);
  }
}
