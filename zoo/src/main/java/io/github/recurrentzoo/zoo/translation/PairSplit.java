package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.internal.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pairs in two parts that have no source, or no target, in common, so that what is tested was not
 * seen in training. Each part has its pairs in the order of the data.
 *
 * @param training the larger part
 * @param test the part that is kept out
 */
public record PairSplit(List<TextPair> training, List<TextPair> test) {

  /**
   * Splits so that each source, with all its targets, lies in one part: for new inputs such as
   * words.
   *
   * @param testSplit the fraction of the different sources to keep out, in (0, 1); one at least is
   *     kept out, and one at least stays
   * @param seed draws them; the same pairs, fraction and seed give the same split
   * @throws DataException if there are fewer than two different sources
   * @throws IllegalArgumentException if the fraction is not in (0, 1)
   */
  public static PairSplit bySource(List<TextPair> pairs, double testSplit, long seed) {
    return by(TextPair::source, "source", pairs, testSplit, seed);
  }

  /**
   * As {@link #bySource}, but each target lies in one part with all its sources: for outputs that
   * can be written in many ways, such as dates.
   */
  public static PairSplit byTarget(List<TextPair> pairs, double testSplit, long seed) {
    return by(TextPair::target, "target", pairs, testSplit, seed);
  }

  /** The pairs of both parts, first those of the larger one. */
  public List<TextPair> all() {
    return Stream.concat(training.stream(), test.stream()).toList();
  }

  /** Refuses to learn from nothing. */
  void requireTraining() {
    if (training.isEmpty()) {
      throw new DataException("There are no pairs to learn from; expected one at least.");
    }
  }

  /**
   * Splits for cross-validation: the sources are dealt into parts of about the same size, and each
   * part is the test part once.
   *
   * @param folds how many parts, two at least
   * @param seed deals the sources
   * @throws DataException if there are fewer different sources than parts
   */
  public static List<PairSplit> folds(List<TextPair> pairs, int folds, long seed) {
    Require.atLeast("folds", 2, folds);
    List<String> sources =
        new ArrayList<>(pairs.stream().map(TextPair::source).distinct().toList());
    if (sources.size() < folds) {
      throw new DataException(
          "There are %d different sources; expected %d at least, one for each fold. Add pairs, or ask for fewer folds."
              .formatted(sources.size(), folds));
    }
    Collections.shuffle(sources, new Random(seed));
    Map<String, Integer> fold = new HashMap<>();
    sources.forEach(source -> fold.put(source, fold.size() % folds));
    return IntStream.range(0, folds)
        .mapToObj(
            i -> {
              Map<Boolean, List<TextPair>> parts =
                  pairs.stream()
                      .collect(Collectors.partitioningBy(pair -> fold.get(pair.source()) == i));
              return new PairSplit(parts.get(false), parts.get(true));
            })
        .toList();
  }

  private static PairSplit by(
      Function<TextPair, String> side,
      String name,
      List<TextPair> pairs,
      double testSplit,
      long seed) {
    if (!(testSplit > 0 && testSplit < 1)) {
      throw new IllegalArgumentException("testSplit must be in (0, 1), but is " + testSplit);
    }
    Set<String> different = new LinkedHashSet<>();
    pairs.forEach(pair -> different.add(side.apply(pair)));
    if (different.size() < 2) {
      throw new DataException(
          "There are %d pairs with %d different %ss; expected two %ss at least, one to learn from and one to test with. Add pairs."
              .formatted(pairs.size(), different.size(), name, name));
    }
    List<String> drawn = new ArrayList<>(different);
    Collections.shuffle(drawn, new Random(seed));
    int size = (int) Math.round(drawn.size() * testSplit);
    size = Math.max(1, Math.min(drawn.size() - 1, size));
    Set<String> inTest = new HashSet<>(drawn.subList(0, size));
    List<TextPair> training = new ArrayList<>();
    List<TextPair> test = new ArrayList<>();
    for (TextPair pair : pairs) {
      (inTest.contains(side.apply(pair)) ? test : training).add(pair);
    }
    return new PairSplit(
        Collections.unmodifiableList(training), Collections.unmodifiableList(test));
  }
}
