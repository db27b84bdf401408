package io.github.recurrentzoo.zoo.tagging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be had without a network: a word gets the label that it has most often in the rows
 * learned from. A word that is not in them gets the most frequent label of the words with its
 * longest known ending (of up to {@value #LONGEST_ENDING} characters), those in capitals apart from
 * the others.
 */
public final class WordBaseline {
  /** For tables. */
  public static final String NAME = "most frequent label of the word, else of its ending";

  private static final int LONGEST_ENDING = 5;

  private final Map<String, String> byWord;
  private final Map<String, String> byEnding;

  private WordBaseline(Map<String, String> byWord, Map<String, String> byEnding) {
    this.byWord = byWord;
    this.byEnding = byEnding;
  }

  /** Counts. Of labels that are as frequent, the first in the alphabet is taken. */
  public static WordBaseline train(List<TaggedText> rows) {
    Map<String, Map<String, Integer>> words = new HashMap<>();
    Map<String, Map<String, Integer>> endings = new HashMap<>();
    for (TaggedText row : rows) {
      for (int t = 0; t < row.words().size(); t++) {
        String word = Spelling.plain(row.words().get(t));
        String label = row.labels().get(t);
        words.computeIfAbsent(word, w -> new HashMap<>()).merge(label, 1, Integer::sum);
        for (String ending : endings(word)) {
          endings.computeIfAbsent(ending, e -> new HashMap<>()).merge(label, 1, Integer::sum);
        }
      }
    }
    return new WordBaseline(mostFrequent(words), mostFrequent(endings));
  }

  private static Map<String, String> mostFrequent(Map<String, Map<String, Integer>> counts) {
    Map<String, String> labels = new HashMap<>();
    counts.forEach(
        (key, ofLabels) ->
            labels.put(
                key,
                ofLabels.entrySet().stream()
                    .max(
                        Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .orElseThrow()
                    .getKey()));
    return labels;
  }

  /** The longest first; the last one is empty. */
  private static List<String> endings(String word) {
    String kind = Character.isUpperCase(word.codePointAt(0)) ? "X" : "x";
    List<String> endings = new ArrayList<>();
    for (int length = Math.min(LONGEST_ENDING, word.length()); length >= 1; length--) {
      endings.add(kind + word.substring(word.length() - length));
    }
    endings.add(kind);
    endings.add("");
    return endings;
  }

  /** The label of each word. */
  List<String> tag(List<String> words) {
    return words.stream().map(this::label).toList();
  }

  private String label(String written) {
    String word = Spelling.plain(written);
    String label = byWord.get(word);
    return label != null
        ? label
        : endings(word).stream()
            .filter(byEnding::containsKey)
            .map(byEnding::get)
            .findFirst()
            .orElseThrow();
  }
}
