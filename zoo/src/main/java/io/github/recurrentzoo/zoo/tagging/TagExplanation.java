package io.github.recurrentzoo.zoo.tagging;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the labels of a sentence rest on: {@link SequenceTagger#explain}.
 *
 * @param words the words with their labels, in their order
 * @param contributions of label t, for each word s how much it contributes, [T][T]: gradient times
 *     input, in units of the label's score; above 0 the word speaks for the label, below 0 against
 *     it
 * @param features of label t, what its own word contributes by each thing that is read of it: its
 *     trained vector ("word"), "prefix", "suffix-2", "suffix-3", "suffix-4", "shape" and its
 *     English word vector ("vectors"); they add up to contributions [t][t]
 * @param known whether a word has a trained vector of its own
 */
public record TagExplanation(
    List<TaggedWord> words,
    List<List<Double>> contributions,
    List<Map<String, Double>> features,
    List<Boolean> known) {

  /** Keeps copies. */
  public TagExplanation {
    words = List.copyOf(words);
    contributions = contributions.stream().map(List::copyOf).toList();
    features =
        features.stream()
            .map(own -> Collections.unmodifiableMap(new LinkedHashMap<>(own)))
            .toList();
    known = List.copyOf(known);
  }
}
