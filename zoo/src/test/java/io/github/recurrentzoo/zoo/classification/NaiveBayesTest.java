package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NaiveBayesTest {
  private static LabeledText row(String label, String text) {
    return new LabeledText(text, label);
  }

  /**
   * By hand: x has the features "good", "film" and their pair, y "bad", "film" and their pair, so V
   * = 5 and n_x = n_y = 3 a row. "good film" has p(f | x) = 2/8 each and p(f | y) = 1/8, 2/8, 1/8.
   */
  @Test
  void agreesWithACalculationByHand() {
    List<LabeledText> rows =
        List.of(row("x", "good film"), row("y", "bad film"), row("y", "bad film"));
    NaiveBayes bayes = NaiveBayes.train(rows, List.of());
    assertEquals(1, bayes.smoothing());
    double x = Math.log(1 / 3.0) + Math.log(2 / 8.0) * 3;
    double y = Math.log(2 / 3.0) + Math.log(1 / 11.0) * 2 + Math.log(3 / 11.0);
    assertArrayEquals(new double[] {x, y}, bayes.scores("good film"), 1e-12);
    assertEquals("x", bayes.predict("good film"));
    assertArrayEquals(
        new double[] {Math.log(1 / 3.0), Math.log(2 / 3.0)}, bayes.scores("never seen"), 1e-12);
    assertEquals("y", bayes.predict(""));
  }

  @Test
  void pairsTellWhatWordsAloneDoNot() {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rows.add(row("good", "not bad but good"));
      rows.add(row("bad", "not good but bad"));
    }
    NaiveBayes bayes = NaiveBayes.train(rows, rows);
    assertEquals("good", bayes.predict("Not bad!"));
    assertEquals("bad", bayes.predict("Not good!"));
    assertEquals(1, bayes.evaluate(rows).accuracy());
    assertEquals(5, bayes.evaluate(rows).count("good", "good"));
  }

  /** A label of one word against one of many rows with many words: add-one smoothing drowns it. */
  @Test
  void validationRowsChooseTheSmoothing() {
    List<LabeledText> rows = new ArrayList<>();
    rows.add(row("rare", "zebra"));
    for (int i = 0; i < 40; i++) {
      rows.add(row("common", "word" + i + " and zebra" + i % 20 + " other" + i));
    }
    List<LabeledText> asked = List.of(row("rare", "zebra"));
    assertEquals("common", NaiveBayes.train(rows, List.of()).predict("zebra"));
    NaiveBayes tuned = NaiveBayes.train(rows, asked);
    assertTrue(tuned.smoothing() < 1);
    assertEquals("rare", tuned.predict("zebra"));
  }

  /** Three rows of a label with few words among many long ones: only little smoothing finds it. */
  @Test
  void withoutValidationRowsFoldsChooseTheSmoothing() {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(
          i % 4 == 0
              ? row("rare", "zebra")
              : row("common", "word" + i + " and zebra" + " other" + i + " more" + i % 20));
    }
    NaiveBayes tuned = NaiveBayes.train(rows, List.of());
    assertTrue(tuned.smoothing() < 1, "smoothing " + tuned.smoothing());
    assertEquals("rare", tuned.predict("zebra"));
    assertEquals(1, NaiveBayes.train(rows.subList(0, 19), List.of()).smoothing());
  }

  @Test
  void countsLabelsThatItHasNotLearnedAsWrong() {
    NaiveBayes bayes = NaiveBayes.train(List.of(row("a", "one"), row("b", "two")), List.of());
    assertEquals(0.5, bayes.evaluate(List.of(row("a", "one"), row("c", "one"))).accuracy());
    assertThrows(DataException.class, () -> bayes.evaluate(List.of()));
    assertThrows(DataException.class, () -> NaiveBayes.train(List.of(), List.of()));
  }
}
