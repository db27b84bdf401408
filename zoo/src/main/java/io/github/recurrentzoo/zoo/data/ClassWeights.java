package io.github.recurrentzoo.zoo.data;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much the rows of each label count in the loss, for labels of unequal size: the loss of a row,
 * of a tagger that of a word, is multiplied by the weight of its label.
 *
 * @param balanced whether the weights follow from the rows: n / (k n_c) for n rows of k labels, of
 *     which n_c have the label c, so that all labels count the same in all
 * @param byLabel weights that are given; a label that is not named has the weight 1
 */
public record ClassWeights(boolean balanced, Map<String, Double> byLabel) {

  /** All rows count the same. */
  public static final ClassWeights NONE = new ClassWeights(false, Map.of());

  /** All labels count the same. */
  public static final ClassWeights BALANCED = new ClassWeights(true, Map.of());

  /**
   * Keeps a copy.
   *
   * @throws IllegalArgumentException if a weight is not positive, or weights are given and balanced
   */
  public ClassWeights {
    byLabel = Collections.unmodifiableMap(new TreeMap<>(byLabel));
    if (balanced && !byLabel.isEmpty()) {
      throw new IllegalArgumentException(
          "Class weights are either balanced or given, but are both: " + byLabel);
    }
    byLabel.forEach(
        (label, weight) -> {
          if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                "The weight of a class must be a positive number, but that of \"%s\" is %s"
                    .formatted(label, weight));
          }
        });
  }

  /** Weights by label. */
  public static ClassWeights of(Map<String, Double> byLabel) {
    return new ClassWeights(false, byLabel);
  }

  /** Whether no row counts more than another. */
  public boolean isNone() {
    return !balanced && byLabel.isEmpty();
  }

  /** For people, such as "balanced" or "ham=1.0, spam=5.0". */
  public String inWords() {
    return balanced
        ? "balanced"
        : byLabel.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  /** As the option of the command line has it: none, balanced, or weights by label. */
  @Override
  public String toString() {
    return isNone() ? "none" : inWords().replace(", ", ",");
  }

  /**
   * The weights of labels.
   *
   * @param labels in the order of the classes
   * @param ofRows the label of each row to learn from, or of each word of its rows
   * @throws DataException if a weight is given to a label that no row has
   */
  public double[] of(List<String> labels, Stream<String> ofRows) {
    byLabel.keySet().stream()
        .filter(label -> !labels.contains(label))
        .findFirst()
        .ifPresent(
            label -> {
              throw new DataException(
                  "A class weight is given for the label \"%s\", which no row has; the labels are %s. Correct it, or leave it out."
                      .formatted(label, labels));
            });
    Map<String, Long> counts =
        ofRows.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    double[] weights = new double[labels.size()];
    for (int c = 0; c < weights.length; c++) {
      String label = labels.get(c);
      long count = counts.getOrDefault(label, 0L);
      weights[c] =
          balanced
              ? count == 0 ? 1 : (double) all / (labels.size() * count)
              : byLabel.getOrDefault(label, 1.0);
    }
    return weights;
  }
}
