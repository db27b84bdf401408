package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NaiveBayesEvidenceTest {
  private static final List<String> TEXTS = List.of("a b", "b b", "c", "a c");
  private static final int[] CLASSES = {0, 0, 1, 2};

  private static NaiveBayesEvidence evidence(List<String> texts, int[] classOf, int classes) {
    List<long[]> features = texts.stream().map(Grams.OF_WORDS::features).toList();
    return new NaiveBayesEvidence(
        Grams.OF_WORDS, WordCounts.of(features, classOf, classes, 100), 0.5, 2);
  }

  private static EvidenceFit fit(List<String> texts, int[] classOf) {
    return EvidenceFit.of(
        Evidence.NAIVE_BAYES,
        new ClassTexts(TextUnit.WORDS, texts, IntStream.of(classOf).boxed().toList(), 2),
        null,
        7);
  }

  /** Counted by hand: class 0 has a, 3 b, a b, b b; class 1 has c; class 2 has a, c, a c. */
  @Test
  void countsWordsAndPairs() {
    double v = 6; // a, b, c, a b, b b, a c
    double[] denominators = {6 + 0.5 * v, 1 + 0.5 * v, 3 + 0.5 * v};
    double[] ofA = {1, 0, 1};
    double[] ofB = {3, 0, 0};
    double[] ofBoth = {1, 0, 0};
    double[] scores = new double[3];
    double mean = 0;
    for (int c = 0; c < 3; c++) {
      for (double[] counts : List.of(ofA, ofB, ofBoth)) {
        scores[c] += Math.log((counts[c] + 0.5) / denominators[c]);
      }
      mean += scores[c] / 3;
    }
    float[] found = evidence(TEXTS, CLASSES, 3).of("A b unknown");
    for (int c = 0; c < 3; c++) {
      assertEquals(2 * (scores[c] - mean) / Math.sqrt(3), found[c], 1e-5);
    }
  }

  @Test
  void twoClassesHaveTheirDifference() {
    NaiveBayesEvidence evidence = evidence(TEXTS, new int[] {0, 0, 1, 1}, 2);
    assertEquals(1, evidence.of("a").length);
    assertTrue(evidence.of("b")[0] < 0);
    assertTrue(evidence.of("c")[0] > 0);
    assertArrayEquals(new float[] {0}, evidence.of(""));
    assertArrayEquals(new float[] {0}, evidence.of("never seen"));
  }

  @Test
  void theWordsShareTheEvidence() {
    NaiveBayesEvidence evidence = evidence(TEXTS, CLASSES, 3);
    float[] whole = evidence.of("b a c never b b");
    float[] sum = new float[3];
    for (float[] part : evidence.parts(List.of("b", "a", "c", "never", "b", "b"))) {
      for (int c = 0; c < 3; c++) {
        sum[c] += part[c];
      }
    }
    assertArrayEquals(whole, sum, 1e-5f);
    assertEquals(0, evidence.parts(List.of()).length);
  }

  @Test
  void anEntryGivesTheSame() {
    NaiveBayesEvidence evidence = evidence(TEXTS, CLASSES, 3);
    assertArrayEquals(
        evidence.of("a b c"), NaiveBayesEvidence.of(evidence.entry(), TextUnit.WORDS).of("a b c"));
  }

  @Test
  void damagedEntriesAreRefused() {
    NaiveBayesEvidence.Entry entry = evidence(TEXTS, CLASSES, 3).entry();
    for (NaiveBayesEvidence.Entry bad :
        List.of(
            new NaiveBayesEvidence.Entry(2, 0.5, 2, entry.features(), entry.counts()),
            new NaiveBayesEvidence.Entry(1, 0.5, 2, entry.features(), entry.counts()),
            new NaiveBayesEvidence.Entry(3, 0, 2, entry.features(), entry.counts()),
            new NaiveBayesEvidence.Entry(3, 0.5, Double.NaN, entry.features(), entry.counts()),
            new NaiveBayesEvidence.Entry(3, 0.5, 2, entry.features(), "BQ=="),
            new NaiveBayesEvidence.Entry(3, 0.5, 2, entry.features(), "no base 64!"),
            new NaiveBayesEvidence.Entry(3, 0.5, 2, null, entry.counts()))) {
      assertThrows(
          IllegalArgumentException.class, () -> NaiveBayesEvidence.of(bad, TextUnit.WORDS));
    }
  }

  @Test
  void onlyTheMostFrequentFeaturesAreKept() {
    List<long[]> features = TEXTS.stream().map(Grams.OF_WORDS::features).toList();
    NaiveBayesEvidence some =
        new NaiveBayesEvidence(Grams.OF_WORDS, WordCounts.of(features, CLASSES, 3, 3), 0.5, 2);
    assertTrue(some.of("b")[0] > 0); // b comes three times, a and c twice, pairs once
    assertTrue(some.of("c")[1] > some.of("c")[0]);
    float[] pair = some.parts(List.of("a", "c"))[0];
    float[] alone = some.of("a");
    for (int c = 0; c < 3; c++) {
      assertEquals(alone[c] / Math.sqrt(2), pair[c], 1e-5);
    }
  }

  /** A word that no other row has says nothing of the row in training, and much of it later. */
  @Test
  void aTrainingRowDoesNotSpeakForItself() {
    List<String> texts = new ArrayList<>();
    int[] classes = new int[40];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = i % 2;
      texts.add(i < 20 ? "only" + i : "shared" + i % 2);
    }
    EvidenceFit fit = fit(texts, classes);
    for (int i = 0; i < classes.length; i++) {
      float inTraining = fit.inputs().get(i)[0];
      float later = fit.evidence().of(texts.get(i))[0];
      assertTrue(i % 2 == 0 ? later < 0 : later > 0);
      assertEquals(i < 20 ? 0 : Math.signum(later), Math.signum(inTraining));
    }
    assertEquals(List.of(Math.log(0.5), Math.log(0.5)), fit.logPriors());
    assertArrayEquals(fit.evidence().of("shared0"), fit(texts, classes).evidence().of("shared0"));
  }
}
