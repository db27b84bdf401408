package io.github.recurrentzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.TextPair;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrittenDatesTest {
  @Test
  void aTextMeansOneDate() {
    List<TextPair> pairs = WrittenDates.of(2020, 2021, WrittenDates.ways(), 1);
    Map<String, String> meanings = new HashMap<>();
    for (TextPair pair : pairs) {
      String other = meanings.put(pair.source(), pair.target());
      assertTrue(other == null || other.equals(pair.target()), pair + " and " + other);
    }
    assertEquals(731, pairs.stream().map(TextPair::target).distinct().count());
    assertTrue(pairs.size() > 731 * 40, pairs.size() + " pairs");
    PairSplit split = PairSplit.byTarget(pairs, 0.1, 1);
    List<String> both =
        new ArrayList<>(split.test().stream().map(TextPair::target).distinct().toList());
    both.retainAll(split.training().stream().map(TextPair::target).toList());
    assertEquals(List.of(), both);
    assertEquals(20, WrittenDates.inAllLocales(LocalDate.of(2020, 5, 1)).size());
  }
}
