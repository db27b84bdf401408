package io.github.recurrentzoo.zoo.classification;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A classifier's answer to one text.
 *
 * @param label the most probable label
 * @param probability its probability, in [0, 1]
 * @param probabilities of all labels, the most probable first; they add up to 1. Unmodifiable
 * @param words the words of the text that were read
 * @param unknownWords those of them that the classifier does not know
 * @param unreadWords the words behind the maximal length, which were not read
 */
public record Prediction(
    String label,
    double probability,
    Map<String, Double> probabilities,
    int words,
    int unknownWords,
    int unreadWords) {

  /** Whether no word that was read is known, so that the answer says nothing about the text. */
  public boolean isGuess() {
    return words == unknownWords;
  }

  /**
   * The most probable labels.
   *
   * @param k how many; all of them if there are fewer
   */
  public Map<String, Double> top(int k) {
    Map<String, Double> top = new LinkedHashMap<>();
    probabilities.entrySet().stream()
        .limit(k)
        .forEach(entry -> top.put(entry.getKey(), entry.getValue()));
    return Collections.unmodifiableMap(top);
  }

  /** Sorts the labels by probability; equal ones stay in the order of the labels. */
  static Prediction of(List<String> labels, double[] probabilities, TextEncoder.Reading reading) {
    Map<String, Double> sorted = new LinkedHashMap<>();
    IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(c -> -probabilities[c]))
        .forEach(c -> sorted.put(labels.get(c), probabilities[c]));
    Map.Entry<String, Double> best = sorted.entrySet().iterator().next();
    return new Prediction(
        best.getKey(),
        best.getValue(),
        Collections.unmodifiableMap(sorted),
        reading.words(),
        reading.unknown(),
        reading.unread());
  }
}
