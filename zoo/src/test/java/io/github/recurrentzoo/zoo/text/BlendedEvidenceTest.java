package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlendedEvidenceTest {
  private static final int ROWS = 40;
  private static final List<String> WORDS = List.of("good", "bad", "odd");

  private static List<String> texts(int classes) {
    return IntStream.range(0, ROWS)
        .mapToObj(i -> "the " + WORDS.get(i % classes) + " thing" + i % 7)
        .toList();
  }

  private static int[] classOf(int classes) {
    return IntStream.range(0, ROWS).map(i -> i % classes).toArray();
  }

  private static ClassTexts rows(List<String> texts, int classes) {
    return new ClassTexts(
        TextUnit.WORDS, texts, IntStream.of(classOf(classes)).boxed().toList(), classes);
  }

  private static EvidenceFit fit(Evidence kind, int classes) {
    return EvidenceFit.of(kind, rows(texts(classes), classes), null, 5);
  }

  /** The evidence of a fit, and inputs that are right on the rows that it knows. */
  private static EvidenceFit knowing(Evidence kind, int classes, int from, int to) {
    int[] classOf = classOf(classes);
    List<float[]> inputs = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int said = from <= row && row < to ? classOf[row] : (classOf[row] + row / classes) % classes;
      float[] input = new float[classes == 2 ? 1 : classes];
      if (classes == 2) {
        input[0] = said == 1 ? 2 : -2;
      } else {
        input[said] = 2;
      }
      inputs.add(input);
    }
    return new EvidenceFit(
        fit(kind, classes).evidence(), inputs, Collections.nCopies(classes, 0.0));
  }

  @ParameterizedTest
  @CsvSource({"2, 40, 0, 1", "2, 0, 40, 0", "3, 40, 0, 1", "3, 0, 40, 0", "2, 20, 20, 0.5"})
  void theFoldsChooseTheShare(int classes, int counted, int weighed, double share) {
    EvidenceFit naiveBayes = knowing(Evidence.NAIVE_BAYES, classes, 0, counted);
    EvidenceFit regression = knowing(Evidence.REGRESSION, classes, ROWS - weighed, ROWS);
    EvidenceFit fit = BlendedEvidence.fit(naiveBayes, regression, null, classOf(classes));
    BlendedEvidence blend = (BlendedEvidence) fit.evidence();
    assertEquals(share == 0, blend.naiveBayes() == null);
    assertEquals(share == 1, blend.regression() == null);
    float[] first = fit.inputs().get(0);
    float[] ofFirst = naiveBayes.inputs().get(0);
    float[] ofOther = regression.inputs().get(0);
    double scale =
        first[0] / (share * ofFirst[0] + (1 - share) * ofOther[0]); // the same as of other texts
    String text = "a good odd thing1";
    float[] b = naiveBayes.evidence().of(text);
    float[] g = regression.evidence().of(text);
    float[] expected = new float[b.length];
    for (int c = 0; c < b.length; c++) {
      expected[c] = (float) (scale * (share * b[c] + (1 - share) * g[c]));
    }
    assertArrayEquals(expected, blend.of(text), 1e-5f);
    assertEquals(Collections.nCopies(classes, 0.0), fit.logPriors());
  }

  /** However well they are told apart: so few rows do not make anything certain. */
  @Test
  void separableRowsAreNotCertain() {
    for (Evidence kind : List.of(Evidence.NAIVE_BAYES, Evidence.REGRESSION, Evidence.BOTH)) {
      for (float[] input : fit(kind, 2).inputs()) {
        double probability = 1 / (1 + Math.exp(-Math.abs(input[0])));
        assertTrue(probability > 0.9 && probability < 1 - 0.2 / ROWS, kind + ": " + probability);
      }
    }
  }

  /** All words are new, their endings are not: parts of words tell, and characters. */
  @Test
  void endingsTellNewWords() {
    List<String> texts =
        IntStream.range(0, ROWS)
            .mapToObj(i -> "stem" + (char) ('a' + i / 2) + (i % 2 == 0 ? "ung" : "tion"))
            .toList();
    List<Integer> classOf = IntStream.of(classOf(2)).boxed().toList();
    for (TextUnit unit : TextUnit.values()) {
      BlendedEvidence evidence =
          (BlendedEvidence)
              EvidenceFit.of(Evidence.BOTH, new ClassTexts(unit, texts, classOf, 2), null, 7)
                  .evidence();
      float[] of = evidence.of("wohnung");
      assertTrue(of[0] < -0.5 && evidence.of("station")[0] > 0.5, unit + ": " + of[0]);
      assertEquals(unit == TextUnit.WORDS, evidence.parts() != null);
      assertArrayEquals(of, BlendedEvidence.of(evidence.entry(), unit, null).of("wohnung"));
      float sum = evidence.of("")[0];
      float[][] parts = evidence.parts(unit.cut("wohnung"));
      for (float[] part : parts) {
        sum += part[0];
      }
      assertEquals(of[0], sum, 1e-5f);
      if (unit == TextUnit.CHARACTERS) {
        assertTrue(parts[5][0] < parts[1][0], "n of -ung says more than o");
      }
    }
  }

  private static BlendedEvidence both(int classes) {
    return new BlendedEvidence(
        (NaiveBayesEvidence) fit(Evidence.NAIVE_BAYES, classes).evidence(),
        (RegressionEvidence) fit(Evidence.REGRESSION, classes).evidence(),
        (RegressionEvidence)
            RegressionFit.of(rows(texts(classes), classes), Grams.OF_PARTS, null, 5).evidence());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theWordsShareTheEvidence(int classes) {
    BlendedEvidence evidence = both(classes);
    List<String> words = List.of("good", "bad", "never", "good", "odd", "thing3");
    float[] sum = evidence.of("");
    for (float[] part : evidence.parts(words)) {
      for (int c = 0; c < sum.length; c++) {
        sum[c] += part[c];
      }
    }
    assertArrayEquals(evidence.of(String.join(" ", words)), sum, 1e-5f);
    assertEquals(classes, evidence.classes());
  }

  @Test
  void anEntryGivesTheSame() {
    BlendedEvidence both = both(3);
    for (BlendedEvidence evidence :
        List.of(
            both,
            new BlendedEvidence(both.naiveBayes(), null, null),
            new BlendedEvidence(null, both.regression(), null),
            new BlendedEvidence(null, null, both.parts()))) {
      BlendedEvidence read = BlendedEvidence.of(evidence.entry(), TextUnit.WORDS, null);
      assertArrayEquals(evidence.of("a bad thing2"), read.of("a bad thing2"));
      assertArrayEquals(
          evidence.parts(List.of("bad", "odd"))[1], read.parts(List.of("bad", "odd"))[1]);
      assertEquals(3, read.classes());
    }
    assertNull(new BlendedEvidence(both.naiveBayes(), null, null).entry().regression());
    assertNotNull(both.entry().naiveBayes());
    assertNotNull(both.entry().parts());
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            BlendedEvidence.of(new BlendedEvidence.Entry(null, null, null), TextUnit.WORDS, null));
    BlendedEvidence.Entry mixed =
        new BlendedEvidence.Entry(both(2).naiveBayes().entry(), both(3).regression().entry(), null);
    assertThrows(
        IllegalArgumentException.class, () -> BlendedEvidence.of(mixed, TextUnit.WORDS, null));
  }

  /** Of rows that were learned, either model is sure; of left-out ones, the blend is not. */
  @Test
  void aTrainingRowDoesNotSpeakForItself() {
    List<String> texts = IntStream.range(0, ROWS).mapToObj(i -> "only" + i).toList();
    EvidenceFit fit = EvidenceFit.of(Evidence.BOTH, rows(texts, 2), null, 7);
    for (int i = 0; i < ROWS; i++) {
      float inTraining = fit.inputs().get(i)[0];
      assertEquals(0, inTraining, 0.3 * Math.abs(fit.evidence().of(texts.get(i))[0]));
    }
  }
}
