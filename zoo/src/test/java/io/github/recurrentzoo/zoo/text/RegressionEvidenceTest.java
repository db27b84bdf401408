package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegressionEvidenceTest {
  private static final List<String> TEXTS =
      List.of("good food", "good good place", "bad food", "bad place", "odd food", "odd odd thing");

  private static EvidenceFit fit(int... classOf) {
    return fit(TEXTS, classOf, 1 + Arrays.stream(classOf).max().orElseThrow(), null, 3);
  }

  private static EvidenceFit fit(
      List<String> texts, int[] classOf, int classes, WordMean means, long seed) {
    return EvidenceFit.of(
        Evidence.REGRESSION,
        new ClassTexts(TextUnit.WORDS, texts, IntStream.of(classOf).boxed().toList(), classes),
        means,
        seed);
  }

  /** By hand: "good" is in two of three texts and twice in this one, the pair in one. */
  @Test
  void weighsByTfIdf() {
    List<long[]> texts =
        List.of("good good", "good place", "bad").stream().map(Grams.OF_WORDS::features).toList();
    TfIdf words = TfIdf.of(texts, 100);
    double good = (1 + Math.log(2)) * (1 + Math.log(4.0 / 3));
    double pair = 1 + Math.log(4.0 / 2);
    double norm = Math.sqrt(good * good + pair * pair);
    TfIdf.Row row = words.row(Grams.OF_WORDS.features("good good"));
    double[] values = IntStream.range(0, row.size()).mapToDouble(row::value).sorted().toArray();
    double[] expected = {good / norm, pair / norm};
    Arrays.sort(expected);
    assertArrayEquals(expected, values, 1e-6);
    assertEquals(0, words.row(Grams.OF_WORDS.features("never seen")).size());
    assertEquals(1, TfIdf.of(texts, 1).features().length);
  }

  @Test
  void speaksForTheClassOfItsWords() {
    TextEvidence three = fit(0, 0, 1, 1, 2, 2).evidence();
    assertTrue(three.of("a good one")[0] > Math.max(three.of("good")[1], three.of("good")[2]));
    assertTrue(three.of("bad")[1] > 0 && three.of("odd")[2] > 0);
    TextEvidence two = fit(0, 0, 1, 1, 1, 1).evidence();
    assertEquals(1, two.of("good").length);
    assertTrue(two.of("good")[0] < two.of("bad")[0]);
  }

  @Test
  void theWordsShareTheEvidence() {
    for (TextEvidence evidence :
        List.of(fit(0, 0, 1, 1, 2, 2).evidence(), fit(0, 0, 1, 1, 1, 1).evidence())) {
      List<String> words = List.of("good", "food", "never", "good", "good", "place");
      float[] sum = evidence.of("");
      for (float[] part : evidence.parts(words)) {
        for (int c = 0; c < sum.length; c++) {
          sum[c] += part[c];
        }
      }
      assertArrayEquals(evidence.of(String.join(" ", words)), sum, 1e-5f);
      assertEquals(0, evidence.parts(List.of()).length);
    }
  }

  @Test
  void anEntryGivesTheSame() {
    RegressionEvidence evidence = (RegressionEvidence) fit(0, 0, 1, 1, 2, 2).evidence();
    assertArrayEquals(
        evidence.of("good odd thing"),
        RegressionEvidence.of(evidence.entry(), TextUnit.WORDS, null).of("good odd thing"));
  }

  @Test
  void damagedEntriesAreRefused() {
    RegressionEvidence.Entry good = ((RegressionEvidence) fit(0, 0, 1, 1, 2, 2).evidence()).entry();
    List<Float> bias = good.bias();
    for (RegressionEvidence.Entry bad :
        List.of(
            entry(good, 2, 1, good.step(), bias, good.features()),
            entry(good, 1, 1, good.step(), bias, good.features()),
            entry(good, 3, Double.NaN, good.step(), bias, good.features()),
            entry(good, 3, 1, 0, bias, good.features()),
            entry(good, 3, 1, good.step(), List.of(1f), good.features()),
            entry(good, 3, 1, good.step(), null, good.features()),
            entry(good, 3, 1, good.step(), bias, good.features().substring(8)),
            entry(good, 3, 1, good.step(), bias, "no base 64!"),
            entry(good, 3, 1, good.step(), bias, null))) {
      assertThrows(
          IllegalArgumentException.class, () -> RegressionEvidence.of(bad, TextUnit.WORDS, null));
    }
  }

  private static RegressionEvidence.Entry entry(
      RegressionEvidence.Entry good,
      int classes,
      double scale,
      float step,
      List<Float> bias,
      String features) {
    return new RegressionEvidence.Entry(
        classes, scale, step, bias, features, good.idf(), good.weights(), null);
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
    EvidenceFit fit = fit(texts, classes, 2, null, 7);
    for (int i = 0; i < classes.length; i++) {
      float inTraining = fit.inputs().get(i)[0];
      float later = fit.evidence().of(texts.get(i))[0];
      assertTrue(i % 2 == 0 ? later < 0 : later > 0);
      if (i < 20) {
        assertEquals(0, inTraining, 0.3 * Math.abs(later)); // the bias of its fold alone
      } else {
        assertTrue(inTraining * later > 0);
      }
    }
    assertArrayEquals(
        fit.evidence().of("shared0"), fit(texts, classes, 2, null, 7).evidence().of("shared0"));
  }

  private static final Vocabulary WORDS =
      Vocabulary.ofWords(List.of("cat", "dog", "cow", "hen", "saw", "axe", "awl", "nail", "the"));

  private static WordMean means() {
    float[][] vectors = new float[WORDS.size()][2];
    for (int i = 0; i < 8; i++) {
      vectors[2 + i] = i < 4 ? new float[] {1, 0.1f * i} : new float[] {0.1f * i, 1};
    }
    return WordMean.of(WORDS, vectors); // "the" and unknown words have none
  }

  /** Each animal and each tool comes once, so that words alone say nothing of other rows. */
  private static EvidenceFit withMeans(WordMean means) {
    List<String> texts = new ArrayList<>();
    for (String word : WORDS.words().subList(0, 8)) {
      if (!word.equals("hen") && !word.equals("nail")) {
        texts.add("the " + word);
      }
    }
    return fit(texts, new int[] {0, 0, 0, 1, 1, 1}, 2, means, 5);
  }

  @Test
  void theMeanIsOfWordsThatHaveAVector() {
    assertArrayEquals(
        new double[] {0.7, 0.5}, means().of(List.of("the", "cat", "saw", "zebra")), 1e-6);
    assertNull(means().of(List.of("the", "zebra")));
    assertNull(means().of(List.of()));
  }

  /** "hen" and "nail" are in no training text. */
  @Test
  void wordsOfNoTextSpeakThroughTheirVectors() {
    TextEvidence without = withMeans(null).evidence();
    assertArrayEquals(without.of("hen"), without.of("nail"));
    RegressionEvidence evidence = (RegressionEvidence) withMeans(means()).evidence();
    assertNotNull(evidence.entry().means());
    assertTrue(evidence.of("a hen")[0] < -0.5, Arrays.toString(evidence.of("a hen")));
    assertTrue(evidence.of("a nail")[0] > 0.5, Arrays.toString(evidence.of("a nail")));
    assertArrayEquals(
        evidence.of("hen nail zebra"),
        RegressionEvidence.of(evidence.entry(), TextUnit.WORDS, RegressionEvidenceTest::means)
            .of("hen nail zebra"));
    List<String> words = List.of("the", "hen", "zebra", "saw", "hen");
    float sum = evidence.of("")[0];
    float[][] parts = evidence.parts(words);
    for (float[] part : parts) {
      sum += part[0];
    }
    assertEquals(evidence.of(String.join(" ", words))[0], sum, 1e-5f);
    assertEquals(0, parts[2][0]);
    Vocabulary more = Vocabulary.ofWords(List.of("ox"));
    assertTrue(
        evidence.with(WordMean.of(more, new float[][] {{0, 0}, {0, 0}, {1, 0}})).of("ox")[0]
            < -0.5);
  }

  /** Vectors that say nothing of the classes are left out, or weigh next to nothing. */
  @Test
  void vectorsThatSayNothingHaveNoWeight() {
    List<String> texts = new ArrayList<>();
    int[] classes = new int[40];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = i % 2;
      texts.add((i % 2 == 0 ? "good " : "bad ") + WORDS.words().get(i / 2 % 8));
    }
    TextEvidence evidence = fit(texts, classes, 2, means(), 7).evidence();
    float words = Math.abs(evidence.of("good")[0] - evidence.of("bad")[0]);
    for (String[] pair : new String[][] {{"cat", "saw"}, {"hen", "nail"}}) {
      float vectors = Math.abs(evidence.of(pair[0])[0] - evidence.of(pair[1])[0]);
      assertTrue(vectors < 0.1 * words, vectors + " and " + words);
    }
  }

  @Test
  void damagedMeansAreRefused() {
    RegressionEvidence.Entry good = ((RegressionEvidence) withMeans(means()).evidence()).entry();
    MeanScores.Entry of = good.means();
    for (MeanScores.Entry bad :
        List.of(
            new MeanScores.Entry(3, of.offset(), of.weights()),
            new MeanScores.Entry(0, of.offset(), ""),
            new MeanScores.Entry(2, List.of(), of.weights()),
            new MeanScores.Entry(2, null, of.weights()),
            new MeanScores.Entry(2, of.offset(), null),
            new MeanScores.Entry(2, List.of(Float.NaN), of.weights()),
            new MeanScores.Entry(1, of.offset(), of.weights().substring(0, 6) + "=="))) {
      RegressionEvidence.Entry entry =
          new RegressionEvidence.Entry(
              2,
              good.scale(),
              good.step(),
              good.bias(),
              good.features(),
              good.idf(),
              good.weights(),
              bad);
      assertThrows(
          IllegalArgumentException.class,
          () -> RegressionEvidence.of(entry, TextUnit.WORDS, RegressionEvidenceTest::means));
    }
  }

  /** Where a fold has all rows of a class, that class has no score above the others. */
  @Test
  void aClassOfOneRow() {
    EvidenceFit fit = fit(0, 0, 1, 1, 1, 2);
    float[] alone = fit.inputs().get(5);
    assertTrue(alone[2] < Math.max(alone[0], alone[1]));
    assertTrue(fit.evidence().of("odd odd thing")[2] > 0);
  }
}
