package io.github.recurrentzoo.zoo.classification;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a {@link StratifiedSplit} does with labels that have too few rows: three are needed to be
 * learned from, validated and tested.
 */
public enum RareLabels {

  /** Nothing by itself; a label of a single row, which cannot be in both parts, is refused. */
  REFUSE(0, "is refused"),

  /** Leaves labels of one or two rows out. */
  DROP(3, "left out"),

  /** Keeps a single row in the training part: its label is learned, but not tested. */
  KEEP(2, "learned, but not tested"),

  /** Makes one label of labels of one or two rows, {@value #OTHER_LABEL}. */
  OTHER(3, "taken as one label, \"other\"");

  /** The label that {@link #OTHER} gives. */
  public static final String OTHER_LABEL = "other";

  private static final int LABELS_TO_NAME = 50;

  private final int enough;
  private final String inWords;

  RareLabels(int enough, String inWords) {
    this.enough = enough;
    this.inWords = inWords;
  }

  /** The labels with too few rows, with their number of rows. */
  Map<String, Integer> among(List<LabeledText> rows) {
    Map<String, Integer> counts = new TreeMap<>();
    rows.forEach(row -> counts.merge(row.label(), 1, Integer::sum));
    counts.values().removeIf(count -> count >= enough);
    return counts;
  }

  /**
   * Rows without the rare labels, or with one label in their place, as this choice says: for rows
   * beside those that were split, such as validation rows of one's own.
   *
   * @param rare of the split with this choice
   */
  public List<LabeledText> applied(List<LabeledText> rows, Map<String, Integer> rare) {
    return switch (this) {
      case REFUSE, KEEP -> rows;
      case DROP -> rows.stream().filter(row -> !rare.containsKey(row.label())).toList();
      case OTHER ->
          rows.stream()
              .map(
                  row ->
                      rare.containsKey(row.label())
                          ? new LabeledText(row.text(), OTHER_LABEL)
                          : row)
              .toList();
    };
  }

  /**
   * What was done, ready to print.
   *
   * @param rare of a split with this choice, not empty
   */
  public String inWords(Map<String, Integer> rare) {
    return "%d %s fewer than %d rows and %s %s: %s%s."
        .formatted(
            rare.size(),
            rare.size() == 1 ? "label has" : "labels have",
            enough,
            rare.size() == 1 ? "is" : "are",
            inWords,
            rare.entrySet().stream()
                .limit(LABELS_TO_NAME)
                .map(entry -> "\"%s\" (%d)".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ")),
            rare.size() > LABELS_TO_NAME ? " and others" : "");
  }
}
