package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.report.Interval;
import io.github.recurrentzoo.zoo.report.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How good labels of words are: those of a {@link SequenceTagger} or of a {@link WordBaseline}.
 *
 * @param labels in alphabetical order, also those of the rows that the model does not know
 * @param confusion the number of words by label (row) and by answer (column)
 * @param sentences the number of sentences
 * @param sentencesRight those of them without a wrong label
 * @param unseen words that training has not seen; capitals make no difference
 * @param unseenRight those of them that are answered rightly
 * @param spans the figures of spans, all types first; empty if the labels mark no spans
 * @param mistakes the most frequent ones, the most frequent one first
 * @param baseline the same of a baseline on the same rows; empty if there is none at hand
 */
public record TaggingReport(
    List<String> labels,
    List<List<Integer>> confusion,
    int sentences,
    int sentencesRight,
    long unseen,
    long unseenRight,
    List<Score> spans,
    List<Mistake> mistakes,
    Optional<TaggingReport> baseline) {

  /** Keeps copies. */
  public TaggingReport {
    labels = List.copyOf(labels);
    confusion = confusion.stream().map(List::copyOf).toList();
    spans = List.copyOf(spans);
    mistakes = List.copyOf(mistakes);
  }

  /**
   * Counts of a label, or of the spans of a type.
   *
   * @param name of the label or type
   * @param right what was found and expected
   * @param found what was answered
   * @param expected what is in the rows
   */
  public record Score(String name, long right, long found, long expected) {

    /** Of what was answered, the part that is right; 0 if nothing was. */
    public double precision() {
      return found == 0 ? 0 : (double) right / found;
    }

    /** Of what was expected, the part that was found; 0 if nothing was. */
    public double recall() {
      return expected == 0 ? 0 : (double) right / expected;
    }

    /** 2 P R / (P + R), the harmonic mean of both; 0 if nothing is right. */
    public double f1() {
      return right == 0 ? 0 : 2.0 * right / (found + expected);
    }

    Map<String, Object> toMap(String what) {
      return JsonTree.object(
          what,
          name,
          "precision",
          precision(),
          "recall",
          recall(),
          "f1",
          f1(),
          "expected",
          expected);
    }
  }

  /**
   * A word that gets a wrong label.
   *
   * @param word in lower case
   * @param expected its label
   * @param answered the label that it got
   * @param count how often
   * @param context where it is first so, with the word in square brackets
   */
  public record Mistake(String word, String expected, String answered, int count, String context) {}

  /** The number of words. */
  public long words() {
    return confusion.stream().flatMap(List::stream).mapToLong(Integer::longValue).sum();
  }

  /** The fraction of the words that are answered rightly. */
  public double accuracy() {
    long right = 0;
    for (int c = 0; c < labels.size(); c++) {
      right += confusion.get(c).get(c);
    }
    return (double) right / words();
  }

  /** The 95 % interval of the accuracy, as if words were drawn one by one. */
  public Interval accuracyInterval() {
    return Interval.wilson(accuracy(), Math.toIntExact(words()));
  }

  /** The fraction of the sentences without a wrong label. */
  public double sentenceAccuracy() {
    return (double) sentencesRight / sentences;
  }

  /** The accuracy on words that training has not seen; NaN if there are none. */
  public double unseenAccuracy() {
    return unseen == 0 ? Double.NaN : (double) unseenRight / unseen;
  }

  /** The figures of each label, in the order of {@link #labels}. */
  public List<Score> scores() {
    return IntStream.range(0, labels.size()).mapToObj(this::score).toList();
  }

  private Score score(int c) {
    return new Score(
        labels.get(c),
        confusion.get(c).get(c),
        confusion.stream().mapToLong(row -> row.get(c)).sum(),
        confusion.get(c).stream().mapToLong(Integer::longValue).sum());
  }

  /** The mean F1 of the labels that are in the rows. */
  public double macroF1() {
    return scores().stream()
        .filter(score -> score.expected() > 0)
        .mapToDouble(Score::f1)
        .average()
        .orElse(0);
  }

  /** F1 of all spans together, as conlleval counts; empty if the labels mark no spans. */
  public Optional<Double> spanF1() {
    return spans.isEmpty() ? Optional.empty() : Optional.of(spans.get(0).f1());
  }

  /** The same report beside that of a baseline. */
  TaggingReport beside(TaggingReport other) {
    return new TaggingReport(
        labels,
        confusion,
        sentences,
        sentencesRight,
        unseen,
        unseenRight,
        spans,
        mistakes,
        Optional.of(other));
  }

  /**
   * All of it as an object of JSON. {@code spans} is null if the labels mark none, {@code baseline}
   * if there is none; the rows of {@code confusion} are what was expected.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = figures();
    map.put("labels", scores().stream().map(score -> score.toMap("label")).toList());
    map.put(
        "spans",
        spans.isEmpty() ? null : spans.stream().map(score -> score.toMap("type")).toList());
    map.put("confusion", confusion);
    map.put(
        "mistakes",
        mistakes.stream()
            .map(
                each ->
                    JsonTree.object(
                        "word", each.word(),
                        "expected", each.expected(),
                        "answered", each.answered(),
                        "count", each.count(),
                        "context", each.context()))
            .toList());
    map.put("baseline", baseline.map(other -> other.namedFigures()).orElse(null));
    return map;
  }

  private Map<String, Object> namedFigures() {
    Map<String, Object> named = JsonTree.object("name", WordBaseline.NAME);
    named.putAll(figures());
    return named;
  }

  private Map<String, Object> figures() {
    return JsonTree.object(
        "words", words(),
        "accuracy", accuracy(),
        "accuracyInterval", List.of(accuracyInterval().lower(), accuracyInterval().upper()),
        "unseenWords", unseen,
        "unseenAccuracy", unseenAccuracy(),
        "sentences", sentences,
        "sentenceAccuracy", sentenceAccuracy(),
        "macroF1", macroF1(),
        "spanF1", spanF1().orElse(null));
  }

  /** Tables for people to read. */
  @Override
  public String toString() {
    return TaggingTables.print(this);
  }
}
