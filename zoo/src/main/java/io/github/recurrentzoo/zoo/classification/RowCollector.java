package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.text.LabelText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Collects the rows of one source, keeps one copy of each label, and notes what is odd. */
final class RowCollector {

  private static final int LINES_TO_NAME = 5;

  private static final class Label {
    final String name;
    int rows;

    Label(String name) {
      this.name = name;
    }
  }

  private final String source;
  private final String unit;
  private final List<LabeledText> rows = new ArrayList<>();
  private final Map<String, Label> labels = new LinkedHashMap<>();
  private final List<Long> firstEmpty = new ArrayList<>();
  private long empty;
  private final Map<String, String> cleaned = new HashMap<>();
  private long cleanedRows;
  private String firstCleaned;

  /**
   * Starts with no rows.
   *
   * @param source the file or reader, for messages
   * @param unit what the numbers of {@link #add} count, for messages
   */
  RowCollector(String source, String unit) {
    this.source = source;
    this.unit = unit;
  }

  void add(long number, String text, String written, String labelColumn) {
    String label = cleaned.computeIfAbsent(written, LabelText::clean);
    if (label.isEmpty()) {
      throw new DataException(
          "%s, %s %d, column \"%s\": the label is empty. Write the name of a class there, or take the row out."
              .formatted(source, unit, number, labelColumn));
    }
    if (text.isBlank()) {
      if (empty++ < LINES_TO_NAME) {
        firstEmpty.add(number);
      }
      return;
    }
    if (!label.equals(written)) {
      if (cleanedRows++ == 0) {
        firstCleaned = "\"%s\" (%s %d)".formatted(LabelText.visible(written), unit, number);
      }
    }
    Label known = labels.computeIfAbsent(label, Label::new);
    known.rows++;
    rows.add(new LabeledText(text, known.name));
  }

  List<LabeledText> rows() {
    if (rows.isEmpty()) {
      throw new DataException(
          empty == 0
              ? "%s: there are no rows%s. Add rows with a text and a label."
                  .formatted(source, unit.equals("line") ? " below the header" : "")
              : "%s: the text of each of the %d rows is empty. Choose another text column or write texts there."
                  .formatted(source, empty));
    }
    return rows;
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (empty > 0) {
      warnings.add(
          "%s: %d %s skipped, as the text is empty (%s %s%s)."
              .formatted(
                  source,
                  empty,
                  empty == 1 ? "row was" : "rows were",
                  empty == 1 ? unit : unit + "s",
                  firstEmpty.stream().map("%d"::formatted).collect(Collectors.joining(", ")),
                  empty > firstEmpty.size() ? " and others" : ""));
    }
    if (cleanedRows > 0) {
      warnings.add(
          "%s: %d %s cleaned of what cannot be seen, such as %s: control and format characters, blanks around or repeated, letters and accents apart."
              .formatted(
                  source,
                  cleanedRows,
                  cleanedRows == 1 ? "label was" : "labels were",
                  firstCleaned));
    }
    List<String> sets = LabelSets.among(labels.keySet());
    if (!sets.isEmpty()) {
      warnings.add(severalLabels(sets));
    }
    labels.values().stream()
        .collect(
            Collectors.groupingBy(
                label -> LabelText.form(label.name), LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .filter(alike -> alike.size() > 1)
        .map(this::alike)
        .forEach(warnings::add);
    return List.copyOf(warnings);
  }

  private String severalLabels(List<String> sets) {
    return "%s: %d %s several labels in one cell: %s%s. Each text has one label here, so that each combination counts as a class of its own. Write one label per row, or train one classifier for each label."
        .formatted(
            source,
            sets.size(),
            sets.size() == 1 ? "label looks like" : "labels look like",
            names(sets.stream().limit(LINES_TO_NAME).map(labels::get).toList()),
            sets.size() > LINES_TO_NAME ? " and others" : "");
  }

  private String alike(List<Label> alike) {
    return "%s: the labels %s differ in case or form only, but count as different classes. If they mean the same, write them alike."
        .formatted(source, names(alike));
  }

  private static String names(List<Label> labels) {
    return labels.stream()
        .map(
            label ->
                "\"%s\" (%d %s)"
                    .formatted(label.name, label.rows, label.rows == 1 ? "row" : "rows"))
        .collect(Collectors.joining(", "));
  }

  /** Finds labels that are several labels in one cell. */
  private static final class LabelSets {
    private static final Pattern SEPARATORS = Pattern.compile("[,;|]");

    private LabelSets() {}

    /**
     * The labels that a comma, a semicolon or a bar cuts into parts of which one is a label by
     * itself, or all are parts of other labels, too.
     */
    static List<String> among(Collection<String> labels) {
      Map<String, List<String>> parts = new HashMap<>();
      Map<String, Integer> labelsWith = new HashMap<>();
      for (String label : labels) {
        List<String> of = parts(label);
        parts.put(label, of);
        Set<String> different = new HashSet<>(of);
        different.forEach(part -> labelsWith.merge(part, 1, Integer::sum));
      }
      List<String> sets = new ArrayList<>();
      for (String label : labels) {
        List<String> of = parts.get(label);
        boolean hasLabel = of.stream().anyMatch(labels::contains);
        boolean shared = of.stream().allMatch(part -> labelsWith.get(part) > 1);
        if (of.size() > 1 && (hasLabel || shared)) {
          sets.add(label);
        }
      }
      return sets;
    }

    private static List<String> parts(String label) {
      return Arrays.stream(SEPARATORS.split(label))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .toList();
    }
  }
}
