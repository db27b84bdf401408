package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.internal.Require;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Rows in two parts, with each label in both of them in the same proportion.
 *
 * @param training the larger part, in the order of the rows
 * @param test the part that was kept out, in the order of the rows
 * @param rare the labels that were dropped, kept in the training part or made one, with their
 *     number of rows; empty with {@link RareLabels#REFUSE}
 */
public record StratifiedSplit(
    List<LabeledText> training, List<LabeledText> test, Map<String, Integer> rare) {

  /**
   * Splits the rows: of each label's n rows, n times {@code testSplit} go to the test part,
   * rounded, but one at least, and one at least stays. The same rows, fraction and seed give the
   * same split.
   *
   * @param testSplit in (0, 1)
   * @throws DataException if there are no rows or a label has a single one
   * @throws IllegalArgumentException if the fraction is not in (0, 1)
   */
  public static StratifiedSplit split(List<LabeledText> rows, double testSplit, long seed) {
    return split(rows, testSplit, seed, RareLabels.REFUSE);
  }

  /**
   * As {@link #split(List, double, long)}, for rows of which some labels have too few.
   *
   * @param rareLabels what to do with them
   * @throws DataException if there are no rows, or none that can be tested, or a label with a
   *     single one is to be refused
   */
  public static StratifiedSplit split(
      List<LabeledText> rows, double testSplit, long seed, RareLabels rareLabels) {
    if (!(testSplit > 0 && testSplit < 1)) {
      throw new IllegalArgumentException("testSplit must be in (0, 1), but is " + testSplit);
    }
    if (rows.isEmpty()) {
      throw new DataException(
          "There are no rows to split; expected two rows of each label at least.");
    }
    Map<String, Integer> rare = rareLabels.among(rows);
    List<LabeledText> left = rareLabels.applied(rows, rare);
    BitSet inTest = draw(left, testSplit, seed, rareLabels);
    if (inTest.isEmpty()) {
      throw new DataException(
          "No label of the %d rows has rows enough to be both learned from and tested on. Add rows, and check that the right column was taken for the labels."
              .formatted(rows.size()));
    }
    List<LabeledText> training = new ArrayList<>(left.size() - inTest.cardinality());
    List<LabeledText> test = new ArrayList<>(inTest.cardinality());
    for (int i = 0; i < left.size(); i++) {
      (inTest.get(i) ? test : training).add(left.get(i));
    }
    return new StratifiedSplit(
        Collections.unmodifiableList(training),
        Collections.unmodifiableList(test),
        Collections.unmodifiableMap(rare));
  }

  /**
   * Splits for cross-validation: the rows of each label are dealt into parts of about the same
   * size, and each part is the test part once.
   *
   * @param folds how many parts, two at least
   * @param seed deals the rows
   * @throws DataException if there are fewer rows than parts, or a label has a single row
   */
  public static List<StratifiedSplit> folds(List<LabeledText> rows, int folds, long seed) {
    Require.atLeast("folds", 2, folds);
    if (rows.size() < folds) {
      throw new DataException(
          "There are %d rows; expected %d at least, one for each fold. Add rows, or ask for fewer folds."
              .formatted(rows.size(), folds));
    }
    Random random = new Random(seed);
    int[] foldOf = new int[rows.size()];
    int next = 0;
    for (Map.Entry<String, List<Integer>> label : byLabel(rows).entrySet()) {
      if (label.getValue().size() < 2) {
        throw singleRow(label.getKey());
      }
      Collections.shuffle(label.getValue(), random);
      for (int row : label.getValue()) {
        foldOf[row] = next++ % folds;
      }
    }
    return parts(rows, foldOf, folds);
  }

  private static List<StratifiedSplit> parts(List<LabeledText> rows, int[] foldOf, int folds) {
    List<StratifiedSplit> splits = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      List<LabeledText> training = new ArrayList<>();
      List<LabeledText> test = new ArrayList<>();
      for (int i = 0; i < foldOf.length; i++) {
        (foldOf[i] == fold ? test : training).add(rows.get(i));
      }
      splits.add(new StratifiedSplit(training, test, Map.of()));
    }
    return splits;
  }

  /**
   * Deals the rows, in their order, into folds, whatever their labels; each is the test part once.
   */
  static List<StratifiedSplit> dealt(List<LabeledText> rows, int folds) {
    return parts(rows, IntStream.range(0, rows.size()).map(i -> i % folds).toArray(), folds);
  }

  private static Map<String, List<Integer>> byLabel(List<LabeledText> rows) {
    Map<String, List<Integer>> byLabel = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      byLabel.computeIfAbsent(rows.get(i).label(), label -> new ArrayList<>()).add(i);
    }
    return byLabel;
  }

  private static BitSet draw(
      List<LabeledText> rows, double testSplit, long seed, RareLabels rareLabels) {
    Random random = new Random(seed);
    BitSet inTest = new BitSet(rows.size());
    byLabel(rows)
        .forEach(
            (label, indices) -> {
              if (indices.size() < 2 && rareLabels == RareLabels.REFUSE) {
                throw singleRow(label);
              }
              if (indices.size() >= 2) {
                Collections.shuffle(indices, random);
                int size = (int) Math.round(indices.size() * testSplit);
                size = Math.max(1, Math.min(indices.size() - 1, size));
                indices.subList(0, size).forEach(inTest::set);
              }
            });
    return inTest;
  }

  private static DataException singleRow(String label) {
    return new DataException(
        "The label \""
            + label
            + "\" has only one row, which cannot be both learned from and tested on. Add rows of"
            + " this label or give its row another label; or choose what becomes of rare labels:"
            + " they can be dropped, kept without a test, or be one label.");
  }
}
