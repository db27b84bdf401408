package io.github.recurrentzoo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All contenders compute the same, or their times could not be compared. */
final class ContendersAgreeTest {

  private static final float TOLERANCE = 2e-6f;

  @ParameterizedTest
  @EnumSource(Cell.class)
  void outputsOfTheLayer(Cell cell) {
    Problem problem = new Problem(cell, Shape.TINY);
    try (Contender stock = new Deeplearning4jContender(problem, false);
        Contender ours = new OurContender(problem);
        Contender pytorch = new PyTorchContender(problem)) {
      float[] expected = pytorch.layerOutput();
      assertArrayEquals(expected, stock.layerOutput(), TOLERANCE);
      assertArrayEquals(expected, ours.layerOutput(), TOLERANCE);
    }
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void gradientOfTheLayersInput(Cell cell) {
    Problem problem = new Problem(cell, Shape.TINY);
    try (Contender stock = new Deeplearning4jContender(problem, false);
        Contender ours = new OurContender(problem);
        Contender pytorch = new PyTorchContender(problem)) {
      float[] expected = pytorch.layerInputGradient();
      assertArrayEquals(expected, stock.layerInputGradient(), TOLERANCE);
      assertArrayEquals(expected, ours.layerInputGradient(), TOLERANCE);
    }
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void streamedSteps(Cell cell) {
    Problem problem = new Problem(cell, Shape.TINY);
    try (Contender stock = new Deeplearning4jContender(problem, false);
        Contender ours = new OurContender(problem);
        Contender pytorch = new PyTorchContender(problem)) {
      for (int t = 0; t < 3; t++) {
        float[] expected = pytorch.streamingOutput();
        assertArrayEquals(expected, stock.streamingOutput(), TOLERANCE);
        assertArrayEquals(expected, ours.streamingOutput(), TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Cell.class, mode = EnumSource.Mode.EXCLUDE, names = "RRNN_LAST")
  void generatedCharacters(Cell cell) {
    Problem problem = new Problem(cell, Shape.TINY);
    try (Contender stock = new Deeplearning4jContender(problem, false);
        Contender ours = new OurContender(problem);
        Contender pytorch = new PyTorchContender(problem)) {
      for (int i = 0; i < 5; i++) {
        float[] expected = pytorch.generateCharacter();
        assertEquals(Problem.CHARACTERS, expected.length);
        assertArrayEquals(expected, stock.generateCharacter(), TOLERANCE);
        assertArrayEquals(expected, ours.generateCharacter(), TOLERANCE);
      }
    }
  }

  /** Ten steps of Adam go wrong where any gradient does, and leave their mark on the answers. */
  @ParameterizedTest
  @EnumSource(Cell.class)
  void answersBeforeAndAfterTraining(Cell cell) {
    Problem problem = new Problem(cell, Shape.TINY);
    try (Contender stock = new Deeplearning4jContender(problem, false);
        Contender ours = new OurContender(problem);
        Contender pytorch = new PyTorchContender(problem)) {
      float[] before = pytorch.inference();
      float[] alone = pytorch.answer();
      assertArrayEquals(alone, stock.answer(), TOLERANCE);
      assertArrayEquals(alone, ours.answer(), TOLERANCE);
      assertEquals(before[0], alone[0], TOLERANCE);
      assertArrayEquals(before, stock.inference(), TOLERANCE);
      assertArrayEquals(before, ours.inference(), TOLERANCE);
      for (int i = 0; i < 10; i++) {
        pytorch.trainingStep();
        stock.trainingStep();
        ours.trainingStep();
      }
      float[] after = pytorch.inference();
      assertArrayEquals(after, stock.inference(), TOLERANCE);
      assertArrayEquals(after, ours.inference(), TOLERANCE);
      assertTrue(largestDifference(before, after) > 1e-3, "training has changed nothing");
    }
  }

  @Test
  void aTextByOnnxRuntime() throws Exception {
    try (OneText text = new OneText("wordnet-lstm")) {
      float[] expected = text.answers().get("ONNX Runtime");
      assertEquals(14, expected.length);
      assertArrayEquals(expected, text.answers().get("ours"), TOLERANCE);
      assertArrayEquals(expected, text.answers().get("Deeplearning4j with kernels"), TOLERANCE);
    }
  }

  private static float largestDifference(float[] a, float[] b) {
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
