package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.recurrentzoo.layers.CellParameter;
import io.github.recurrentzoo.layers.kernel.KernelCase.Layout;
import io.github.recurrentzoo.layers.kernel.KernelCase.MaskKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An LSTM step by step for many rows gives what the reference gives. */
class LstmBlocksTest {

  private static final int STEPS = 3;

  @ParameterizedTest(name = "{0} rows, D={1}, H={2}, small products {3}")
  @CsvSource({
    "30, 5, 6, true",
    "24, 40, 70, true",
    "24, 40, 70, false",
    "25, 600, 400, true",
    "31, 64, 128, true"
  })
  void givesWhatTheReferenceGives(int rows, int inputs, int hidden, boolean small) {
    boolean before = Blas.setSmallKernels(small);
    try {
      check(rows, new Cell.Lstm(inputs, hidden, CellActivation.TANH, CellActivation.SIGMOID));
    } finally {
      Blas.setSmallKernels(before);
    }
  }

  private static void check(int rows, Cell.Lstm cell) {
    KernelCase kase =
        new KernelCase(cell, rows, STEPS, true, true, MaskKind.NONE, false, Layout.F, 4);
    INDArray expected =
        kase.data(DataType.DOUBLE).outputs(kase.reference(), false).get(KernelData.OUTPUT);
    KernelData data = kase.data(DataType.FLOAT);
    HeapMatrix input = HeapMatrix.of(data.params().get(CellParameter.WEIGHT));
    HeapMatrix recurrent = HeapMatrix.of(data.params().get(CellParameter.RECURRENT_WEIGHT));
    float[] bias = data.params().get(CellParameter.BIAS).dup('c').data().asFloat();
    LstmBlocks blocks = new LstmBlocks(cell, recurrent, input.over(recurrent), bias);
    for (boolean read : new boolean[] {false, true}) {
      blocks.begin(rows);
      float[] output = new float[cell.hidden()];
      for (int t = 0; t < STEPS; t++) {
        float[][] x = x(data, rows, t);
        if (read) {
          blocks.stepRead(products(x, input, bias));
        } else {
          blocks.step(x);
        }
        for (int b = 0; b < rows; b++) {
          blocks.copyOutput(b, output);
          for (int j = 0; j < output.length; j++) {
            assertEquals(expected.getDouble(b, j, t), output[j], 1e-5, t + " " + b + " " + j);
          }
        }
      }
    }
  }

  private static float[][] x(KernelData data, int rows, int t) {
    float[][] x = new float[rows][(int) data.x().size(1)];
    for (int b = 0; b < rows; b++) {
      for (int d = 0; d < x[b].length; d++) {
        x[b][d] = data.x().getFloat(b, d, t);
      }
    }
    return x;
  }

  private static float[][] products(float[][] x, HeapMatrix input, float[] bias) {
    float[][] products = new float[x.length][];
    for (int b = 0; b < x.length; b++) {
      products[b] = bias.clone();
    }
    input.addProduct(x, x.length, products);
    return products;
  }
}
