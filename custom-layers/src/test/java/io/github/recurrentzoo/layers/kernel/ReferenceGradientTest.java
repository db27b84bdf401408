package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.iter.NdIndexIterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** All gradients of the reference kernels against central differences, in double. */
class ReferenceGradientTest {

  private static final double EPSILON = 1e-5;
  private static final double TOLERANCE = 1e-8;

  static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>(KernelCells.usual(2, 3));
    cells.addAll(KernelCells.usual(1, 1));
    return cells;
  }

  @ParameterizedTest
  @MethodSource("cells")
  void gradientsAreRight(Cell cell) {
    for (KernelCase.MaskKind mask : KernelCase.MaskKind.values()) {
      for (boolean forward : new boolean[] {true, false}) {
        for (boolean returnSequences : new boolean[] {true, false}) {
          boolean initial = mask != KernelCase.MaskKind.ONES;
          KernelCase.Layout layout = KernelCase.Layout.C;
          check(
              new KernelCase(
                  cell, 3, 4, forward, returnSequences, mask, initial, layout, 20261124));
        }
      }
    }
  }

  static List<Cell> activations() {
    return KernelCells.all(2, 3);
  }

  @ParameterizedTest
  @MethodSource("activations")
  void gradientsAreRightForEachActivation(Cell cell) {
    for (boolean forward : new boolean[] {true, false}) {
      KernelCase.MaskKind mask = KernelCase.MaskKind.GAPS;
      check(new KernelCase(cell, 4, 5, forward, forward, mask, true, KernelCase.Layout.C, 5));
    }
  }

  @Test
  void gradientsAreRightOverOneStep() {
    for (Cell cell : KernelCells.usual(3, 2)) {
      for (boolean initial : new boolean[] {true, false}) {
        KernelCase.MaskKind none = KernelCase.MaskKind.NONE;
        check(new KernelCase(cell, 1, 1, true, true, none, initial, KernelCase.Layout.F, 20261124));
      }
    }
  }

  /** A mask between 0 and 1 is a factor like any other. */
  @Test
  void gradientsAreRightUnderFractionalMasks() {
    for (Cell cell : KernelCells.usual(2, 3)) {
      for (boolean returnSequences : new boolean[] {true, false}) {
        KernelCase.MaskKind mask = KernelCase.MaskKind.GAPS;
        KernelCase.Layout layout = KernelCase.Layout.C;
        KernelCase kase =
            new KernelCase(cell, 3, 5, true, returnSequences, mask, true, layout, 20261124);
        KernelData data = kase.data(DataType.DOUBLE);
        data.mask().muli(0.25 + 0.5 / 3);
        check(data);
      }
    }
  }

  private static void check(KernelCase kase) {
    check(kase.data(DataType.DOUBLE));
  }

  private static void check(KernelData data) {
    RecurrentKernel kernel = data.kase().reference();
    Map<String, INDArray> analytic = data.run(kernel);
    data.params()
        .forEach((key, array) -> check(data, array, analytic.get(KernelData.gradientBy(key)), key));
    check(data, data.x(), analytic.get(KernelData.INPUT_GRADIENT), "x");
    if (data.initial() != null) {
      INDArray hidden = data.initial().hidden();
      check(data, hidden, analytic.get(KernelData.HIDDEN_GRADIENT), "initial hidden");
    }
    if (data.initial() != null && data.initial().memory() != null) {
      INDArray memory = data.initial().memory();
      check(data, memory, analytic.get(KernelData.MEMORY_GRADIENT), "initial memory");
    }
  }

  private static void check(KernelData data, INDArray array, INDArray analytic, String what) {
    INDArray numeric = Nd4j.create(DataType.DOUBLE, array.shape());
    NdIndexIterator indices = new NdIndexIterator(array.shape());
    while (indices.hasNext()) {
      long[] index = indices.next();
      double value = array.getDouble(index);
      array.putScalar(index, value + EPSILON);
      double plus = loss(data);
      array.putScalar(index, value - EPSILON);
      double minus = loss(data);
      array.putScalar(index, value);
      numeric.putScalar(index, (plus - minus) / (2 * EPSILON));
    }
    assertArrayEquals(
        numeric.data().asDouble(),
        analytic.data().asDouble(),
        TOLERANCE,
        () -> "gradient by " + what + " of " + data.kase());
  }

  private static double loss(KernelData data) {
    INDArray output = data.kase().output(DataType.DOUBLE);
    data.kase()
        .reference()
        .forward(
            new RecurrentKernel.Forward(
                data.params(), data.x(), data.mask(), data.initial(), output, null, false));
    return output.mul(data.epsilon()).sumNumber().doubleValue();
  }

  /** A row without an unmasked step gives zero, and no gradient. */
  @Test
  void aRowMaskedThroughoutIsZero() {
    for (Cell cell : KernelCells.usual(2, 3)) {
      for (boolean returnSequences : new boolean[] {true, false}) {
        KernelCase.MaskKind mask = KernelCase.MaskKind.ROW;
        KernelCase.Layout layout = KernelCase.Layout.TIME_MAJOR;
        KernelCase kase = new KernelCase(cell, 1, 4, true, returnSequences, mask, true, layout, 3);
        Map<String, INDArray> results = kase.data(DataType.DOUBLE).run(kase.reference());
        results.forEach(
            (name, array) ->
                assertEquals(0.0, array.amaxNumber().doubleValue(), 0.0, name + " of " + kase));
        assertTrue(results.size() >= 7, "output, last state, five gradients or more");
      }
    }
  }
}
