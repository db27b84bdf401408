package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.data.DataException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Rows in two parts, with each label in both of them in the same proportion.
 *
 * @param training the larger part, in the order of the rows
 * @param test the part that was kept out, in the order of the rows
 */
public record StratifiedSplit(List<LabeledText> training, List<LabeledText> test) {

  /**
   * Splits the rows: of each label's n rows, n times {@code testFraction} go to the test part,
   * rounded, but one at least, and one at least stays. The same rows, fraction and seed give the
   * same split.
   *
   * @param testFraction in (0, 1)
   * @throws DataException if there are no rows or a label has a single one
   * @throws IllegalArgumentException if the fraction is not in (0, 1)
   */
  public static StratifiedSplit split(List<LabeledText> rows, double testFraction, long seed) {
    if (!(testFraction > 0 && testFraction < 1)) {
      throw new IllegalArgumentException(
          "The test fraction must be in (0, 1), but is " + testFraction);
    }
    if (rows.isEmpty()) {
      throw new DataException(
          "There are no rows to split; expected two rows of each label at least.");
    }
    Map<String, List<Integer>> byLabel = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      byLabel.computeIfAbsent(rows.get(i).label(), label -> new ArrayList<>()).add(i);
    }
    Random random = new Random(seed);
    BitSet inTest = new BitSet(rows.size());
    byLabel.forEach(
        (label, indices) -> {
          if (indices.size() < 2) {
            throw singleRow(label);
          }
          Collections.shuffle(indices, random);
          int size = (int) Math.round(indices.size() * testFraction);
          size = Math.max(1, Math.min(indices.size() - 1, size));
          indices.subList(0, size).forEach(inTest::set);
        });
    List<LabeledText> training = new ArrayList<>(rows.size() - inTest.cardinality());
    List<LabeledText> test = new ArrayList<>(inTest.cardinality());
    for (int i = 0; i < rows.size(); i++) {
      (inTest.get(i) ? test : training).add(rows.get(i));
    }
    return new StratifiedSplit(
        Collections.unmodifiableList(training), Collections.unmodifiableList(test));
  }

  private static DataException singleRow(String label) {
    return new DataException(
        "The label \""
            + label
            + "\" has only one row left, which cannot be both learned from and tested on. Each label"
            + " needs three rows where both validation and test rows are kept out, two where only"
            + " one of them is. Add rows of this label, give its row another label, or remove it.");
  }
}
