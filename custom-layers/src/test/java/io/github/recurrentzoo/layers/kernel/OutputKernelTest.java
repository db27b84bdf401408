package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.kernel.OutputKernel.Gradients;
import io.github.recurrentzoo.layers.kernel.OutputKernel.Input;
import io.github.recurrentzoo.layers.kernel.OutputKernel.Loss;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Losses and gradients are those of Deeplearning4j's loss functions, clipping included. */
class OutputKernelTest {

  @ParameterizedTest
  @CsvSource({
    "SOFTMAX_CROSS_ENTROPY, 1, 2, 3, 1", "SOFTMAX_CROSS_ENTROPY, 5, 7, 14, 1",
    "SOFTMAX_CROSS_ENTROPY, 33, 64, 65, 40", "SIGMOID_CROSS_ENTROPY, 1, 1, 1, 1",
    "SIGMOID_CROSS_ENTROPY, 31, 5, 3, 1", "SIGMOID_CROSS_ENTROPY, 9, 64, 1, 40",
    "MEAN_SQUARE, 4, 3, 5, 1", "MEAN_ABSOLUTE, 4, 3, 5, 1"
  })
  void agreesWithDeeplearning4j(Loss loss, int rows, int size, int columns, double scale) {
    INDArray x = Nd4j.rand(DataType.FLOAT, rows, size).subi(0.5).muli(scale);
    INDArray w = Nd4j.rand(DataType.FLOAT, size, columns).subi(0.5).dup('f');
    INDArray b = Nd4j.rand(DataType.FLOAT, 1, columns).subi(0.5);
    INDArray y = Nd4j.zeros(DataType.FLOAT, rows, columns);
    for (int r = 0; r < rows; r++) {
      y.putScalar(r, (r * 7) % columns, r % 3 == 0 ? 0.9 : 1);
    }
    INDArray z = x.mmul(w).addiRowVector(b);
    IActivation activation = activation(loss).getActivationFunction();
    double expected = function(loss).computeScore(y, z.dup(), activation, null, false);
    INDArray delta = function(loss).computeGradient(y, z.dup(), activation, null);
    INDArray byX = Nd4j.create(DataType.FLOAT, rows, size);
    INDArray byW = Nd4j.create(DataType.FLOAT, new long[] {size, columns}, 'f');
    INDArray byB = Nd4j.create(DataType.FLOAT, 1, columns);
    double actual =
        new OutputKernel(loss, smallest(loss))
            .run(new Input(x, w, b), y, new Gradients(byX, byW, byB));
    assertEquals(expected, actual, 1e-4 * Math.max(1, expected));
    // Deeplearning4j divides by p (1 - p) and multiplies by it again: near 1, a float has 1 - p to
    // a few digits only.
    double rounding = loss == Loss.SIGMOID_CROSS_ENTROPY && scale > 1 ? 3e-3 : 1e-5;
    assertClose(delta.mmul(w.transpose()), byX, rounding);
    assertClose(x.transpose().mmul(delta), byW, rounding);
    assertClose(delta.sum(true, 0), byB, rounding);
  }

  private static double smallest(Loss loss) {
    return loss == Loss.SIGMOID_CROSS_ENTROPY ? 1e-5 : 1e-10;
  }

  private static ILossFunction function(Loss loss) {
    return switch (loss) {
      case SOFTMAX_CROSS_ENTROPY -> new LossMCXENT();
      case SIGMOID_CROSS_ENTROPY -> new LossBinaryXENT();
      case MEAN_SQUARE -> new LossMSE();
      case MEAN_ABSOLUTE -> new LossMAE();
    };
  }

  private static Activation activation(Loss loss) {
    return switch (loss) {
      case SOFTMAX_CROSS_ENTROPY -> Activation.SOFTMAX;
      case SIGMOID_CROSS_ENTROPY -> Activation.SIGMOID;
      case MEAN_SQUARE, MEAN_ABSOLUTE -> Activation.IDENTITY;
    };
  }

  private static void assertClose(INDArray expected, INDArray actual, double rounding) {
    double difference = expected.sub(actual).amaxNumber().doubleValue();
    double largest = Math.max(1, expected.amaxNumber().doubleValue());
    assertTrue(difference <= rounding * largest, "differs by " + difference + " of " + largest);
  }
}
