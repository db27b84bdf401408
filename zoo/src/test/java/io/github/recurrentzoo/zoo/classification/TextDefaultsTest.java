package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.network.Pooling;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.text.TextUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.IUpdater;

class TextDefaultsTest {

  private static List<LabeledText> rows(int count, int longest) {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new LabeledText("slovo ".repeat(1 + i % longest), "label " + i % 3));
    }
    return rows;
  }

  @Test
  void fewRowsAreReadMoreOften() {
    int before = Integer.MAX_VALUE;
    for (int count : new int[] {50, 500, 2_000, 10_000, 30_000}) {
      TextDefaults defaults = TextDefaults.of(rows(count, 5));
      assertTrue(defaults.epochs() < before, count + " rows: " + defaults.epochs());
      before = defaults.epochs();
      assertEquals(before, defaults.training().build().epochs());
      assertEquals(defaults.batchSize(), defaults.training().build().batchSize());
    }
  }

  /** What vectors say, the linear model knows before the first step. */
  @Test
  void withVectorsFewRowsAreReadLessOften() {
    List<LabeledText> english = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      english.add(new LabeledText("a small dog and a house", "label " + i % 2));
    }
    TextDefaults defaults = TextDefaults.of(english);
    assertTrue(defaults.vectors().isPresent());
    assertEquals(20, defaults.epochs());
    assertEquals(60, TextDefaults.of(rows(100, 5)).epochs());
  }

  @Test
  void ofFewRowsNoneValidates() {
    for (int count : new int[] {10, 1_199, 1_200}) {
      List<LabeledText> rows = rows(count, 5);
      TextDefaults defaults = TextDefaults.of(rows, Recurrence.LSTM, TextUnit.WORDS);
      assertEquals(count == 1_200, defaults.validates());
      assertEquals(rows, defaults.rows(rows).rows());
      assertEquals(
          count == 1_200 ? Optional.empty() : Optional.of(List.of()),
          defaults.rows(rows).validation());
    }
  }

  @Test
  void longTextsAreReadLessOften() {
    assertEquals(20, TextDefaults.of(rows(2_000, 300)).epochs());
    assertEquals(5, TextDefaults.of(rows(9_000, 300)).epochs()); // 1.3 million words
    assertEquals(4, TextDefaults.of(rows(19_000, 600)).epochs());
  }

  @Test
  void mostTextsAreReadToTheirEnd() {
    assertEquals(95, TextDefaults.of(rows(1_000, 100)).maxLength());
    assertEquals(
        TextDefaults.SHORTEST,
        TextDefaults.of(rows(100, 3), Recurrence.LSTM, TextUnit.WORDS).maxLength());
    assertEquals(TextDefaults.LONGEST, TextDefaults.of(rows(2_000, 2_000)).maxLength());
  }

  /** Words of which each comes once: only their endings tell. */
  @Test
  void namesAreReadByCharacters() {
    List<LabeledText> names = new ArrayList<>();
    List<LabeledText> same = new ArrayList<>();
    List<LabeledText> longer = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String name = Integer.toString(7919 * i, 36) + (i % 2 == 0 ? "ovic" : "sson");
      names.add(new LabeledText(name, "label " + i % 2));
      same.add(new LabeledText("slovo" + i % 2, "label " + i % 2));
      longer.add(new LabeledText((name + " ").repeat(20), "label " + i % 2));
    }
    TextDefaults defaults = TextDefaults.of(names);
    assertEquals(TextUnit.CHARACTERS, defaults.unit());
    assertEquals(TextUnit.CHARACTERS, defaults.network().build().unit());
    assertTrue(defaults.toString().contains("10 characters of a text"), defaults.toString());
    assertEquals(TextUnit.WORDS, TextDefaults.of(same).unit(), "words tell as much");
    assertEquals(TextUnit.WORDS, TextDefaults.of(longer).unit(), "they are no names");
    assertEquals(TextUnit.WORDS, TextDefaults.of(names, Recurrence.LSTM, TextUnit.WORDS).unit());
    assertEquals(TextUnit.WORDS, TextDefaults.of(List.of()).unit());
    assertEquals(TextUnit.WORDS, TextDefaults.of(names.subList(0, 2)).unit());
  }

  @Test
  void theNetworkIsThatOfTheRecipe() {
    TextDefaults defaults = TextDefaults.of(rows(500, 5), Recurrence.GRU);
    TextClassification entry = defaults.network().build();
    assertEquals(Pooling.CONCAT, entry.pooling());
    assertEquals(Evidence.BOTH, entry.evidence());
    assertEquals("GRU", entry.describe().get("recurrence"));
    assertTrue(defaults.vectors().isEmpty(), "these words are not English");
    assertEquals(2, entry.minCount());
    assertEquals(
        "500 rows: 30 epochs with 32 rows a batch, the first 10 words of a text, word vectors"
            + " trained from nothing",
        defaults.toString());
  }

  @Test
  void theLearningRateRisesAndFalls() {
    IUpdater updater = TextDefaults.updater(450, 32, 10, 0.1); // 15 steps an epoch
    double highest = 0;
    boolean falling = false;
    for (int step = 0; step < 150; step++) {
      double rate = updater.getLearningRate(step, 0);
      assertTrue(rate > 0 && rate <= 0.1, "step " + step + ": " + rate);
      assertFalse(falling && rate > highest);
      falling |= rate < highest;
      highest = falling ? rate : Math.max(highest, rate);
    }
    assertTrue(updater.getLearningRate(15, 0) > 0.09);
    assertTrue(updater.getLearningRate(149, 0) < 0.003);
    assertTrue(updater.getLearningRate(500, 0) < 0.003); // whoever trains on
  }

  /** The batch size 0 is one by the rows: 32 for 4,000, so that 125 steps make an epoch. */
  @Test
  void theScheduleEndsWithTheLastStep() {
    for (int batchSize : new int[] {0, 32}) {
      IUpdater updater = TextDefaults.updater(4_000, batchSize, 4, 0.1);
      assertTrue(updater.getLearningRate(499, 0) < 0.003);
      assertTrue(updater.getLearningRate(450, 0) > 0.008, "not at its end before");
      assertTrue(updater.getLearningRate(50, 0) > 0.09, "the peak after a tenth");
    }
  }

  @Test
  void fewStepsHaveAScheduleToo() {
    assertEquals(0.05, TextDefaults.updater(3, 32, 1, 0.09).getLearningRate(0, 0), 1e-9);
    IUpdater three = TextDefaults.updater(3, 1, 1, 0.09);
    assertTrue(three.getLearningRate(0, 0) > three.getLearningRate(1, 0));
    assertTrue(three.getLearningRate(1, 0) > three.getLearningRate(2, 0));
    assertTrue(three.getLearningRate(2, 0) > 0);
  }
}
