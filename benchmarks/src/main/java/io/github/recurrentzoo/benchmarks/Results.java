package io.github.recurrentzoo.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The medians of all forks so far. */
final class Results {

  private record Key(Case what, Work work, Entry entry) {}

  private final Map<Key, List<Double>> medians = new HashMap<>();

  /**
   * The number that is quoted for a library; NaN where nothing was measured.
   *
   * @param micros microseconds of a call
   * @param threads with how many threads
   */
  record Best(double micros, int threads) {}

  /** Adds the median of one fork, in microseconds. */
  void add(Case what, Work work, Entry entry, double median) {
    medians.computeIfAbsent(new Key(what, work, entry), key -> new ArrayList<>()).add(median);
  }

  /** The median of an entry's forks; empty before there is one. */
  OptionalDouble median(Case what, Work work, Entry entry) {
    double[] sorted =
        medians.getOrDefault(new Key(what, work, entry), List.of()).stream()
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    int n = sorted.length;
    return n == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
  }

  /** A library at its best number of threads. */
  Best best(Case what, Work work, Entry.Library library, List<Integer> threads) {
    Best best = new Best(Double.NaN, 0);
    for (int n : threads) {
      double micros = median(what, work, new Entry(library, n)).orElse(Double.NaN);
      if (Double.compare(micros, best.micros()) < 0) { // NaN counts as the largest number
        best = new Best(micros, n);
      }
    }
    return best;
  }
}
