package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import io.github.recurrentzoo.layers.CellParameter;
import io.github.recurrentzoo.layers.kernel.KernelCase.Layout;
import io.github.recurrentzoo.layers.kernel.KernelCase.MaskKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What holds for every kernel, whatever it computes. */
class KernelPropertiesTest {

  private static final int INPUTS = 3;
  private static final int HIDDEN = 5;

  static Stream<Candidate> candidates() {
    return Candidate.all();
  }

  /** Each cell in both directions, all outputs and the last only, with this and that mask. */
  private static List<KernelCase> cases(int batch, int steps) {
    List<KernelCase> cases = new ArrayList<>();
    List<Layout> layouts = List.of(Layout.values());
    for (Cell cell : KernelCells.usual(INPUTS, HIDDEN)) {
      for (boolean forward : new boolean[] {true, false}) {
        for (boolean returnSequences : new boolean[] {true, false}) {
          for (MaskKind mask : List.of(MaskKind.NONE, MaskKind.ROW, MaskKind.RIGHT)) {
            Layout layout = layouts.get(cases.size() % layouts.size());
            boolean initial = mask != MaskKind.RIGHT;
            cases.add(
                new KernelCase(
                    cell, batch, steps, forward, returnSequences, mask, initial, layout, 11));
          }
        }
      }
    }
    return cases;
  }

  private static void assertClose(
      Candidate candidate,
      Map<String, INDArray> expected,
      Map<String, INDArray> actual,
      KernelCase kase) {
    KernelData.assertClose(
        expected, actual, (name, array) -> candidate.tolerance(), candidate + ", " + kase);
  }

  private static void assertEqual(
      Map<String, INDArray> expected, Map<String, INDArray> actual, Object message) {
    KernelData.assertClose(expected, actual, (name, array) -> 0.0, message);
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void twoPartsWithTheStateCarriedAreTheWhole(Candidate candidate) {
    int steps = 7;
    int cut = 3;
    for (KernelCase kase : cases(4, steps)) {
      if (!kase.returnSequences()) {
        continue;
      }
      KernelData data = kase.data(candidate.type());
      RecurrentKernel kernel = candidate.make(kase);
      Map<String, INDArray> whole = data.run(kernel);
      boolean forward = kase.forward();
      KernelData first = data.part(forward ? 0 : cut, forward ? cut : steps, data.initial());
      Map<String, INDArray> firstOutputs = first.outputs(kernel, false);
      RecurrentKernel.State between = state(firstOutputs, candidate);
      KernelData second = data.part(forward ? cut : 0, forward ? steps : cut, between);
      Map<String, INDArray> secondResults = second.run(kernel);

      assertClose(candidate, part(whole, first, data), part(firstOutputs), kase);
      assertClose(candidate, part(whole, second, data), part(secondResults), kase);
      assertClose(candidate, last(whole), last(secondResults), kase);
      // Nothing comes after the second part, so that its gradient by x is that of the whole.
      INDArray gradient = whole.get(KernelData.INPUT_GRADIENT);
      assertClose(
          candidate,
          Map.of("x", partOf(gradient, second, data).dup('c')),
          Map.of("x", secondResults.get(KernelData.INPUT_GRADIENT)),
          kase);
    }
  }

  private static RecurrentKernel.State state(Map<String, INDArray> outputs, Candidate candidate) {
    INDArray memory = outputs.get(KernelData.LAST_MEMORY);
    return new RecurrentKernel.State(
        outputs.get(KernelData.LAST_HIDDEN).castTo(candidate.type()),
        memory == null ? null : memory.castTo(candidate.type()));
  }

  private static Map<String, INDArray> part(Map<String, INDArray> results) {
    return Map.of("output", results.get(KernelData.OUTPUT));
  }

  private static Map<String, INDArray> part(
      Map<String, INDArray> whole, KernelData part, KernelData data) {
    return Map.of("output", partOf(whole.get(KernelData.OUTPUT), part, data).dup('c'));
  }

  /** The steps of a part; the first or the last ones. */
  private static INDArray partOf(INDArray whole, KernelData part, KernelData data) {
    int length = part.kase().steps();
    boolean begins = part.x().offset() == data.x().offset();
    int from = begins ? 0 : data.kase().steps() - length;
    return whole.get(all(), all(), interval(from, from + length));
  }

  private static Map<String, INDArray> last(Map<String, INDArray> results) {
    Map<String, INDArray> last = new LinkedHashMap<>(results);
    last.keySet().removeIf(key -> !key.startsWith("last"));
    return last;
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void backwardIsForwardOnReversedTime(Candidate candidate) {
    for (KernelCase kase : cases(4, 6)) {
      KernelData data = kase.data(candidate.type());
      KernelCase mirrored = kase.reversed();
      KernelData reversed =
          new KernelData(
              mirrored,
              data.type(),
              data.params(),
              reversed(data.x()),
              data.mask() == null ? null : reversed(data.mask()),
              data.initial(),
              kase.returnSequences() ? reversed(data.epsilon()) : data.epsilon());
      Map<String, INDArray> expected = data.run(candidate.make(kase));
      Map<String, INDArray> actual = reversed.run(candidate.make(mirrored));
      actual.replaceAll((name, array) -> array.rank() == 3 ? reversed(array) : array);
      assertClose(candidate, expected, actual, kase);
    }
  }

  /** Reversed along the last axis. */
  private static INDArray reversed(INDArray array) {
    INDArray reversed = array.dup('c');
    int steps = (int) array.size(array.rank() - 1);
    for (int t = 0; t < steps; t++) {
      if (array.rank() == 3) {
        reversed.get(all(), all(), point(t)).assign(array.get(all(), all(), point(steps - 1 - t)));
      } else {
        for (int b = 0; b < array.size(0); b++) {
          reversed.putScalar(b, t, array.getDouble(b, steps - 1 - t));
        }
      }
    }
    return reversed;
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void whatStandsUnderTheMaskDoesNotMatter(Candidate candidate) {
    for (KernelCase kase : cases(4, 6)) {
      if (kase.mask() == MaskKind.NONE) {
        continue;
      }
      KernelData data = kase.data(candidate.type());
      Map<String, INDArray> expected = data.run(candidate.make(kase));
      for (double value : new double[] {100, Double.NaN, Double.NEGATIVE_INFINITY}) {
        Map<String, INDArray> actual = data.withUnderMask(value).run(candidate.make(kase));
        assertEqual(expected, actual, candidate + ", " + value + " under the mask, " + kase);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void whatIsMaskedIsZero(Candidate candidate) {
    for (KernelCase kase : cases(4, 6)) {
      if (kase.mask() == MaskKind.NONE) {
        continue;
      }
      KernelData data = kase.data(candidate.type());
      Map<String, INDArray> results = data.run(candidate.make(kase));
      for (int b = 0; b < kase.batch(); b++) {
        for (int t = 0; t < kase.steps(); t++) {
          if (data.mask().getDouble(b, t) != 0) {
            continue;
          }
          assertZero(results.get(KernelData.INPUT_GRADIENT).get(point(b), all(), point(t)), kase);
          if (kase.returnSequences()) {
            assertZero(results.get(KernelData.OUTPUT).get(point(b), all(), point(t)), kase);
          }
        }
        if (data.mask().getRow(b).sumNumber().doubleValue() == 0) {
          assertZero(results.get(KernelData.OUTPUT).get(point(b)), kase);
          assertZero(results.get(KernelData.LAST_HIDDEN).get(point(b)), kase);
          assertZero(results.get(KernelData.HIDDEN_GRADIENT).get(point(b)), kase);
        }
      }
    }
  }

  private static void assertZero(INDArray array, KernelCase kase) {
    assertEquals(0.0, array.amaxNumber().doubleValue(), 0.0, () -> "" + kase);
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void theLastOutputIsThatOfTheLastUnmaskedStep(Candidate candidate) {
    for (KernelCase kase : cases(4, 6)) {
      if (!kase.returnSequences()) {
        continue;
      }
      KernelData data = kase.data(candidate.type());
      KernelCase lastOnly = kase.withReturnSequences(false);
      INDArray all = data.outputs(candidate.make(kase), false).get(KernelData.OUTPUT);
      INDArray expected = lastOnly.output(data.type()).castTo(all.dataType()).assign(0);
      for (int b = 0; b < kase.batch(); b++) {
        for (int i = 0; i < kase.steps(); i++) {
          int t = kase.forward() ? i : kase.steps() - 1 - i;
          if (data.mask() == null || data.mask().getDouble(b, t) != 0) {
            for (int j = 0; j < HIDDEN; j++) {
              expected.putScalar(b, j, all.getDouble(b, j, t));
            }
          }
        }
      }
      INDArray actual =
          lastOnly
              .data(candidate.type())
              .outputs(candidate.make(lastOnly), false)
              .get(KernelData.OUTPUT);
      assertClose(
          candidate, Map.of("output", expected.dup('c')), Map.of("output", actual), lastOnly);
    }
  }

  /** However large the input, no gradient goes through a unit that is saturated. */
  @ParameterizedTest
  @MethodSource("candidates")
  void saturatedUnitsPassNoGradient(Candidate candidate) {
    for (KernelCase kase : cases(4, 5)) {
      for (double scale : new double[] {1e4, 1e6, 1e8}) {
        Map<String, INDArray> results =
            kase.data(candidate.type()).saturated(scale).run(candidate.make(kase));
        for (String key : List.of(CellParameter.WEIGHT, CellParameter.RECURRENT_WEIGHT)) {
          INDArray gradient = results.get(KernelData.gradientBy(key));
          assertEquals(0, gradient.amaxNumber().doubleValue(), 1e-30, key + ", " + kase);
        }
        assertEquals(
            0,
            results.get(KernelData.INPUT_GRADIENT).amaxNumber().doubleValue(),
            1e-30,
            "x, " + kase);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void repeatedResultsAreEqualBitByBit(Candidate candidate) {
    for (KernelCase kase : cases(5, 4)) {
      KernelData data = kase.data(candidate.type());
      RecurrentKernel kernel = candidate.make(kase);
      Map<String, INDArray> expected = data.run(kernel);
      assertEqual(expected, data.run(kernel), candidate + ", " + kase);
      assertEqual(expected, data.run(candidate.make(kase)), candidate + ", " + kase);
    }
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void nothingThatGoesInIsChanged(Candidate candidate) {
    for (KernelCase kase : cases(3, 4)) {
      KernelData data = kase.data(candidate.type());
      Map<String, INDArray> before = data.snapshot();
      data.run(candidate.make(kase));
      assertEqual(before, data.snapshot(), candidate + ", " + kase);
    }
  }

  /** Buffers that are kept must not show what a larger, or another, pass left there. */
  @ParameterizedTest
  @MethodSource("candidates")
  void otherShapesAndMasksInBetweenDoNotMatter(Candidate candidate) {
    List<KernelCase> large = cases(9, 11);
    List<KernelCase> small = cases(2, 3);
    for (int i = 0; i < small.size(); i++) {
      // The neighbours of the same Spec have other masks, initial states and layouts.
      KernelCase first = large.get(i / 3 * 3 + (i + 1) % 3);
      RecurrentKernel kernel = candidate.make(first);
      first.data(candidate.type()).run(kernel);
      KernelData data = small.get(i).data(candidate.type());
      Map<String, INDArray> expected = data.run(candidate.make(small.get(i)));
      assertClose(candidate, expected, data.run(kernel), small.get(i));
      KernelData last = large.get(i).data(candidate.type());
      Map<String, INDArray> expectedLast = last.run(candidate.make(large.get(i)));
      assertClose(candidate, expectedLast, last.run(kernel), large.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void kernelsInSeveralThreadsDoNotDisturbEachOther(Candidate candidate) throws Exception {
    List<KernelCase> cases = cases(6, 8);
    List<Map<String, INDArray>> expected = new ArrayList<>();
    for (KernelCase kase : cases) {
      expected.add(kase.data(candidate.type()).run(candidate.make(kase)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Map<String, INDArray>>> actual = new ArrayList<>();
      for (KernelCase kase : cases) {
        actual.add(threads.submit(() -> kase.data(candidate.type()).run(candidate.make(kase))));
      }
      for (int i = 0; i < cases.size(); i++) {
        assertEqual(expected.get(i), actual.get(i).get(), candidate + ", " + cases.get(i));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The gradient by a parameter is a sum over rows; all else knows its row alone. */
  @ParameterizedTest
  @MethodSource("candidates")
  void rowsKnowNothingOfEachOther(Candidate candidate) {
    for (KernelCase kase : cases(4, 5)) {
      KernelData data = kase.data(candidate.type());
      Map<String, INDArray> expected = data.run(candidate.make(kase));
      Map<String, INDArray> actual = new LinkedHashMap<>();
      Set<String> byParameters = kase.gradientsByParameters();
      for (int b = 0; b < kase.batch(); b++) {
        int row = b;
        row(data, b)
            .run(candidate.make(kase))
            .forEach(
                (name, array) -> {
                  INDArray to =
                      actual.computeIfAbsent(name, key -> expected.get(key).dup('c').assign(0));
                  if (byParameters.contains(name)) {
                    to.addi(array);
                  } else {
                    to.get(interval(row, row + 1)).assign(array);
                  }
                });
      }
      assertClose(candidate, expected, actual, kase);
    }
  }

  private static KernelData row(KernelData data, int b) {
    RecurrentKernel.State initial = data.initial();
    return new KernelData(
        data.kase().withBatch(1),
        data.type(),
        data.params(),
        row(data.x(), b),
        row(data.mask(), b),
        initial == null
            ? null
            : new RecurrentKernel.State(row(initial.hidden(), b), row(initial.memory(), b)),
        row(data.epsilon(), b));
  }

  private static INDArray row(INDArray array, int b) {
    // Of a copy: for a row of a view, ND4J's get may return an empty array.
    return array == null ? null : array.dup('c').get(interval(b, b + 1));
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void backwardNeedsATapeAndUsesItUp(Candidate candidate) {
    for (KernelCase kase : cases(2, 3)) {
      KernelData data = kase.data(candidate.type());
      RecurrentKernel kernel = candidate.make(kase);
      assertEquals(kase.spec(), kernel.spec());
      assertNoTape(kernel, data, "before the first pass");
      data.outputs(kernel, false);
      assertNoTape(kernel, data, "after a pass that kept none");
      data.outputs(kernel, true);
      assertTrue(kernel.hasTape());
      data.gradients(kernel);
      assertNoTape(kernel, data, "used up");
      data.outputs(kernel, true);
      kernel.dropTape();
      assertNoTape(kernel, data, "dropped");
      data.outputs(kernel, true);
      data.outputs(kernel, false);
      assertNoTape(kernel, data, "an older pass's");
      kernel.dropTape();
      assertFalse(kernel.hasTape());
    }
  }

  private static void assertNoTape(RecurrentKernel kernel, KernelData data, String message) {
    assertFalse(kernel.hasTape(), message);
    assertThrows(IllegalStateException.class, () -> data.gradients(kernel), message);
  }

  /** Neither the last state nor the gradient by the initial one has to be wanted. */
  @ParameterizedTest
  @MethodSource("candidates")
  void statesMayBeLeftOut(Candidate candidate) {
    for (KernelCase kase : cases(2, 3)) {
      KernelData data = kase.data(candidate.type());
      Map<String, INDArray> expected = data.run(candidate.make(kase));
      RecurrentKernel kernel = candidate.make(kase);
      INDArray output = kase.output(data.type());
      kernel.forward(
          new RecurrentKernel.Forward(
              data.params(), data.x(), data.mask(), data.initial(), output, null, true));
      Map<String, INDArray> byParams = kase.params(data.type());
      INDArray byInput = kase.sequence(data.type(), INPUTS);
      kernel.backward(new RecurrentKernel.Backward(data.epsilon(), byParams, byInput, null));
      assertEqual(
          Map.of(
              "output", expected.get(KernelData.OUTPUT),
              "x", expected.get(KernelData.INPUT_GRADIENT)),
          Map.of(
              "output", output.dup('c').castTo(expected.get(KernelData.OUTPUT).dataType()),
              "x", byInput.dup('c').castTo(expected.get(KernelData.OUTPUT).dataType())),
          kase);
    }
  }

  /** The initial state may be written over with the last one, as carrying a state would do. */
  @ParameterizedTest
  @MethodSource("candidates")
  void theLastStateMayTakeThePlaceOfTheInitialOne(Candidate candidate) {
    for (KernelCase kase : cases(3, 4)) {
      if (!kase.initial()) {
        continue;
      }
      KernelData data = kase.data(candidate.type());
      Map<String, INDArray> expected = data.outputs(candidate.make(kase), false);
      INDArray output = kase.output(data.type());
      RecurrentKernel.State state = data.initial();
      candidate
          .make(kase)
          .forward(
              new RecurrentKernel.Forward(
                  data.params(), data.x(), data.mask(), state, output, state, false));
      Map<String, INDArray> actual = new LinkedHashMap<>();
      actual.put(KernelData.OUTPUT, output);
      actual.put(KernelData.LAST_HIDDEN, state.hidden());
      if (state.memory() != null) {
        actual.put(KernelData.LAST_MEMORY, state.memory());
      }
      actual.replaceAll((name, array) -> array.dup('c').castTo(expected.get(name).dataType()));
      assertEqual(expected, actual, kase);
    }
  }
}
