package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The fused kernel of attention, in float, against the reference, in double. */
class AttentionKernelTest {
  private static final int[] SIZES = {1, 2, 3, 5, 7, 16, 33};
  private static final int CASES = 400;

  /** What a pass computes from; h, s and epsilon in time-major memory, or as they come. */
  private record Case(
      int rows,
      int steps,
      int length,
      int h,
      int e,
      int a,
      int maxOffset,
      int firstStep,
      boolean queryMasked,
      boolean stateMasked,
      boolean timeMajor,
      boolean cOrder) {

    static Case draw(int n) {
      Random random = new Random(20261129L + 31L * n);
      random.nextInt();
      return new Case(
          size(random),
          size(random),
          size(random),
          size(random),
          size(random),
          size(random),
          random.nextInt(4),
          random.nextInt(3) * random.nextInt(2),
          random.nextBoolean(),
          random.nextBoolean(),
          random.nextBoolean(),
          random.nextBoolean());
    }

    private static int size(Random random) {
      return SIZES[random.nextInt(SIZES.length)];
    }

    /** Numbers that both types can hold, in [-1, 1]. */
    INDArray sequence(DataType type, long seed, int size, int time) {
      Random random = new Random(seed);
      INDArray array =
          timeMajor
              ? Nd4j.create(type, time, rows, size).permute(1, 2, 0)
              : Nd4j.create(type, rows, size, time);
      for (int b = 0; b < rows; b++) {
        for (int i = 0; i < size; i++) {
          for (int t = 0; t < time; t++) {
            array.putScalar(b, i, t, 2 * random.nextFloat() - 1);
          }
        }
      }
      return array;
    }

    INDArray matrix(DataType type, long seed, int matrixRows, int columns) {
      Random random = new Random(seed);
      INDArray array = Nd4j.create(type, new long[] {matrixRows, columns}, cOrder ? 'c' : 'f');
      for (int i = 0; i < matrixRows; i++) {
        for (int j = 0; j < columns; j++) {
          array.putScalar(i, j, (2 * random.nextFloat() - 1) / (float) Math.sqrt(matrixRows));
        }
      }
      return array;
    }

    AttentionKernel.Parameters parameters(DataType type) {
      return new AttentionKernel.Parameters(
          matrix(type, 1, h, e),
          matrix(type, 2, e + h, a),
          matrix(type, 3, 1, a),
          maxOffset == 0 ? null : matrix(type, 4, 1, 2 * maxOffset + 1));
    }

    /** Gaps, padding, and values that are neither 0 nor 1; one step of each row is there. */
    INDArray mask(DataType type, int time) {
      INDArray mask = Nd4j.ones(type, rows, time);
      for (int b = 0; b < rows; b++) {
        for (int t = 0; t < time; t++) {
          if (t != b % time && (3 * b + t) % 4 != 1) {
            mask.putScalar(b, t, (b + t) % 3 == 0 ? 0.5 : 0);
          }
        }
      }
      return mask;
    }

    AttentionKernel.Input input(DataType type) {
      int half = e / 2;
      return new AttentionKernel.Input(
          sequence(type, 5, h, steps),
          half == 0
              ? List.of(sequence(type, 6, e, length))
              : List.of(sequence(type, 6, half, length), sequence(type, 11, e - half, length)),
          queryMasked ? mask(type, steps) : null,
          stateMasked ? mask(type, length) : null,
          firstStep);
    }

    Map<String, INDArray> run(AttentionKernel kernel, DataType type) {
      return run(kernel, type, input(type));
    }

    Map<String, INDArray> run(AttentionKernel kernel, DataType type, AttentionKernel.Input input) {
      INDArray output = sequence(type, 7, a, steps).assign(Double.NaN);
      kernel.forward(parameters(type), input, output, true);
      AttentionKernel.Parameters gradients = parameters(type);
      gradients.score().assign(Double.NaN);
      gradients.output().assign(Double.NaN);
      gradients.bias().assign(Double.NaN);
      INDArray byQueries = sequence(type, 8, h, steps).assign(Double.NaN);
      List<INDArray> byStates =
          input.states().stream()
              .map(part -> sequence(type, 9, (int) part.size(1), length).assign(Double.NaN))
              .toList();
      kernel.backward(sequence(type, 10, a, steps), gradients, byQueries, byStates);
      Map<String, INDArray> results = new LinkedHashMap<>();
      results.put("output", output);
      results.put("by W", gradients.score());
      results.put("by W_c", gradients.output());
      results.put("by b", gradients.bias());
      if (gradients.offsets() != null) {
        results.put("by r", gradients.offsets());
      }
      results.put("by queries", byQueries);
      for (int part = 0; part < byStates.size(); part++) {
        results.put("by states " + part, byStates.get(part));
      }
      results.replaceAll((name, array) -> array.dup('c').castTo(DataType.DOUBLE));
      return results;
    }
  }

  private static void assertAgree(
      Map<String, INDArray> expected, Map<String, INDArray> found, String message) {
    assertEquals(expected.keySet(), found.keySet(), message);
    expected.forEach(
        (name, array) ->
            assertArrayEquals(
                array.data().asDouble(),
                found.get(name).data().asDouble(),
                2e-5 * Math.max(1, array.amaxNumber().doubleValue()),
                () -> name + " of " + message));
  }

  @Test
  void fusedAgreesWithReference() {
    for (int n = 0; n < CASES; n++) {
      Case kase = Case.draw(n);
      FusedAttention fused = new FusedAttention(1 + n % 3, 1);
      ReferenceAttention reference = new ReferenceAttention();
      assertAgree(
          kase.run(reference, DataType.DOUBLE),
          kase.run(fused, DataType.FLOAT),
          "case " + n + ", " + kase);
      double[][][] expected = reference.weights();
      double[][][] found = fused.weights();
      for (int b = 0; b < expected.length; b++) {
        for (int t = 0; t < expected[b].length; t++) {
          if (kase.queryMasked() && kase.mask(DataType.DOUBLE, kase.steps()).getDouble(b, t) == 0) {
            continue; // no query, no weights that matter
          }
          assertArrayEquals(expected[b][t], found[b][t], 1e-5, kase.toString());
        }
      }
    }
  }

  /** One kernel, pass after pass of other sizes. */
  @Test
  void buffersAreUsedAgain() {
    FusedAttention fused = new FusedAttention(2, 1);
    for (int n = 0; n < 40; n++) {
      Case kase = Case.draw(n);
      assertAgree(
          kase.run(new ReferenceAttention(), DataType.DOUBLE),
          kase.run(fused, DataType.FLOAT),
          kase.toString());
    }
  }

  @Test
  void theSameToTheBitAgain() {
    Case kase = new Case(33, 7, 5, 16, 33, 7, 2, 0, true, true, true, true);
    Map<String, INDArray> once = kase.run(new FusedAttention(2, 1), DataType.FLOAT);
    Map<String, INDArray> again = kase.run(new FusedAttention(2, 1), DataType.FLOAT);
    assertEquals(once, again);
  }

  @Test
  void weightsAreAProbabilityOverStatesThatAreThere() {
    Case kase = new Case(3, 4, 7, 5, 6, 5, 1, 0, false, true, true, true);
    for (AttentionKernel kernel :
        new AttentionKernel[] {new FusedAttention(1), new ReferenceAttention()}) {
      DataType type = kernel instanceof FusedAttention ? DataType.FLOAT : DataType.DOUBLE;
      kase.run(kernel, type);
      INDArray mask = kase.mask(type, 7);
      double[][][] weights = kernel.weights();
      for (int b = 0; b < 3; b++) {
        for (int t = 0; t < 4; t++) {
          double sum = 0;
          for (int j = 0; j < 7; j++) {
            assertEquals(mask.getDouble(b, j) == 0, weights[b][t][j] == 0);
            sum += weights[b][t][j];
          }
          assertEquals(1, sum, 1e-6);
        }
      }
    }
  }

  @Test
  void whatStandsUnderAMaskDoesNotMatter() {
    Case kase = new Case(3, 5, 6, 4, 5, 3, 2, 0, true, true, true, true);
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      AttentionKernel.Input input = kase.input(type);
      AttentionKernel.Input other = kase.input(type);
      putUnderMask(other.queries(), other.queryMask());
      putUnderMask(other.states().get(0), other.stateMask());
      AttentionKernel kernel =
          type == DataType.FLOAT ? new FusedAttention(2, 1) : new ReferenceAttention();
      assertEquals(kase.run(kernel, type, input), kase.run(kernel, type, other));
    }
  }

  private static void putUnderMask(INDArray sequence, INDArray mask) {
    int put = 0;
    for (int b = 0; b < mask.size(0); b++) {
      for (int t = 0; t < mask.size(1); t++) {
        if (mask.getDouble(b, t) == 0) {
          sequence.putScalar(b, 0, t, Double.NaN);
          put++;
        }
      }
    }
    assertTrue(put > 0);
  }

  @Test
  void noBackwardPassWithoutTape() {
    Case kase = new Case(2, 2, 2, 2, 2, 2, 0, 0, false, false, true, true);
    for (AttentionKernel kernel :
        new AttentionKernel[] {new FusedAttention(1), new ReferenceAttention()}) {
      DataType type = kernel instanceof FusedAttention ? DataType.FLOAT : DataType.DOUBLE;
      INDArray output = kase.sequence(type, 1, 2, 2);
      kernel.forward(kase.parameters(type), kase.input(type), output, false);
      assertFalse(kernel.hasTape());
      assertThrows(
          IllegalStateException.class,
          () ->
              kernel.backward(output, kase.parameters(type), output.dup(), List.of(output.dup())));
      kase.run(kernel, type);
      assertFalse(kernel.hasTape(), "it serves once");
    }
  }
}
