package io.github.recurrentzoo.zoo.tagging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Compares the labels of rows with answers, and counts what a {@link TaggingReport} tells. */
final class TaggingCounts {
  private static final int MISTAKES = 20;
  private static final int CONTEXT = 5;
  private static final String ALL = "all spans";

  private final List<String> labels;
  private final Map<String, Integer> indices = new HashMap<>();
  private final int[][] confusion;
  private final Predicate<String> seen;
  private final boolean marksSpans;
  private final Map<Kind, Count> mistakes = new HashMap<>();
  private final Map<String, long[]> spans = new TreeMap<>(); // right, found, expected
  private int sentences;
  private int sentencesRight;
  private long unseen;
  private long unseenRight;

  /** What mistakes are counted by. */
  private record Kind(String word, String expected, String answered) {}

  /** How often there was one, and where first. */
  private static final class Count {
    private final String context;
    private int count;

    Count(String context) {
      this.context = context;
    }
  }

  private TaggingCounts(Set<String> labels, Predicate<String> seen) {
    this.labels = List.copyOf(labels);
    this.labels.forEach(label -> indices.put(label, indices.size()));
    this.seen = seen;
    confusion = new int[labels.size()][labels.size()];
    marksSpans = SpanLabels.areSpans(labels);
  }

  /**
   * Counts.
   *
   * @param known the labels of the model
   * @param rows what is expected
   * @param answers the labels of each row's words
   * @param seen whether training has seen a word in lower case
   */
  static TaggingReport of(
      List<String> known,
      List<TaggedText> rows,
      List<List<String>> answers,
      Predicate<String> seen) {
    Set<String> labels = new TreeSet<>(known);
    rows.forEach(row -> labels.addAll(row.labels()));
    answers.forEach(labels::addAll);
    TaggingCounts counts = new TaggingCounts(labels, seen);
    for (int i = 0; i < rows.size(); i++) {
      counts.add(rows.get(i), answers.get(i));
    }
    return counts.report();
  }

  private void add(TaggedText row, List<String> answers) {
    sentences++;
    sentencesRight += row.labels().equals(answers) ? 1 : 0;
    for (int t = 0; t < answers.size(); t++) {
      String expected = row.labels().get(t);
      String answered = answers.get(t);
      boolean right = expected.equals(answered);
      confusion[indices.get(expected)][indices.get(answered)]++;
      String word = Spelling.lower(Spelling.plain(row.words().get(t)));
      if (!seen.test(word)) {
        unseen++;
        unseenRight += right ? 1 : 0;
      }
      if (!right) {
        int place = t;
        mistakes.computeIfAbsent(
                new Kind(word, expected, answered), k -> new Count(context(row.words(), place)))
            .count++;
      }
    }
    if (marksSpans) {
      addSpans(SpanLabels.spans(row.labels()), SpanLabels.spans(answers));
    }
  }

  private void addSpans(List<SpanLabels.Span> expected, List<SpanLabels.Span> answered) {
    Set<SpanLabels.Span> right = new HashSet<>(expected);
    for (SpanLabels.Span span : answered) {
      count(span, 1, 1);
      if (right.contains(span)) {
        count(span, 0, 1);
      }
    }
    expected.forEach(span -> count(span, 2, 1));
  }

  private void count(SpanLabels.Span span, int what, int more) {
    spans.computeIfAbsent(span.type(), type -> new long[3])[what] += more;
  }

  private static String context(List<String> words, int place) {
    List<String> shown = new ArrayList<>();
    int from = Math.max(0, place - CONTEXT);
    int to = Math.min(words.size(), place + CONTEXT + 1);
    if (from > 0) {
      shown.add("...");
    }
    for (int t = from; t < to; t++) {
      shown.add(t == place ? "[" + words.get(t) + "]" : words.get(t));
    }
    if (to < words.size()) {
      shown.add("...");
    }
    return String.join(" ", shown);
  }

  private TaggingReport report() {
    return new TaggingReport(
        labels,
        Stream.of(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList(),
        sentences,
        sentencesRight,
        unseen,
        unseenRight,
        marksSpans ? spanScores() : List.of(),
        mostFrequent(),
        Optional.empty());
  }

  private List<TaggingReport.Score> spanScores() {
    List<TaggingReport.Score> scores = new ArrayList<>();
    long[] all = new long[3];
    spans.forEach(
        (type, counts) -> {
          scores.add(new TaggingReport.Score(type, counts[0], counts[1], counts[2]));
          for (int i = 0; i < all.length; i++) {
            all[i] += counts[i];
          }
        });
    scores.add(0, new TaggingReport.Score(ALL, all[0], all[1], all[2]));
    return scores;
  }

  private List<TaggingReport.Mistake> mostFrequent() {
    return mistakes.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<Kind, Count>>comparingInt(each -> -each.getValue().count)
                .thenComparing(each -> each.getKey().word())
                .thenComparing(each -> each.getKey().expected())
                .thenComparing(each -> each.getKey().answered()))
        .limit(MISTAKES)
        .map(
            each ->
                new TaggingReport.Mistake(
                    each.getKey().word(),
                    each.getKey().expected(),
                    each.getKey().answered(),
                    each.getValue().count,
                    each.getValue().context))
        .toList();
  }
}
