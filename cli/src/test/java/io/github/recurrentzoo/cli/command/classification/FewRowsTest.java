package io.github.recurrentzoo.cli.command.classification;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.NaiveBayes;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.classification.TextDefaults;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a user with few rows gets without options, next to naive Bayes. */
class FewRowsTest {
  private static final int ROWS = 200;
  private static final int TEST_ROWS = 500;

  /** Measured on 100 and 500 rows: 20 and 16 points above naive Bayes. */
  @Tag("learning")
  @Test
  void aboveNaiveBayesByMoreThanFivePoints() {
    double zoo = 0;
    double naiveBayes = 0;
    for (long seed = 1; seed <= 3; seed++) {
      List<LabeledText> rows = new ArrayList<>(WordNetDefinitions.read());
      Collections.shuffle(rows, new Random(seed));
      List<LabeledText> test = rows.subList(0, TEST_ROWS);
      List<LabeledText> learned = rows.subList(TEST_ROWS, TEST_ROWS + ROWS);
      assertTrue(TextDefaults.of(learned).vectors().isPresent(), "there are no English vectors");
      zoo += TextClassifier.train(learned).evaluate(test).accuracy() / 3;
      naiveBayes += NaiveBayes.train(learned, List.of()).evaluate(test).accuracy() / 3;
    }
    assertTrue(zoo > naiveBayes + 0.05, zoo + ", naive Bayes " + naiveBayes);
  }
}
