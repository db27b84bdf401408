package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.recurrentzoo.layers.kernel.KernelCase.Layout;
import io.github.recurrentzoo.layers.kernel.KernelCase.MaskKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A kernel that reads rows of a table gives what it gives for the sequence of these rows. */
class TableInputTest {

  private static final int ROWS = 5; // of the table, the last of which nothing reads

  static Stream<KernelCase> cases() {
    List<KernelCase> cases = new ArrayList<>();
    for (Cell cell : KernelCells.usual(7, 5)) {
      for (MaskKind mask : List.of(MaskKind.NONE, MaskKind.RIGHT, MaskKind.GAPS)) {
        for (int way = 0; way < 4; way++) {
          boolean forward = way % 2 == 0;
          boolean sequences = way < 2;
          boolean initial = way == 0 || way == 3;
          Layout layout = List.of(Layout.C, Layout.F, Layout.NWC, Layout.SLICE).get(way);
          cases.add(
              new KernelCase(cell, 4, 6, forward, sequences, mask, initial, layout, 20L + way));
        }
      }
    }
    // With the small products of H > 64, and more rows than one piece has.
    cases.add(
        new KernelCase(
            new Cell.Lstm(70, 130, CellActivation.TANH, CellActivation.SIGMOID),
            18,
            30,
            true,
            true,
            MaskKind.RIGHT,
            false,
            Layout.F,
            3));
    return cases.stream().filter(kase -> kase.cell().readsTables());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesWhatTheSequenceGives(KernelCase kase) {
    Random random = new Random(kase.seed());
    int[] places = new int[kase.batch() * kase.steps()];
    for (int n = 0; n < places.length; n++) {
      places[n] = random.nextInt(ROWS - 1);
    }
    Map<String, INDArray> expected = expected(kase, places);
    for (boolean small : new boolean[] {false, true}) {
      boolean before = Blas.setSmallKernels(small);
      try {
        check(kase, places, expected);
      } finally {
        Blas.setSmallKernels(before);
      }
    }
  }

  private static void check(KernelCase kase, int[] places, Map<String, INDArray> expected) {
    for (int threads : new int[] {1, 3}) {
      RecurrentKernel kernel = new FusedKernel(kase.spec(), threads, 1);
      for (int pass = 0; pass < 2; pass++) { // buffers are there the second time
        KernelData.assertClose(
            expected,
            actual(kase, places, kernel),
            (name, array) -> 2e-5 * Math.max(1, array.amaxNumber().doubleValue()),
            kase + " on " + threads);
      }
    }
  }

  private static INDArray table(KernelCase kase, DataType type) {
    Random random = new Random(kase.seed() + 1);
    INDArray table = Nd4j.create(type, ROWS, kase.cell().inputs());
    for (long i = 0; i < table.length(); i++) {
      table.putScalar(i, (float) random.nextGaussian());
    }
    return table;
  }

  /** By the reference, for the sequence. */
  private static Map<String, INDArray> expected(KernelCase kase, int[] places) {
    KernelData data = kase.data(DataType.DOUBLE);
    INDArray table = table(kase, DataType.DOUBLE);
    for (int b = 0; b < kase.batch(); b++) {
      for (int t = 0; t < kase.steps(); t++) {
        int place = places[b * kase.steps() + t];
        for (int d = 0; d < kase.cell().inputs(); d++) {
          data.x().putScalar(b, d, t, table.getDouble(place, d));
        }
      }
    }
    Map<String, INDArray> results = data.run(kase.reference());
    INDArray byStep = results.remove(KernelData.INPUT_GRADIENT);
    INDArray byRow = Nd4j.create(DataType.DOUBLE, ROWS, kase.cell().inputs());
    for (int b = 0; b < kase.batch(); b++) {
      for (int t = 0; t < kase.steps(); t++) {
        int place = places[b * kase.steps() + t];
        for (int d = 0; d < kase.cell().inputs(); d++) {
          byRow.putScalar(place, d, byRow.getDouble(place, d) + byStep.getDouble(b, d, t));
        }
      }
    }
    results.put("gradient by the table", byRow);
    results.remove(KernelData.HIDDEN_GRADIENT);
    results.remove(KernelData.MEMORY_GRADIENT);
    return results;
  }

  private static Map<String, INDArray> actual(
      KernelCase kase, int[] places, RecurrentKernel kernel) {
    KernelData data = kase.data(DataType.FLOAT);
    INDArray output = kase.output(DataType.FLOAT).assign(Double.NaN);
    RecurrentKernel.State last = kase.state(DataType.FLOAT);
    kernel.forward(
        new RecurrentKernel.Forward(
            data.params(),
            table(kase, DataType.FLOAT),
            places,
            data.mask(),
            data.initial(),
            output,
            last,
            true));
    Map<String, INDArray> gradients = kase.params(DataType.FLOAT);
    gradients.values().forEach(array -> array.assign(Double.NaN));
    INDArray byTable = Nd4j.valueArrayOf(ROWS, kase.cell().inputs(), Double.NaN);
    byTable = byTable.castTo(DataType.FLOAT);
    kernel.backward(new RecurrentKernel.Backward(data.epsilon(), gradients, byTable, null));
    Map<String, INDArray> results = new LinkedHashMap<>();
    put(results, KernelData.OUTPUT, output);
    put(results, KernelData.LAST_HIDDEN, last.hidden());
    put(results, KernelData.LAST_MEMORY, last.memory());
    gradients.forEach((key, array) -> put(results, KernelData.gradientBy(key), array));
    put(results, "gradient by the table", byTable);
    return results;
  }

  private static void put(Map<String, INDArray> results, String name, INDArray array) {
    if (array != null) {
      results.put(name, array.dup('c').castTo(DataType.DOUBLE));
    }
  }

  @Test
  void otherKernelsSayThatTheyReadNone() {
    List<Boolean> reads =
        KernelCells.usual(3, 2).stream()
            .map(cell -> new FusedKernel(new RecurrentKernel.Spec(cell, true, true), 1))
            .map(RecurrentKernel::readsTables)
            .toList();
    assertEquals(List.of(true, true, false, false, true), reads); // of all but RRNN
    KernelCase rrnn =
        new KernelCase(
            KernelCells.usual(3, 2).get(2), 2, 3, true, true, MaskKind.NONE, false, Layout.C, 1);
    RecurrentKernel kernel = new FusedKernel(rrnn.spec(), 1);
    assertFalse(kernel.readsTables());
    assertFalse(rrnn.reference().readsTables());
    KernelData data = rrnn.data(DataType.FLOAT);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            kernel.forward(
                new RecurrentKernel.Forward(
                    data.params(),
                    table(rrnn, DataType.FLOAT),
                    new int[6],
                    null,
                    null,
                    rrnn.output(DataType.FLOAT),
                    null,
                    false)));
  }

  @Test
  void gradientsOfATableMayBeUnwanted() {
    KernelCase kase =
        new KernelCase(
            KernelCells.usual(3, 2).get(1), 2, 3, true, true, MaskKind.NONE, false, Layout.C, 1);
    KernelData data = kase.data(DataType.FLOAT);
    KernelData.assertSame(
        gradients(kase, data, true), gradients(kase, data, false), "whether wanted or not");
  }

  private static Map<String, INDArray> gradients(
      KernelCase kase, KernelData data, boolean ofTable) {
    RecurrentKernel kernel = new FusedKernel(kase.spec(), 1);
    INDArray table = table(kase, DataType.FLOAT);
    kernel.forward(
        new RecurrentKernel.Forward(
            data.params(),
            table,
            new int[] {0, 1, 0, 2, 1, 0},
            null,
            null,
            kase.output(DataType.FLOAT),
            null,
            true));
    Map<String, INDArray> gradients = kase.params(DataType.FLOAT);
    kernel.backward(
        new RecurrentKernel.Backward(
            data.epsilon(), gradients, ofTable ? table.dup() : null, null));
    return gradients;
  }
}
