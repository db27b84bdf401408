package io.github.recurrentzoo.zoo.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SequenceSplitTest {
  private static LabeledSequence row(int i, String label, String group) {
    return new LabeledSequence("" + i, new double[][] {{i}}, label, group);
  }

  private static List<LabeledSequence> rows(int a, int b) {
    List<LabeledSequence> rows = new ArrayList<>();
    for (int i = 0; i < a + b; i++) {
      rows.add(row(i, i < a ? "a" : "b", null));
    }
    return rows;
  }

  @Test
  void eachLabelIsInBothParts() {
    SequenceSplit split = SequenceSplit.split(rows(30, 10), 0.2, 1);
    assertEquals(8, split.test().size());
    assertEquals(2, split.test().stream().filter(row -> row.label().equals("b")).count());
    assertEquals(split, SequenceSplit.split(rows(30, 10), 0.2, 1));
    assertNotEquals(split, SequenceSplit.split(rows(30, 10), 0.2, 2));
    SequenceSplit few = SequenceSplit.split(rows(2, 2), 0.01, 1);
    assertEquals(2, few.test().size());
  }

  /** Every person has windows of both labels. */
  @Test
  void groupsStayTogether() {
    List<LabeledSequence> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(row(i, i % 3 == 0 ? "b" : "a", "person " + i % 10));
    }
    SequenceSplit split = SequenceSplit.split(rows, 0.2, 1);
    assertEquals(20, split.test().size());
    Set<String> both = groups(split.training());
    both.retainAll(groups(split.test()));
    assertEquals(Set.of(), both);
  }

  private static Set<String> groups(List<LabeledSequence> rows) {
    return rows.stream()
        .map(row -> row.group().orElseThrow())
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void whatCannotBeSplitIsRefused() {
    refused(List.of(), "no sequences to split");
    refused(rows(3, 1), "\"b\" has only one sequence");
    refused(
        List.of(row(1, "a", "g"), row(2, "a", "g"), row(3, "b", "h"), row(4, "b", "h")),
        "cannot be parted");
    assertThrows(IllegalArgumentException.class, () -> SequenceSplit.split(rows(3, 3), 1, 1));
  }

  private static void refused(List<LabeledSequence> rows, String expected) {
    String message =
        assertThrows(DataException.class, () -> SequenceSplit.split(rows, 0.5, 1)).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
