package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The kernel against the equations in double, over awkward sizes and in several shards. */
class SoftmaxKernelTest {

  private static final double SMALLEST = 1e-10;

  /** Arrays of a case: x and labels in time-major memory, or as they come. */
  private record Case(int rows, int steps, int inputs, int classes, boolean timeMajor, boolean c) {

    INDArray random(long seed, int size) {
      Random random = new Random(seed);
      float[] numbers = new float[rows * size * steps];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = 2 * random.nextFloat() - 1;
      }
      return timeMajor
          ? Nd4j.create(numbers, new long[] {steps, rows, size}, 'c').permute(1, 2, 0)
          : Nd4j.create(numbers, new long[] {rows, size, steps}, 'c');
    }

    INDArray weights() {
      return Nd4j.rand(DataType.FLOAT, inputs, classes).muli(2).subi(1).dup(c ? 'c' : 'f');
    }

    /** Some steps have two labels, some none. */
    INDArray labels() {
      INDArray labels = random(2, classes).muli(0);
      for (int b = 0; b < rows; b++) {
        for (int t = 0; t < steps; t++) {
          if ((b + t) % 5 == 4) {
            continue;
          }
          labels.putScalar(b, (b + 2 * t) % classes, t, 0.75);
          labels.putScalar(b, (b + 2 * t + 1) % classes, t, 0.25);
        }
      }
      return labels;
    }

    INDArray mask() {
      INDArray mask = Nd4j.ones(DataType.FLOAT, rows, steps);
      for (int i = 0; i < rows * steps; i += 3) {
        mask.putScalar(i / steps, i % steps, i % 2 == 0 ? 0 : 0.5);
      }
      return mask;
    }
  }

  static Stream<Arguments> cases() {
    // Of many classes, six steps of forty rows are worked on at once.
    return Stream.concat(sizes(), Stream.of(Arguments.of(40, 8, 2, 1500, true, false)));
  }

  private static Stream<Arguments> sizes() {
    return Stream.of(1, 2, 3, 7, 33)
        .flatMap(
            n ->
                Stream.of(
                    Arguments.of(n, 3, 5, 4, true, false),
                    Arguments.of(2, n, 5, 4, false, true),
                    Arguments.of(3, 4, n, 2, true, true),
                    Arguments.of(3, 4, 2, n + 1, false, false),
                    Arguments.of(n, n, n, n, true, false)));
  }

  @ParameterizedTest(name = "B {0}, T {1}, H {2}, V {3}, time-major {4}, ''c'' {5}")
  @MethodSource("cases")
  void agreesWithTheEquations(int b, int t, int h, int v, boolean timeMajor, boolean c) {
    Nd4j.getRandom().setSeed(1);
    Case kase = new Case(b, t, h, v, timeMajor, c);
    for (INDArray mask : new INDArray[] {null, kase.mask()}) {
      for (int threads : new int[] {1, 3}) {
        check(kase, mask, new SoftmaxKernel(SMALLEST, threads, 1));
      }
    }
  }

  private static void check(Case kase, INDArray mask, SoftmaxKernel kernel) {
    INDArray x = kase.random(1, kase.inputs());
    INDArray w = kase.weights();
    INDArray bias = Nd4j.rand(DataType.FLOAT, 1, kase.classes());
    INDArray y = kase.labels();
    SoftmaxKernel.Input input = new SoftmaxKernel.Input(x, w, bias, mask);
    INDArray output = kase.random(3, kase.classes());
    kernel.activate(input, output);
    INDArray byX = kase.random(4, kase.inputs());
    INDArray byW = kase.weights();
    INDArray byBias = Nd4j.rand(DataType.FLOAT, kase.classes());
    double loss = kernel.loss(input, y, new SoftmaxKernel.Gradients(byX, byW, byBias));
    assertEquals(loss, kernel.loss(input, y, null), "without gradients");

    double expectedLoss = 0;
    double[][] expectedByW = new double[kase.inputs()][kase.classes()];
    double[] expectedByBias = new double[kase.classes()];
    double scale = kase.rows() * kase.steps();
    for (int b = 0; b < kase.rows(); b++) {
      for (int t = 0; t < kase.steps(); t++) {
        double m = mask == null ? 1 : mask.getDouble(b, t);
        double[] p = probabilities(kase, x, w, bias, b, t);
        double[] expectedByX = new double[kase.inputs()];
        for (int v = 0; v < kase.classes(); v++) {
          assertEquals(m * p[v], output.getDouble(b, v, t), 5e-6);
          double label = y.getDouble(b, v, t);
          double clipped = Math.max(SMALLEST, Math.min(1 - SMALLEST, p[v]));
          expectedLoss -= m * label * Math.log(clipped);
          double delta = m * (p[v] - label);
          expectedByBias[v] += delta;
          for (int h = 0; h < kase.inputs(); h++) {
            expectedByX[h] += delta * w.getDouble(h, v);
            expectedByW[h][v] += delta * x.getDouble(b, h, t);
          }
        }
        for (int h = 0; h < kase.inputs(); h++) {
          assertEquals(expectedByX[h], byX.getDouble(b, h, t), 1e-5);
        }
      }
    }
    assertEquals(expectedLoss, loss, 2e-6 * scale);
    for (int v = 0; v < kase.classes(); v++) {
      assertEquals(expectedByBias[v], byBias.getDouble(v), 2e-6 * scale);
      for (int h = 0; h < kase.inputs(); h++) {
        assertEquals(expectedByW[h][v], byW.getDouble(h, v), 2e-6 * scale);
      }
    }
  }

  private static double[] probabilities(
      Case kase, INDArray x, INDArray w, INDArray bias, int b, int t) {
    double[] p =
        IntStream.range(0, kase.classes())
            .mapToDouble(
                v ->
                    Math.exp(
                        bias.getDouble(v)
                            + IntStream.range(0, kase.inputs())
                                .mapToDouble(h -> x.getDouble(b, h, t) * w.getDouble(h, v))
                                .sum()))
            .toArray();
    double sum = IntStream.range(0, p.length).mapToDouble(v -> p[v]).sum();
    return IntStream.range(0, p.length).mapToDouble(v -> p[v] / sum).toArray();
  }

  /** Ids give the numbers of one-hot labels to the bit. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 33})
  void idsAreOneHotLabels(int classes) {
    Nd4j.getRandom().setSeed(1);
    Case kase = new Case(4, 5, 3, classes, true, false);
    INDArray ids = Nd4j.zeros(DataType.FLOAT, 4, 1, 5);
    INDArray y = Nd4j.zeros(DataType.FLOAT, 4, classes, 5);
    for (int b = 0; b < 4; b++) {
      for (int t = 0; t < 5; t++) {
        ids.putScalar(b, 0, t, (b + 2 * t) % classes);
        y.putScalar(b, (b + 2 * t) % classes, t, 1);
      }
    }
    for (INDArray mask : new INDArray[] {null, kase.mask()}) {
      SoftmaxKernel kernel = new SoftmaxKernel(SMALLEST, 2, 1);
      SoftmaxKernel.Input input =
          new SoftmaxKernel.Input(
              kase.random(1, 3), kase.weights(), Nd4j.rand(DataType.FLOAT, 1, classes), mask);
      INDArray[][] found = new INDArray[2][];
      double[] losses = new double[2];
      for (int i = 0; i < 2; i++) {
        found[i] =
            new INDArray[] {
              kase.random(4, 3), kase.weights(), Nd4j.zeros(DataType.FLOAT, 1, classes)
            };
        losses[i] =
            kernel.loss(
                input,
                i == 0 ? y : ids,
                new SoftmaxKernel.Gradients(found[i][0], found[i][1], found[i][2]));
      }
      assertEquals(losses[0], losses[1]);
      for (int i = 0; i < 3; i++) {
        assertEquals(found[0][i], found[1][i]);
      }
    }
  }

  /** Of many classes, ids have a way of their own. */
  @ParameterizedTest(name = "B {0}, T {1}, H {2}, V {3}, threads {4}")
  @CsvSource({
    "4, 5, 3, 1100, 1",
    "4, 5, 1, 1100, 1",
    "32, 40, 70, 1301, 2",
    "1100, 3, 2, 1025, 3",
    "1, 2, 130, 3000, 1"
  })
  void idsOfManyClasses(int rows, int steps, int inputs, int classes, int threads) {
    boolean before = Blas.setSmallKernels(true);
    try {
      Case kase = new Case(rows, steps, inputs, classes, true, false);
      for (INDArray mask : new INDArray[] {null, kase.mask()}) {
        compareManyClasses(kase, mask, threads);
      }
    } finally {
      Blas.setSmallKernels(before);
    }
  }

  /** With the usual shards, which the kernel has where there are no small products. */
  private static void compareManyClasses(Case kase, INDArray mask, int threads) {
    Nd4j.getRandom().setSeed(1);
    Random random = new Random(5);
    INDArray ids = Nd4j.zeros(DataType.FLOAT, kase.rows(), 1, kase.steps());
    for (int i = 0; i < ids.length(); i++) {
      ids.putScalar(i, random.nextInt(kase.classes()));
    }
    INDArray x = kase.random(1, kase.inputs());
    if (mask != null) { // the first step is masked
      x.putScalar(0, 0, 0, Float.NaN);
      ids.putScalar(0, 0, 0, 0);
    }
    SoftmaxKernel.Input input =
        new SoftmaxKernel.Input(
            x, kase.weights(), Nd4j.rand(DataType.FLOAT, 1, kase.classes()).muli(9), mask);
    INDArray[][] found = new INDArray[2][];
    double[] losses = new double[2];
    SoftmaxKernel[] kernels = {
      new SoftmaxKernel(SMALLEST, threads, 1), new SoftmaxKernel(SMALLEST, threads, 1)
    };
    for (SoftmaxKernel kernel : kernels) { // another minibatch goes before
      Case other = new Case(3, 7, kase.inputs(), kase.classes(), true, false);
      INDArray labels = Nd4j.ones(DataType.FLOAT, 3, 1, 7);
      INDArray weights = kase.weights();
      INDArray biases = Nd4j.zeros(DataType.FLOAT, 1, kase.classes());
      kernel.loss(
          new SoftmaxKernel.Input(other.random(8, kase.inputs()), weights, biases, null),
          labels,
          null);
    }
    int[][][] best = new int[2][kase.rows()][kase.steps()];
    for (int i = 0; i < 2; i++) {
      Blas.setSmallKernels(i == 1);
      SoftmaxKernel kernel = kernels[i];
      kernel.keepBest(2);
      found[i] =
          new INDArray[] {
            kase.random(4, kase.inputs()),
            kase.weights(),
            Nd4j.zeros(DataType.FLOAT, 1, kase.classes())
          };
      losses[i] =
          kernel.loss(
              input, ids, new SoftmaxKernel.Gradients(found[i][0], found[i][1], found[i][2]));
      assertEquals(i == 1 && kase.inputs() > 1, kernel.wasOfManyClasses());
      assertEquals(losses[i], kernel.loss(input, ids, null), 1e-9 * losses[i]);
      for (int b = 0; b < kase.rows(); b++) {
        for (int t = 0; t < kase.steps(); t++) {
          best[i][b][t] = mask != null && mask.getFloat(b, t) == 0 ? 0 : kernel.best(b, t);
        }
      }
    }
    assertEquals(losses[0], losses[1], 1e-6 * losses[0]);
    for (int i = 0; i < 3; i++) {
      double largest = found[0][i].amaxNumber().doubleValue();
      double difference = found[0][i].sub(found[1][i]).amaxNumber().doubleValue();
      assertTrue(difference <= 1e-5 * Math.max(1, largest), i + " differs by " + difference);
    }
    for (int b = 0; b < kase.rows(); b++) {
      for (int t = 0; t < kase.steps(); t++) {
        if (best[0][b][t] != best[1][b][t]) { // alike but for rounding
          assertEquals(logit(input, b, t, best[0][b][t]), logit(input, b, t, best[1][b][t]), 1e-4);
        }
      }
    }
  }

  private static double logit(SoftmaxKernel.Input input, int b, int t, int v) {
    double sum = input.bias().getDouble(v);
    for (int h = 0; h < input.x().size(1); h++) {
      sum += input.x().getDouble(b, h, t) * input.weights().getDouble(h, v);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void keepsTheMostProbableClasses(int first) {
    Nd4j.getRandom().setSeed(1);
    Case kase = new Case(4, 5, 3, 33, true, false);
    SoftmaxKernel kernel = new SoftmaxKernel(SMALLEST, 2, 1);
    assertThrows(IllegalStateException.class, () -> kernel.best(0, 0));
    SoftmaxKernel.Input input =
        new SoftmaxKernel.Input(
            kase.random(1, 3), kase.weights(), Nd4j.rand(DataType.FLOAT, 1, 33), null);
    INDArray p = Nd4j.zeros(DataType.FLOAT, 4, 33, 5);
    kernel.activate(input, p);
    kernel.keepBest(first);
    kernel.loss(input, Nd4j.zeros(DataType.FLOAT, 4, 1, 5), null);
    for (int b = 0; b < 4; b++) {
      for (int t = 0; t < 5; t++) {
        float best = p.getFloat(b, kernel.best(b, t), t);
        assertTrue(kernel.best(b, t) >= first);
        for (int v = first; v < 33; v++) {
          assertTrue(p.getFloat(b, v, t) <= best, b + " " + t + " " + v);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 4, 1.5f, Float.NaN})
  void otherNumbersAreNoClasses(float other) {
    INDArray ids = Nd4j.create(new float[] {0, 3, 1, 2}, new long[] {2, 1, 2}, 'c');
    assertTrue(SoftmaxKernel.areClasses(ids, 4));
    ids.putScalar(1, 0, 1, other);
    assertFalse(SoftmaxKernel.areClasses(ids, 4));
  }

  @Test
  void whatStandsAtAMaskedStepDoesNotMatter() {
    Case kase = new Case(2, 4, 3, 5, true, false);
    INDArray mask = Nd4j.ones(DataType.FLOAT, 2, 4);
    mask.putScalar(1, 2, 0);
    INDArray y = kase.labels();
    y.putScalar(1, 0, 2, Float.NaN);
    INDArray w = kase.weights();
    INDArray bias = Nd4j.zeros(DataType.FLOAT, 1, 5);
    INDArray byX = kase.random(1, 3);
    INDArray byW = kase.weights();
    INDArray byBias = Nd4j.zeros(DataType.FLOAT, 1, 5);
    double loss =
        new SoftmaxKernel(SMALLEST, 2, 1)
            .loss(
                new SoftmaxKernel.Input(kase.random(2, 3), w, bias, mask),
                y,
                new SoftmaxKernel.Gradients(byX, byW, byBias));
    assertTrue(Double.isFinite(loss) && loss > 0);
    assertTrue(Double.isFinite(byW.sumNumber().doubleValue()));
    assertEquals(0, byX.getDouble(1, 0, 2));
  }

  /** Where exp would be infinite, or all of a row 0. */
  @Test
  void largeNumbers() {
    INDArray x = Nd4j.create(new float[] {300, -300}, new long[] {2, 1, 1}, 'c');
    INDArray w = Nd4j.create(new float[] {1, -1, 0}, new long[] {1, 3}, 'c');
    INDArray bias = Nd4j.zeros(DataType.FLOAT, 1, 3);
    INDArray y = Nd4j.zeros(DataType.FLOAT, 2, 3, 1);
    y.putScalar(0, 0, 0, 1);
    y.putScalar(1, 0, 0, 1);
    INDArray output = Nd4j.zeros(DataType.FLOAT, 2, 3, 1);
    SoftmaxKernel kernel = new SoftmaxKernel(SMALLEST);
    SoftmaxKernel.Input input = new SoftmaxKernel.Input(x, w, bias, null);
    kernel.activate(input, output);
    assertEquals(1, output.getDouble(0, 0, 0));
    assertEquals(1, output.getDouble(1, 1, 0));
    assertEquals(-Math.log(SMALLEST), kernel.loss(input, y, null), 1e-4, "the second row's");
  }
}
