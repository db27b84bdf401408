package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest {

  private static List<LabeledText> rows(int a, int b, int c) {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < Math.max(a, Math.max(b, c)); i++) {
      add(rows, i, a, "a");
      add(rows, i, b, "b");
      add(rows, i, c, "c");
    }
    return rows;
  }

  private static void add(List<LabeledText> rows, int i, int size, String label) {
    if (i < size) {
      rows.add(new LabeledText(label + i, label));
    }
  }

  private static long count(List<LabeledText> rows, String label) {
    return rows.stream().filter(row -> row.label().equals(label)).count();
  }

  @Test
  void eachLabelIsSplitInTheSameProportion() {
    StratifiedSplit split = StratifiedSplit.split(rows(100, 26, 2), 0.1, 1);
    assertEquals(10, count(split.test(), "a"));
    assertEquals(3, count(split.test(), "b"), "2.6 rows are rounded");
    assertEquals(1, count(split.test(), "c"), "one at least");
    assertEquals(1, count(StratifiedSplit.split(rows(9, 9, 2), 0.9, 1).training(), "c"));
  }

  @Test
  void eachRowIsInOnePartAndTheOrderStays() {
    List<LabeledText> rows = rows(20, 30, 10);
    StratifiedSplit split = StratifiedSplit.split(rows, 0.3, 1);
    Set<LabeledText> both = new HashSet<>(split.training());
    both.addAll(split.test());
    assertEquals(new HashSet<>(rows), both);
    assertEquals(rows.size(), split.training().size() + split.test().size());
    assertEquals(rows.stream().filter(split.test()::contains).toList(), split.test());
  }

  @Test
  void theSeedDecides() {
    List<LabeledText> rows = rows(50, 50, 50);
    assertEquals(StratifiedSplit.split(rows, 0.2, 7), StratifiedSplit.split(rows, 0.2, 7));
    assertNotEquals(StratifiedSplit.split(rows, 0.2, 7), StratifiedSplit.split(rows, 0.2, 8));
  }

  @Test
  void rareLabelsAreDroppedKeptOrOne() {
    List<LabeledText> rows = rows(10, 1, 2);
    StratifiedSplit drop = StratifiedSplit.split(rows, 0.2, 1, RareLabels.DROP);
    assertEquals(Map.of("b", 1, "c", 2), drop.rare());
    assertEquals(8, drop.training().size());
    assertEquals(2, drop.test().size());
    assertEquals(10, count(drop.training(), "a") + count(drop.test(), "a"));

    StratifiedSplit keep = StratifiedSplit.split(rows, 0.2, 1, RareLabels.KEEP);
    assertEquals(Map.of("b", 1), keep.rare());
    assertEquals(1, count(keep.training(), "b"));
    assertEquals(1, count(keep.training(), "c"));
    assertEquals(1, count(keep.test(), "c"));

    StratifiedSplit other = StratifiedSplit.split(rows, 0.2, 1, RareLabels.OTHER);
    assertEquals(Map.of("b", 1, "c", 2), other.rare());
    assertEquals(2, count(other.training(), "other"));
    assertEquals(1, count(other.test(), "other"));

    assertEquals(
        "2 labels have fewer than 3 rows and are left out: \"b\" (1), \"c\" (2).",
        RareLabels.DROP.inWords(drop.rare()));
    assertEquals(
        "1 label has fewer than 2 rows and is learned, but not tested: \"b\" (1).",
        RareLabels.KEEP.inWords(keep.rare()));
    assertThrows(
        DataException.class, () -> StratifiedSplit.split(rows(1, 1, 1), 0.2, 1, RareLabels.KEEP));
    assertThrows(
        DataException.class, () -> StratifiedSplit.split(rows(2, 1, 1), 0.2, 1, RareLabels.DROP));
  }

  @Test
  void whatCannotBeSplitIsNamed() {
    String single =
        assertThrows(DataException.class, () -> StratifiedSplit.split(rows(5, 1, 5), 0.2, 1))
            .getMessage();
    assertTrue(single.contains("\"b\" has only one row") && single.contains("Add rows"), single);
    assertThrows(DataException.class, () -> StratifiedSplit.split(List.of(), 0.2, 1));
    for (double fraction : new double[] {0, 1, -1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> StratifiedSplit.split(rows(5, 5, 5), fraction, 1));
    }
  }
}
