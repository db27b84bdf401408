package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.RrnnParams;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a cell, or the gradients by them: matrices where they lie, biases as copies.
 * What RRNN alone has is null for the others.
 */
final class Weights {

  final Matrix[] input; // W by gate, each [D, H]
  final Matrix[] recurrent; // RW by gate, each [H, H]
  final float[] bias; // [G*H]
  final Matrix gate; // GW [H, H]
  final Matrix fromGated; // the upper half of OW, [H, H]
  final Matrix fromMain; // the lower half of OW, [H, H]
  final float[] outputBias; // [H]

  private Weights(Cell cell, Map<String, INDArray> arrays) {
    int hidden = cell.hidden();
    input = new Matrix[cell.gates()];
    recurrent = new Matrix[cell.gates()];
    for (int g = 0; g < cell.gates(); g++) {
      input[g] = Matrix.gate(arrays.get(RrnnParams.WEIGHT), g, hidden);
      recurrent[g] = Matrix.gate(arrays.get(RrnnParams.RECURRENT_WEIGHT), g, hidden);
    }
    bias = new float[cell.gates() * hidden];
    if (cell instanceof Cell.Rrnn) {
      INDArray output = arrays.get(RrnnParams.OUTPUT_WEIGHT);
      gate = Matrix.gate(arrays.get(RrnnParams.GATE_WEIGHT), 0, hidden);
      fromGated = Matrix.block(output, 0, hidden, 0, hidden);
      fromMain = Matrix.block(output, hidden, hidden, 0, hidden);
      outputBias = new float[hidden];
    } else {
      gate = null;
      fromGated = null;
      fromMain = null;
      outputBias = null;
    }
  }

  /** The parameters, to be read. */
  static Weights parameters(Cell cell, Map<String, INDArray> arrays) {
    Weights weights = new Weights(cell, arrays);
    vector(arrays.get(RrnnParams.BIAS)).read(0, 0, 1, weights.bias);
    if (weights.outputBias != null) {
      vector(arrays.get(RrnnParams.OUTPUT_BIAS)).read(0, 0, 1, weights.outputBias);
    }
    return weights;
  }

  /** Gradients, to be written; the biases are zeros to add to. */
  static Weights gradients(Cell cell, Map<String, INDArray> arrays) {
    return new Weights(cell, arrays);
  }

  /** Puts the biases into their arrays. */
  void writeBiases(Map<String, INDArray> arrays) {
    vector(arrays.get(RrnnParams.BIAS)).write(0, 0, 1, bias);
    if (outputBias != null) {
      vector(arrays.get(RrnnParams.OUTPUT_BIAS)).write(0, 0, 1, outputBias);
    }
  }

  private static BatchArray vector(INDArray array) {
    return BatchArray.of(array.rank() == 1 ? array.reshape(1, array.length()) : array);
  }
}
