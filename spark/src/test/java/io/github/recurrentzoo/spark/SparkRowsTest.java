package io.github.recurrentzoo.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/** Where rows go. */
class SparkRowsTest {

  @Test
  void equalRowsGetPlacesOfTheirOwn() {
    List<Tuple2<Long, String>> rows = new ArrayList<>();
    rows.add(new Tuple2<>(-5L, "bad"));
    for (int i = 0; i < 1000; i++) {
      rows.add(new Tuple2<>(7L, "good"));
    }
    rows.add(new Tuple2<>(9L, "fine"));
    List<Tuple2<Long, String>> spread = new ArrayList<>();
    SparkRows.spread(rows.iterator()).forEachRemaining(spread::add);
    Set<Long> places = new HashSet<>();
    spread.forEach(row -> places.add(row._1()));
    assertEquals(1002, places.size());
    assertEquals(rows.get(0), spread.get(0));
    assertEquals(rows.get(1), spread.get(1));
    assertEquals(rows.get(1001), spread.get(1001));
    int[] pieces = new int[4];
    places.forEach(place -> pieces[Math.floorMod(place.hashCode(), 4)]++);
    for (int size : pieces) {
      assertEquals(250, size, 60);
    }
  }
}
