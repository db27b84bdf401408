package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.CsvTable;
import io.github.recurrentzoo.zoo.data.DataException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Sequences of a table with a header and a row per step. */
final class SequenceTable {
  private static final String ID = "id";
  private static final String TIME = "time";
  private static final String LABEL = "label";
  private static final double NANOS = 1e9;

  private final Path file;
  private final LabeledSequenceReader.Builder options;
  private final boolean labeled;
  private final List<String> given;
  private final SequenceRates.Steps rates;

  /**
   * A table to read.
   *
   * @param labeled whether each sequence needs a label
   * @param given the channels; empty for those of the options
   * @param rates compares the rates of the sequences with those of tables before
   */
  SequenceTable(
      Path file,
      LabeledSequenceReader.Builder options,
      boolean labeled,
      List<String> given,
      SequenceRates.Steps rates) {
    this.file = file;
    this.options = options;
    this.labeled = labeled;
    this.given = given.isEmpty() ? options.channels : given;
    this.rates = rates;
  }

  /** A step as it is read. */
  private static final class Step {
    final double time;
    final String timeText;
    final double[] values;
    final long line;

    Step(double time, String timeText, double[] values, long line) {
      this.time = time;
      this.timeText = timeText;
      this.values = values;
      this.line = line;
    }
  }

  /** A sequence as it is read. */
  private static final class Draft {
    final String id;
    final String label;
    final String group;
    final List<Step> steps = new ArrayList<>();

    Draft(String id, String label, String group) {
      this.id = id;
      this.label = label;
      this.group = group;
    }
  }

  /** Where the columns are; -1 for one that there is not. */
  private record Columns(int id, int time, int label, int group, List<Integer> channels) {}

  /**
   * Reads the table.
   *
   * @param name of the sequence where no column names it, and the beginning of the others; empty
   *     for a file that is alone
   * @param label of all sequences; null if the table says it
   */
  LabeledSequenceReader.Read read(String name, String label) {
    try (CsvTable table = CsvTable.open(file, options.format)) {
      List<String> header = table.header();
      Set<String> special =
          new HashSet<>(
              List.of(
                  options.id == null ? ID : options.id,
                  options.time == null ? TIME : options.time,
                  options.label == null ? LABEL : options.label,
                  options.group == null ? "" : options.group));
      List<String> channels =
          given.isEmpty()
              ? header.stream().filter(column -> !special.contains(column)).toList()
              : given;
      if (channels.isEmpty()) {
        throw new DataException(
            "%s, line 1: there is no column for a channel; the columns are %s. Add one with numbers."
                .formatted(file, header));
      }
      Columns columns =
          new Columns(
              idColumn(table, name),
              optional(table, options.time, TIME, "times", channels),
              label == null ? labelColumn(table) : -1,
              options.group == null ? -1 : table.column(options.group, "groups"),
              channels.stream().map(each -> table.column(each, "channels")).toList());
      List<LabeledSequence> rows =
          sequences(drafts(table, columns, channels, name), label, columns);
      return new LabeledSequenceReader.Read(rows, channels);
    }
  }

  private int idColumn(CsvTable table, String name) {
    if (options.id != null) {
      return table.column(options.id, "ids");
    }
    if (table.header().contains(ID)) {
      return table.column(ID, "ids");
    }
    if (name.isEmpty() && labeled) {
      throw new DataException(
          "%s, line 1: no column names the sequence that a row belongs to; the columns are %s. Name it (id column), or, if each file is a sequence, give the folder."
              .formatted(
                  file,
                  table.header().stream()
                      .map(column -> "\"" + column + "\"")
                      .collect(Collectors.joining(", "))));
    }
    return -1;
  }

  private int labelColumn(CsvTable table) {
    boolean there = table.header().contains(options.label == null ? LABEL : options.label);
    return !labeled && !there
        ? -1
        : table.column(options.label == null ? LABEL : options.label, "labels");
  }

  private static int optional(
      CsvTable table, String name, String usual, String use, List<String> channels) {
    if (name != null) {
      return table.column(name, use);
    }
    return table.header().contains(usual) && !channels.contains(usual)
        ? table.column(usual, use)
        : -1;
  }

  private List<Draft> drafts(CsvTable table, Columns columns, List<String> channels, String name) {
    NumberCells numbers = new NumberCells(file, table.delimiter() != ',');
    Map<String, Draft> drafts = new LinkedHashMap<>();
    String last = null;
    for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
      String own = columns.id < 0 ? "" : text(row, columns.id, "id");
      String id = name.isEmpty() || own.isEmpty() ? name + own : name + "/" + own;
      String label = columns.label < 0 ? "" : label(row, columns.label);
      String group = columns.group < 0 ? null : text(row, columns.group, "group");
      Draft draft = drafts.get(id);
      if (draft == null) {
        draft = new Draft(id, label, group);
        drafts.put(id, draft);
      } else if (columns.time < 0 && !id.equals(last)) {
        throw new DataException(
            "%s, line %d: the sequence \"%s\" begins again, after it ended in line %d. Put the rows of a sequence together, or name a time column, which orders them."
                .formatted(file, row.line(), id, draft.steps.get(draft.steps.size() - 1).line));
      }
      refuseChange(draft, draft.label, label, "label", row.line());
      refuseChange(draft, draft.group, group, "group", row.line());
      last = id;
      String time = columns.time < 0 ? "" : text(row, columns.time, "time");
      draft.steps.add(
          new Step(
              columns.time < 0 ? draft.steps.size() : time(time, row.line()),
              time,
              values(row, columns.channels, channels, numbers),
              row.line()));
    }
    return List.copyOf(drafts.values());
  }

  private void refuseChange(Draft draft, String first, String now, String what, long line) {
    if (first != null && !first.equals(now)) {
      throw new DataException(
          "%s, line %d: the sequence \"%s\" has the %s \"%s\", but \"%s\" in line %d; expected the same in all of its rows. Correct it, or cut the sequence into several with ids of their own."
              .formatted(file, line, draft.id, what, now, first, draft.steps.get(0).line));
    }
  }

  private double[] values(
      CsvTable.Row row, List<Integer> columns, List<String> channels, NumberCells numbers) {
    double[] values = new double[columns.size()];
    for (int c = 0; c < values.length; c++) {
      values[c] =
          numbers.read(
              row.fields().get(columns.get(c)),
              row.line(),
              "column \"%s\"".formatted(channels.get(c)),
              "Correct it, leave the cell empty if the value is missing, or name the columns that are channels.");
    }
    return values;
  }

  private String text(CsvTable.Row row, int column, String what) {
    String text = row.fields().get(column).strip();
    if (text.isEmpty()) {
      throw new DataException(
          "%s, line %d: the %s is empty. Write it there, or take the row out."
              .formatted(file, row.line(), what));
    }
    return text;
  }

  private String label(CsvTable.Row row, int column) {
    return labeled ? text(row, column, "label") : row.fields().get(column).strip();
  }

  /** Seconds, or whatever unit the numbers have. */
  private double time(String text, long line) {
    if (NumberCells.isNumber(text)) {
      return Double.parseDouble(text);
    }
    String iso = text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) (?=\\d)", "$1T");
    try {
      if (iso.indexOf('T') < 0) {
        return LocalDate.parse(iso).toEpochDay() * 86_400.0;
      }
      boolean zoned = iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$");
      Instant instant =
          zoned
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
      return instant.getEpochSecond() + instant.getNano() / NANOS;
    } catch (DateTimeException e) {
      throw new DataException(
          "%s, line %d: \"%s\" is no time; expected a number, or a date and time in ISO 8601 such as 2024-05-01T12:00:00.5. Correct it, or leave the time column out if the rows are in order."
              .formatted(file, line, text),
          e);
    }
  }

  private List<LabeledSequence> sequences(List<Draft> drafts, String label, Columns columns) {
    List<LabeledSequence> rows = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      draft.steps.sort(Comparator.comparingDouble(step -> step.time));
      for (int t = 1; t < draft.steps.size(); t++) {
        Step step = draft.steps.get(t);
        Step before = draft.steps.get(t - 1);
        if (step.time == before.time) {
          throw new DataException(
              "%s, line %d: the sequence \"%s\" has the time %s twice, first in line %d. Correct one of them, or name another id column if these are two sequences."
                  .formatted(file, step.line, draft.id, step.timeText, before.line));
        }
      }
      if (columns.time >= 0) {
        rates.add(file, draft.id, draft.steps.stream().mapToDouble(step -> step.time).toArray());
      }
      double[][] channels = new double[columns.channels.size()][draft.steps.size()];
      for (int t = 0; t < draft.steps.size(); t++) {
        for (int c = 0; c < channels.length; c++) {
          channels[c][t] = draft.steps.get(t).values[c];
        }
      }
      String own = label == null ? draft.label : label;
      rows.add(
          own.isEmpty()
              ? LabeledSequence.unlabeled(draft.id, channels)
              : new LabeledSequence(draft.id, channels, own, draft.group));
    }
    return rows;
  }
}
