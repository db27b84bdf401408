package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.DataException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sequences in two parts, with each label in both of them in about the same proportion. Sequences
 * of the same {@link LabeledSequence#group} stay together: whoever is recognised by a few windows
 * of each person has to be tested on other persons.
 *
 * @param training the larger part, in the order of the rows
 * @param test the part that was kept out, in the order of the rows
 */
public record SequenceSplit(List<LabeledSequence> training, List<LabeledSequence> test) {

  /** Keeps copies of the lists. */
  public SequenceSplit {
    training = List.copyOf(training);
    test = List.copyOf(test);
  }

  /**
   * Splits the rows. Without groups: of each label's n rows, n times {@code testSplit} go to the
   * test part, rounded, but one at least, and one at least stays. With groups the same is done with
   * whole groups, by the label that most of their rows have, until about so many rows are in the
   * test part. The same rows, fraction and seed give the same split.
   *
   * @param testSplit in (0, 1)
   * @throws DataException if there are no rows, a label has a single one, or the test part would
   *     have a label that the training part lacks
   * @throws IllegalArgumentException if the fraction is not in (0, 1)
   */
  public static SequenceSplit split(List<LabeledSequence> rows, double testSplit, long seed) {
    if (!(testSplit > 0 && testSplit < 1)) {
      throw new IllegalArgumentException("testSplit must be in (0, 1), but is " + testSplit);
    }
    if (rows.isEmpty()) {
      throw new DataException(
          "There are no sequences to split; expected two of each label at least.");
    }
    counts(rows)
        .forEach(
            (label, count) -> {
              if (count < 2) {
                throw new DataException(
                    "The label \"%s\" has only one sequence, which cannot be both learned from and tested on. Add sequences of this label, or leave it out."
                        .formatted(label));
              }
            });
    return drawn(rows, testSplit, seed);
  }

  /** As {@link #split}, but a label's only row, and its only group, is learned from. */
  static SequenceSplit drawn(List<LabeledSequence> rows, double testSplit, long seed) {
    Random random = new Random(seed);
    BitSet inTest = new BitSet(rows.size());
    strata(rows)
        .values()
        .forEach(
            units -> {
              if (units.size() > 1) {
                Collections.shuffle(units, random);
                long all = units.stream().mapToLong(List::size).sum();
                long wanted = Math.max(1, Math.round(all * testSplit));
                long taken = 0;
                for (List<Integer> unit : units.subList(0, units.size() - 1)) {
                  if (taken > 0 && taken + unit.size() / 2.0 > wanted) {
                    break;
                  }
                  unit.forEach(inTest::set);
                  taken += unit.size();
                }
              }
            });
    List<LabeledSequence> training = new ArrayList<>();
    List<LabeledSequence> test = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      (inTest.get(i) ? test : training).add(rows.get(i));
    }
    refuseUnlearned(training, test);
    return new SequenceSplit(training, test);
  }

  /**
   * The units that stay together, as indices of rows, by the label that most of their rows have.
   */
  private static Map<String, List<List<Integer>>> strata(List<LabeledSequence> rows) {
    Map<String, List<Integer>> units = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      int row = i;
      String unit =
          rows.get(i).group().map(name -> "g" + name).orElseGet(() -> "r%09d".formatted(row));
      units.computeIfAbsent(unit, key -> new ArrayList<>()).add(i);
    }
    Map<String, List<List<Integer>>> strata = new TreeMap<>();
    for (List<Integer> unit : units.values()) {
      Map<String, Integer> counts = counts(unit.stream().map(rows::get).toList());
      String most =
          counts.entrySet().stream()
              .max(
                  Map.Entry.<String, Integer>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey()))
              .orElseThrow()
              .getKey();
      strata.computeIfAbsent(most, key -> new ArrayList<>()).add(unit);
    }
    return strata;
  }

  private static void refuseUnlearned(List<LabeledSequence> training, List<LabeledSequence> test) {
    if (test.isEmpty()) {
      throw new DataException(
          "The %d sequences cannot be parted: each label has one sequence only, or all of its sequences are in one group. Add sequences, or split without groups."
              .formatted(training.size()));
    }
    Set<String> unlearned = new TreeSet<>(counts(test).keySet());
    unlearned.removeAll(new HashSet<>(counts(training).keySet()));
    if (!unlearned.isEmpty()) {
      throw new DataException(
          "The labels %s would be in the held-out part only, since their sequences are in few groups. Add groups, take another seed, or split without groups."
              .formatted(unlearned));
    }
  }

  static Map<String, Integer> counts(List<LabeledSequence> rows) {
    Map<String, Integer> counts = new TreeMap<>();
    rows.forEach(row -> counts.merge(row.label(), 1, Integer::sum));
    return counts;
  }
}
