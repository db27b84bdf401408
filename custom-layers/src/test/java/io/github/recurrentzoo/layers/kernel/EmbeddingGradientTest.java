package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The gradient of the tokens that occur is that of all tokens, in any order in memory. */
class EmbeddingGradientTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, f",
    "3, 5, 7, 4, f",
    "3, 5, 7, 4, c",
    "2, 3, 500, 33, f",
    "2, 3, 500, 33, c",
    "40, 50, 60, 64, f",
    "40, 50, 3000, 64, c"
  })
  void isThatOfTheWholeMatrix(int rows, int steps, int vocabulary, int size, char order) {
    Random random = new Random(rows * 31L + vocabulary);
    EmbeddingGradient gradient = new EmbeddingGradient(vocabulary, size);
    for (int minibatch = 0; minibatch < 3; minibatch++) { // nothing is left of the one before
      INDArray epsilon = Kernels.timeMajor(Nd4j.rand(DataType.FLOAT, steps, rows, size).subi(0.5));
      INDArray mask = Nd4j.ones(DataType.FLOAT, rows, steps);
      int[] tokens = new int[rows * steps];
      for (int n = 0; n < tokens.length; n++) {
        tokens[n] = random.nextInt(vocabulary);
        if (n % steps > 0 && random.nextInt(4) == 0) {
          mask.putScalar(n / steps, n % steps, 0);
          epsilon.putScalar(n / steps, 0, n % steps, Float.NaN);
        }
      }
      INDArray expected = Nd4j.create(DataType.FLOAT, new long[] {vocabulary, size}, order);
      EmbeddingKernel.scatter(epsilon, tokens, mask, expected);
      INDArray actual = Nd4j.create(DataType.FLOAT, new long[] {vocabulary, size}, order);
      gradient.set(epsilon, tokens, mask);
      gradient.write(actual);
      double difference = expected.sub(actual).amaxNumber().doubleValue();
      assertTrue(difference < 1e-5, "differs by " + difference);
      double norm = expected.norm2Number().doubleValue();
      assertEquals(norm * norm, gradient.squares(), 1e-4 * Math.max(1, norm * norm));
      assertParts(gradient, actual, order);
    }
  }

  /** Parts of any length, from any number on. */
  private static void assertParts(EmbeddingGradient gradient, INDArray whole, char order) {
    float[] all = whole.dup(order).data().asFloat();
    boolean byColumns = order == 'f' && whole.size(0) > 1;
    for (int length : new int[] {1, 7, 100}) {
      for (int at = 0; at < all.length; at += Math.max(1, all.length / 13)) {
        float[] part = new float[Math.min(length, all.length - at)];
        gradient.fill(byColumns, at, part.length, part);
        for (int i = 0; i < part.length; i++) {
          assertEquals(all[at + i], part[i], "number " + (at + i));
        }
      }
    }
  }
}
