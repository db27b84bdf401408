package io.github.recurrentzoo.zoo.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PairSplitTest {

  private static List<TextPair> pairs() {
    List<TextPair> pairs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      pairs.add(new TextPair("s" + i % 50, "t" + i % 40));
    }
    return pairs;
  }

  private static Set<String> values(List<TextPair> pairs, Function<TextPair, String> side) {
    return pairs.stream().map(side).collect(Collectors.toSet());
  }

  private static void assertDisjoint(PairSplit split, Function<TextPair, String> side, int test) {
    Set<String> both = new HashSet<>(values(split.training(), side));
    both.retainAll(values(split.test(), side));
    assertEquals(Set.of(), both);
    assertEquals(test, values(split.test(), side).size());
    assertEquals(200, split.training().size() + split.test().size());
  }

  @Test
  void noSourceOrNoTargetIsInBothParts() {
    assertDisjoint(PairSplit.bySource(pairs(), 0.1, 1), TextPair::source, 5);
    assertDisjoint(PairSplit.byTarget(pairs(), 0.1, 1), TextPair::target, 4);
  }

  @Test
  void theSeedDraws() {
    assertEquals(PairSplit.bySource(pairs(), 0.1, 1), PairSplit.bySource(pairs(), 0.1, 1));
    assertTrue(!PairSplit.bySource(pairs(), 0.1, 1).equals(PairSplit.bySource(pairs(), 0.1, 2)));
  }

  @Test
  void onePartIsNeverEmpty() {
    List<TextPair> two = List.of(new TextPair("a", "x"), new TextPair("b", "x"));
    assertEquals(1, PairSplit.bySource(two, 0.01, 1).test().size());
    assertEquals(1, PairSplit.bySource(two, 0.99, 1).training().size());
    assertThrows(DataException.class, () -> PairSplit.byTarget(two, 0.5, 1));
    assertThrows(IllegalArgumentException.class, () -> PairSplit.bySource(two, 1, 1));
  }

  @Test
  void foldsDealTheSources() {
    List<TextPair> tested = new ArrayList<>();
    for (PairSplit fold : PairSplit.folds(pairs(), 4, 1)) {
      assertDisjoint(fold, TextPair::source, values(fold.test(), TextPair::source).size());
      assertTrue(fold.test().size() >= 48 && fold.test().size() <= 52, "12 or 13 sources");
      tested.addAll(fold.test());
    }
    assertEquals(200, tested.size());
    List<TextPair> two = List.of(new TextPair("a", "x"), new TextPair("b", "x"));
    assertThrows(DataException.class, () -> PairSplit.folds(two, 3, 1));
  }
}
