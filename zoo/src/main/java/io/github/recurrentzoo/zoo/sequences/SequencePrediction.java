package io.github.recurrentzoo.zoo.sequences;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A classifier's answer to one sequence.
 *
 * @param label the most probable label
 * @param probability its probability, in [0, 1]
 * @param probabilities of all labels, the most probable first; they add up to 1. Unmodifiable
 * @param steps the number of steps that were read
 */
public record SequencePrediction(
    String label, double probability, Map<String, Double> probabilities, int steps) {

  /** Sorts the labels by probability; equal ones stay in the order of the labels. */
  static SequencePrediction of(List<String> labels, double[] probabilities, int steps) {
    Map<String, Double> sorted = new LinkedHashMap<>();
    IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(c -> -probabilities[c]))
        .forEach(c -> sorted.put(labels.get(c), probabilities[c]));
    Map.Entry<String, Double> best = sorted.entrySet().iterator().next();
    return new SequencePrediction(
        best.getKey(), best.getValue(), Collections.unmodifiableMap(sorted), steps);
  }
}
