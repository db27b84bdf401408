package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.CellParameter;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a cell, or the gradients by them: matrices where they lie, biases as copies.
 */
final class Weights {

  final Matrix[] input; // W by gate, each [D, H]
  final Matrix[] recurrent; // RW by gate, each [H, H]
  final Matrix[] inputBack; // the same for products with its transpose
  final Matrix[] recurrentBack;
  final float[] bias; // b, [G*H]
  private final Map<String, Matrix[]> blocks = new HashMap<>(); // the other matrices, by H rows
  private final Map<String, float[]> vectors = new HashMap<>(); // all biases

  private Weights(Cell cell, Map<String, INDArray> arrays) {
    int hidden = cell.hidden();
    input = new Matrix[cell.gates()];
    recurrent = new Matrix[cell.gates()];
    for (int g = 0; g < cell.gates(); g++) {
      input[g] = Matrix.gate(arrays.get(CellParameter.WEIGHT), g, hidden);
      recurrent[g] = Matrix.gate(arrays.get(CellParameter.RECURRENT_WEIGHT), g, hidden);
    }
    inputBack = input.clone();
    recurrentBack = recurrent.clone();
    for (CellParameter parameter : cell.parameters()) {
      String key = parameter.key();
      if (parameter.isBias()) {
        vectors.put(key, new float[Math.toIntExact(parameter.columns())]);
      } else if (!key.equals(CellParameter.WEIGHT) && !key.equals(CellParameter.RECURRENT_WEIGHT)) {
        blocks.put(key, rowBlocks(arrays.get(key), hidden));
      }
    }
    bias = vector(CellParameter.BIAS);
  }

  private static Matrix[] rowBlocks(INDArray array, int hidden) {
    Matrix[] blocks = new Matrix[Math.toIntExact(array.size(0)) / hidden];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Matrix.block(array, i * hidden, hidden, 0, hidden);
    }
    return blocks;
  }

  /** The parameters, to be read. */
  static Weights parameters(Cell cell, Map<String, INDArray> arrays) {
    Weights weights = new Weights(cell, arrays);
    weights.vectors.forEach(
        (key, values) -> BatchArray.ofRow(arrays.get(key)).read(0, 0, 1, values));
    return weights;
  }

  /**
   * Has W and RW row by row for products with them and column by column for those with their
   * transposes, which is the order of OpenBLAS's kernels for small products. Where a product is cut
   * into pieces of columns, each piece is a panel.
   *
   * @param room for the copies, as long as these weights are used
   * @param forPanels whether products have some rows: those of one are products with a vector
   */
  void turn(NativeFloats room, boolean forPanels) {
    boolean panels = forPanels && input[0].columns > Matrix.PANEL;
    long size = 0;
    for (int g = 0; g < input.length; g++) {
      size += (long) input[g].rows * input[g].columns;
      size += (long) recurrent[g].rows * recurrent[g].columns;
    }
    room.ensure(panels ? 2 * size : size);
    int at = 0;
    for (int g = 0; g < input.length; g++) {
      if (panels) {
        at = cut(input, inputBack, g, room, at);
        at = cut(recurrent, recurrentBack, g, room, at);
      } else {
        at = turn(input, inputBack, g, room, at);
        at = turn(recurrent, recurrentBack, g, room, at);
      }
    }
  }

  private static int turn(Matrix[] there, Matrix[] back, int g, NativeFloats room, int at) {
    Matrix given = there[g];
    Matrix turned = given.turned(room, at);
    there[g] = given.columnMajor ? turned : given;
    back[g] = given.columnMajor ? given : turned;
    return at + given.rows * given.columns;
  }

  private static int cut(Matrix[] there, Matrix[] back, int g, NativeFloats room, int at) {
    Matrix given = there[g];
    int size = given.rows * given.columns;
    there[g] = given.inPanels(false, room, at);
    back[g] = given.inPanels(true, room, at + size);
    return at + 2 * size;
  }

  /** Gradients, to be written; the biases are zeros to add to. */
  static Weights gradients(Cell cell, Map<String, INDArray> arrays) {
    return new Weights(cell, arrays);
  }

  /** A matrix [H, H] other than W and RW. */
  Matrix matrix(String key) {
    return block(key, 0);
  }

  /** The rows from {@code index * H} on, [H, H], of a matrix other than W and RW. */
  Matrix block(String key, int index) {
    return blocks.get(key)[index];
  }

  /** A bias. */
  float[] vector(String key) {
    return vectors.get(key);
  }

  /** Puts the biases into their arrays. */
  void writeBiases(Map<String, INDArray> arrays) {
    vectors.forEach((key, values) -> BatchArray.ofRow(arrays.get(key)).write(0, 0, 1, values));
  }
}
