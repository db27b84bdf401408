package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.kernel.RecurrentKernel.Backward;
import io.github.recurrentzoo.layers.kernel.RecurrentKernel.Forward;
import io.github.recurrentzoo.layers.kernel.RecurrentKernel.Spec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Products that are cut, and weights that are turned, give what whole and unturned ones do. */
class SmallProductsTest {

  private boolean before;

  @BeforeEach
  void remember() {
    before = Blas.setSmallKernels(true);
  }

  @AfterEach
  void putBack() {
    Blas.setSmallKernels(before);
  }

  private static NativeFloats random(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    NativeFloats memory = new NativeFloats();
    memory.ensure(count);
    memory.put(0, values, count);
    return memory;
  }

  private static float[] values(NativeFloats memory, int count) {
    float[] values = new float[count];
    memory.get(0, values, count);
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 64, 64",
    "3201, 33, 65",
    "17000, 10, 7",
    "7000, 1, 200",
    "500, 128, 128",
    "37, 256, 256",
    "250, 300, 330",
    "70, 1000, 90"
  })
  void cutProductsAreWholeOnes(int rows, int inner, int columns) {
    NativeFloats a = random(rows * inner, 1);
    NativeFloats b = random(inner * columns, 2);
    NativeFloats c = random(rows * columns, 3);
    Matrix x = Matrix.rowMajor(a.address(0), rows, inner);
    Matrix w = Matrix.rowMajor(b.address(0), inner, columns);
    Matrix z = Matrix.rowMajor(c.address(0), rows, columns);
    for (boolean add : new boolean[] {false, true}) {
      NativeFloats other = random(rows * columns, 3);
      Blas.setSmallKernels(false);
      Blas.multiply(x, w, add, Matrix.rowMajor(other.address(0), rows, columns));
      Blas.setSmallKernels(true);
      NativeFloats cut = random(rows * columns, 3);
      Blas.multiply(x, w, add, Matrix.rowMajor(cut.address(0), rows, columns));
      assertArrayEquals(values(other, rows * columns), values(cut, rows * columns), 1e-4f);
      NativeFloats sums = random(inner * columns, 4);
      NativeFloats cutSums = random(inner * columns, 4);
      Blas.setSmallKernels(false);
      Blas.transposedMultiply(x, z, add, Matrix.rowMajor(sums.address(0), inner, columns));
      Blas.setSmallKernels(true);
      Blas.transposedMultiply(x, z, add, Matrix.rowMajor(cutSums.address(0), inner, columns));
      assertArrayEquals(values(sums, inner * columns), values(cutSums, inner * columns), 2e-3f);
    }
  }

  @ParameterizedTest
  @CsvSource({"64, 256, 256", "1, 70, 130", "37, 2000, 65", "300, 10, 200", "17, 976, 64"})
  void panelsGiveTheSameProducts(int rows, int inner, int columns) {
    NativeFloats a = random(rows * inner, 1);
    NativeFloats b = random(inner * columns, 2);
    Matrix x = Matrix.rowMajor(a.address(0), rows, inner);
    NativeFloats room = new NativeFloats();
    room.ensure(2L * inner * columns);
    for (boolean transposed : new boolean[] {false, true}) {
      Matrix w =
          transposed
              ? Matrix.rowMajor(b.address(0), columns, inner)
              : Matrix.rowMajor(b.address(0), inner, columns);
      Matrix panels = w.inPanels(transposed, room, inner * columns);
      for (boolean add : new boolean[] {false, true}) {
        NativeFloats expected = random(rows * columns, 3);
        NativeFloats actual = random(rows * columns, 3);
        multiply(x, w, transposed, add, Matrix.rowMajor(expected.address(0), rows, columns));
        multiply(x, panels, transposed, add, Matrix.rowMajor(actual.address(0), rows, columns));
        assertArrayEquals(values(expected, rows * columns), values(actual, rows * columns), 2e-4f);
      }
    }
  }

  private static void multiply(Matrix x, Matrix w, boolean transposed, boolean add, Matrix to) {
    if (transposed) {
      Blas.multiplyTransposed(x, w, add, to);
    } else {
      Blas.multiply(x, w, add, to);
    }
  }

  @Test
  void panelsThatLieOtherwiseAreRefused() {
    NativeFloats numbers = random(70 * 70, 1);
    NativeFloats room = new NativeFloats();
    room.ensure(70 * 70);
    Matrix square = Matrix.rowMajor(numbers.address(0), 70, 70);
    Matrix panels = square.inPanels(false, room, 0);
    assertThrows(
        IllegalArgumentException.class,
        () -> Blas.multiplyTransposed(square, panels, false, square));
    assertThrows(
        IllegalArgumentException.class,
        () -> Blas.transposedMultiply(square, panels, false, square));
  }

  @Test
  void aTurnedMatrixHasTheSameNumbers() {
    INDArray whole = Nd4j.rand(DataType.FLOAT, 5, 12);
    for (char order : new char[] {'c', 'f'}) {
      INDArray w = whole.dup(order);
      Matrix gate = Matrix.gate(w, 1, 4);
      NativeFloats room = new NativeFloats();
      room.ensure(3 + 5 * 4);
      Matrix turned = gate.turned(room, 3);
      assertEquals(!gate.columnMajor, turned.columnMajor);
      for (int r = 0; r < 5; r++) {
        for (int c = 0; c < 4; c++) {
          float[] value = new float[1];
          room.get(3 + (turned.columnMajor ? c * 5 + r : r * 4 + c), value, 1);
          assertEquals(whole.getFloat(r, 4 + c), value[0]);
        }
      }
    }
  }

  @Test
  void layersOfAFewHundredUnitsHaveSmallProducts() {
    assertTrue(Blas.isSmall(64, 64));
    assertTrue(Blas.isSmall(512, 512));
    assertFalse(Blas.isSmall(1024, 1024));
  }

  @ParameterizedTest
  @CsvSource({
    "lstm f, 24",
    "lstm c, 24",
    "gru f, 24",
    "gru c, 24",
    "rnn f, 24",
    "rnn c, 24",
    "lstm f, 70",
    "lstm f, 280",
    "gru c, 280"
  })
  void layersGiveTheSame(String name, int hidden) {
    CellActivation tanh = CellActivation.TANH;
    CellActivation sigmoid = CellActivation.SIGMOID;
    int inputs = 20;
    Cell cell =
        name.startsWith("lstm")
            ? new Cell.Lstm(inputs, hidden, tanh, sigmoid)
            : name.startsWith("gru")
                ? new Cell.Gru(inputs, hidden, tanh, sigmoid)
                : new Cell.SimpleRnn(inputs, hidden, tanh);
    char order = name.charAt(name.length() - 1);
    Nd4j.getRandom().setSeed(3);
    Map<String, INDArray> params = new LinkedHashMap<>();
    cell.parameters()
        .forEach(
            p ->
                params.put(
                    p.key(),
                    Nd4j.rand(DataType.FLOAT, p.rows(), p.columns())
                        .subi(0.5)
                        .muli(Math.sqrt(24.0 / hidden))
                        .dup(order)));
    INDArray x = Kernels.timeMajor(Nd4j.rand(DataType.FLOAT, 30, 20, inputs));
    INDArray epsilon = Kernels.timeMajor(Nd4j.rand(DataType.FLOAT, 30, 20, hidden));
    Map<String, INDArray> expected = run(cell, params, x, epsilon, false);
    Map<String, INDArray> actual = run(cell, params, x, epsilon, true);
    expected.forEach(
        (key, array) -> {
          double largest = Math.max(1, array.amaxNumber().doubleValue());
          double difference = array.sub(actual.get(key)).amaxNumber().doubleValue();
          assertTrue(difference < 1e-5 * largest, key + " differs by " + difference);
        });
  }

  private static Map<String, INDArray> run(
      Cell cell, Map<String, INDArray> params, INDArray x, INDArray epsilon, boolean small) {
    Blas.setSmallKernels(small);
    FusedKernel kernel = new FusedKernel(new Spec(cell, true, true), 2);
    Map<String, INDArray> results = new LinkedHashMap<>();
    params.forEach((key, array) -> results.put(key, array.ulike()));
    Map<String, INDArray> gradients = new LinkedHashMap<>(results);
    INDArray output = Kernels.timeMajor(Nd4j.create(DataType.FLOAT, 30, 20, cell.hidden()));
    INDArray byInput = Kernels.timeMajor(Nd4j.create(DataType.FLOAT, 30, 20, cell.inputs()));
    kernel.forward(new Forward(params, x, null, null, output, null, true));
    kernel.backward(new Backward(epsilon, gradients, byInput, null));
    results.put("output", output);
    results.put("input", byInput);
    return results;
  }
}
