package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.data.DataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  void add(long number, String text, String label, String labelColumn) {
    if (label.isBlank()) {
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
    labels.values().stream()
        .collect(
            Collectors.groupingBy(
                label -> label.name.strip().toLowerCase(Locale.ROOT),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .filter(alike -> alike.size() > 1)
        .map(this::alike)
        .forEach(warnings::add);
    return List.copyOf(warnings);
  }

  private String alike(List<Label> alike) {
    return "%s: the labels %s differ in case or surrounding blanks only, but count as different classes. If they mean the same, write them alike."
        .formatted(
            source,
            alike.stream()
                .map(
                    label ->
                        "\"%s\" (%d %s)"
                            .formatted(label.name, label.rows, label.rows == 1 ? "row" : "rows"))
                .collect(Collectors.joining(", ")));
  }
}
