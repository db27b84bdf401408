package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows by token and their gradient, against plain loops, with every layout that is met. */
class EmbeddingKernelTest {

  private final Random random = new Random(3);

  private INDArray random(char order, long... shape) {
    INDArray array = Nd4j.create(DataType.FLOAT, shape, order);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextFloat() - 0.5f);
    }
    return array;
  }

  private int[] tokens(int count, int vocabulary) {
    int[] tokens = new int[count];
    for (int i = 0; i < count; i++) {
      tokens[i] = random.nextInt(vocabulary); // with repetitions
    }
    return tokens;
  }

  private INDArray mask(int rows, int steps, boolean masked) {
    if (!masked) {
      return null;
    }
    INDArray mask = Nd4j.ones(DataType.FLOAT, rows, steps);
    for (int i = 0; i < rows * steps; i += 3) {
      mask.putScalar(i, i % 2 == 0 ? 0f : 0.5f);
    }
    return mask;
  }

  private static float factor(INDArray mask, int b, int t) {
    return mask == null ? 1 : mask.getFloat(b, t);
  }

  @ParameterizedTest
  @CsvSource({
    "f, 1, 1, 1, 1, false", "f, 3, 5, 7, 16, true", "c, 3, 5, 7, 17, false",
    "f, 32, 40, 100, 64, false", "c, 32, 40, 100, 65, true", "f, 32, 40, 100, 200, true"
  })
  void readsAndAddsRows(char order, int rows, int steps, int vocabulary, int size, boolean masked) {
    INDArray weights = random(order, vocabulary, size);
    int[] tokens = tokens(rows * steps, vocabulary);
    INDArray mask = mask(rows, steps, masked);
    INDArray output = Kernels.timeMajor(random('c', steps, rows, size));
    EmbeddingKernel.lookUp(weights, tokens, mask, output);
    for (INDArray epsilon :
        new INDArray[] {
          random('c', rows, size, steps),
          random('f', rows, size, steps),
          Kernels.timeMajor(random('c', steps, rows, size))
        }) {
      INDArray gradient = random(order, vocabulary, size); // what stands there is overwritten
      EmbeddingKernel.scatter(epsilon, tokens, mask, gradient);
      double[][] expected = new double[vocabulary][size];
      for (int b = 0; b < rows; b++) {
        for (int t = 0; t < steps; t++) {
          int token = tokens[b * steps + t];
          float factor = factor(mask, b, t);
          for (int d = 0; d < size; d++) {
            expected[token][d] += factor * epsilon.getFloat(b, d, t);
            assertEquals(factor * weights.getFloat(token, d), output.getFloat(b, d, t), 1e-12);
          }
        }
      }
      for (int v = 0; v < vocabulary; v++) {
        for (int d = 0; d < size; d++) {
          assertEquals(expected[v][d], gradient.getFloat(v, d), 1e-5, "token " + v + ", " + d);
        }
      }
    }
  }
}
