package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.kernel.KernelCase.Layout;
import io.github.recurrentzoo.layers.kernel.KernelCase.MaskKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Outputs, last states and all gradients of the fused kernels, in float, against the reference, in
 * double and from the same numbers: a small grid of all there is, and thousands of cases that are
 * drawn. Case n is the same in each run; a failure names n and the case.
 */
class FusedAgreesWithReferenceTest {

  private static final int CASES = 2500;
  private static final int SATURATED_CASES = 500;
  private static final long SEED = 20261124;
  private static final int[] SIZES = {1, 2, 3, 5, 7, 16, 31, 64, 65, 200};

  /** The largest case: multiplications of a forward pass. */
  private static final double MOST_WORK = 1e6;

  /** These have a kink, where the smallest rounding of z changes the slope by a jump. */
  private static final Set<CellActivation> KINKED =
      EnumSet.of(
          CellActivation.RELU,
          CellActivation.RELU6,
          CellActivation.LEAKYRELU,
          CellActivation.HARDTANH,
          CellActivation.HARDSIGMOID);

  @Test
  void agreesInEveryMode() {
    int n = 0;
    for (Cell cell : KernelCells.usual(3, 5)) {
      for (MaskKind mask : MaskKind.values()) {
        for (Layout layout : Layout.values()) {
          for (int bits = 0; bits < 8; bits++) {
            boolean forward = (bits & 1) != 0;
            boolean returnSequences = (bits & 2) != 0;
            boolean initial = (bits & 4) != 0;
            KernelCase kase =
                new KernelCase(
                    cell, 3, 4, forward, returnSequences, mask, initial, layout, 31 + bits);
            assertAgrees(kase, 1 + n++ % 3, "grid");
          }
        }
      }
    }
  }

  @Test
  void agreesWithEachActivation() {
    for (Cell cell : KernelCells.all(4, 9)) {
      for (boolean forward : new boolean[] {true, false}) {
        MaskKind mask = forward ? MaskKind.NONE : MaskKind.GAPS;
        assertAgrees(
            new KernelCase(cell, 3, 6, forward, forward, mask, true, Layout.TIME_MAJOR, 41),
            1,
            "activations");
      }
    }
  }

  /** As users get it, and large enough for threads. */
  @Test
  void agreesAtTheSizeOfAModel() {
    Candidate fused =
        new Candidate("as users get it", DataType.FLOAT, 0, spec -> new FusedKernel(spec, 2));
    for (Cell cell : KernelCells.usual(64, 64)) {
      MaskKind mask = MaskKind.RIGHT;
      compare(
          fused,
          new KernelCase(cell, 32, 50, true, true, mask, false, Layout.TIME_MAJOR, 51),
          "size of a model, " + cell);
    }
  }

  @Test
  void agreesWithRelu6() {
    for (Cell cell : KernelCells.withRelu6(3, 16)) {
      for (int bits = 0; bits < 8; bits++) {
        KernelCase kase =
            new KernelCase(
                cell,
                5,
                7,
                (bits & 1) != 0,
                (bits & 2) != 0,
                MaskKind.RIGHT,
                (bits & 4) != 0,
                Layout.TIME_MAJOR,
                61 + bits);
        assertAgrees(kase, 1 + bits % 3, "relu6");
      }
    }
  }

  /** Inputs so large that states are cut at 6; a cell without gates, whose rounding would show. */
  @Test
  void agreesWhereRelu6Cuts() {
    Cell cell = new Cell.SimpleRnn(3, 16, CellActivation.RELU6);
    KernelCase kase =
        new KernelCase(cell, 5, 7, true, true, MaskKind.RIGHT, false, Layout.TIME_MAJOR, 71);
    Map<String, INDArray> expected = kase.data(DataType.DOUBLE).saturated(50).run(kase.reference());
    assertEquals(6, expected.get("output").maxNumber().doubleValue());
    compare(
        expected,
        kase.data(DataType.FLOAT).saturated(50).run(Candidate.fused(1).make(kase)),
        kase,
        "relu6, cut");
  }

  @Test
  void agreesInCasesDrawn() {
    for (int n = 0; n < CASES; n++) {
      assertAgrees(draw(n), 1 + n % 3, "case drawn no. " + n);
    }
  }

  /** Inputs of 1e4 to 1e8, by which the slightest slope of a saturated unit is multiplied. */
  @Test
  void agreesWhereUnitsAreSaturated() {
    int compared = 0;
    for (int n = 0; n < CASES && compared < SATURATED_CASES; n++) {
      KernelCase kase = draw(n);
      Cell cell = kase.cell();
      if (KernelCells.usual(cell.inputs(), cell.hidden()).contains(cell)) {
        double scale = Math.pow(10, 4 + compared % 5);
        Candidate fused = Candidate.fused(1 + n % 3);
        compare(
            kase.data(DataType.DOUBLE).saturated(scale).run(kase.reference()),
            kase.data(DataType.FLOAT).saturated(scale).run(fused.make(kase)),
            kase,
            "inputs of " + scale + ", " + fused + ", " + kase);
        compared++;
      }
    }
    assertEquals(SATURATED_CASES, compared);
  }

  /** What is drawn covers what it should. */
  @Test
  void theCasesDrawnAreManifold() {
    List<KernelCase> cases = new ArrayList<>();
    for (int n = 0; n < CASES; n++) {
      cases.add(draw(n));
    }
    for (int size : SIZES) {
      assertTrue(cases.stream().anyMatch(kase -> kase.batch() == size), "B = " + size);
      assertTrue(cases.stream().anyMatch(kase -> kase.steps() == size), "T = " + size);
      assertTrue(cases.stream().anyMatch(kase -> kase.cell().inputs() == size), "D = " + size);
      assertTrue(cases.stream().anyMatch(kase -> kase.cell().hidden() == size), "H = " + size);
    }
    assertEquals(CASES, cases.stream().distinct().count());
  }

  /** Case n of those drawn. */
  static KernelCase draw(int n) {
    Random random = new Random(SEED + n);
    random.nextInt(); // neighbouring seeds begin alike
    while (true) {
      int batch = size(random);
      int steps = size(random);
      int inputs = size(random);
      int hidden = size(random);
      List<Cell> cells =
          random.nextInt(4) == 0
              ? KernelCells.all(inputs, hidden)
              : KernelCells.usual(inputs, hidden);
      Cell cell = pick(cells.toArray(Cell[]::new), random);
      double work = (double) batch * steps * (inputs + hidden) * cell.gates() * hidden;
      // Small cases mostly, so that thousands take seconds.
      if (random.nextDouble() > 0.95 * Math.sqrt(work / MOST_WORK) && work <= MOST_WORK) {
        return new KernelCase(
            cell,
            batch,
            steps,
            random.nextBoolean(),
            random.nextBoolean(),
            pick(MaskKind.values(), random),
            random.nextBoolean(),
            pick(Layout.values(), random),
            n);
      }
    }
  }

  private static int size(Random random) {
    return SIZES[random.nextInt(SIZES.length)];
  }

  private static <E> E pick(E[] all, Random random) {
    return all[random.nextInt(all.length)];
  }

  private static void assertAgrees(KernelCase kase, int threads, String where) {
    Candidate fused = Candidate.fused(threads);
    // Where the rounding has crossed a kink, other numbers will not do so again.
    boolean smooth = Collections.disjoint(KernelCells.activations(kase.cell()), KINKED);
    int attempts = smooth ? 1 : 3;
    for (int attempt = 1; ; attempt++) {
      KernelCase tried = kase.withSeed(kase.seed() + (attempt - 1) * 1_000_003L);
      try {
        compare(fused, tried, where + ", " + fused + ", " + tried);
        return;
      } catch (AssertionError e) {
        if (attempt == attempts) {
          throw e;
        }
      }
    }
  }

  private static void compare(Candidate fused, KernelCase kase, String message) {
    Map<String, INDArray> expected = kase.data(DataType.DOUBLE).run(kase.reference());
    Map<String, INDArray> actual = kase.data(fused.type()).run(fused.make(kase));
    compare(expected, actual, kase, message);
  }

  private static void compare(
      Map<String, INDArray> expected,
      Map<String, INDArray> actual,
      KernelCase kase,
      String message) {
    KernelData.assertClose(
        expected, actual, (name, array) -> tolerance(kase, name, array), message);
  }

  /**
   * A float rounds by at most 6e-8 of the number, and a sum of n numbers rounds n times; most of
   * these roundings cancel, and half of all is allowed. They are roundings of the largest element,
   * or of 1 where that is larger: all that goes in is between -1 and 1, and large terms may add up
   * to a small sum. n is the length of all sums that an element depends on: D + G H within a step,
   * T through the state, and B T for the gradient by a parameter. Sixteen more are for activations.
   */
  private static double tolerance(KernelCase kase, String name, INDArray expected) {
    Cell cell = kase.cell();
    int n = 16 + cell.inputs() + cell.gates() * cell.hidden() + kase.steps();
    if (kase.gradientsByParameters().contains(name)) {
      n += kase.batch() * kase.steps();
    }
    return 0.5 * 6e-8 * n * Math.max(1, expected.amaxNumber().doubleValue());
  }
}
