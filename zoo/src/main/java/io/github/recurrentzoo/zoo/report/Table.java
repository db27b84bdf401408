package io.github.recurrentzoo.zoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * A table for people: as plain text, in Markdown, and on the page of a report.
 *
 * <pre>{@code
 * Table table = new Table().head("method").right("MAE");
 * table.row("network", 2.883);
 * table.row("naive", 3.601);
 * System.out.print(table.text());
 * }</pre>
 *
 * <p>A cell that is a double is written by {@link #number}, null as nothing, anything else by its
 * {@code toString()}. Widths count code points.
 */
public final class Table {
  private static final String BETWEEN = "  ";

  private enum Kind {
    HEAD,
    LEFT,
    RIGHT
  }

  private record Column(String name, Kind kind) {}

  /**
   * A cell with a coloured ground on a page.
   *
   * @param text what it says
   * @param good whether what it counts is right or wrong
   * @param strength of the colour, from 0 to 1
   */
  public record Shaded(String text, boolean good, double strength) {
    @Override
    public String toString() {
      return text;
    }
  }

  private final List<Column> columns = new ArrayList<>();
  private final List<List<Object>> rows = new ArrayList<>();
  private String caption = "";
  private int longest = Integer.MAX_VALUE;
  private boolean matrix;

  /** A table without columns and rows. */
  public Table() {}

  /** Adds a column of texts that name the rows. */
  public Table head(String name) {
    return column(name, Kind.HEAD);
  }

  /** Adds a column of texts. */
  public Table left(String name) {
    return column(name, Kind.LEFT);
  }

  /** Adds a column of numbers. */
  public Table right(String... names) {
    for (String name : names) {
      column(name, Kind.RIGHT);
    }
    return this;
  }

  private Table column(String name, Kind kind) {
    columns.add(new Column(name, kind));
    return this;
  }

  /** What the table shows. Default: none; a table on a page needs one. */
  public Table caption(String text) {
    caption = text;
    return this;
  }

  /** Longer cells are cut in plain text. Default: no limit. */
  public Table longestCell(int codePoints) {
    longest = codePoints;
    return this;
  }

  /** On a page, its column names are turned, as many narrow columns need it. */
  public Table matrix() {
    matrix = true;
    return this;
  }

  /**
   * Adds a row.
   *
   * @param cells one for each column
   * @throws IllegalArgumentException if there are more or fewer
   */
  public Table row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "A row needs %d cells, one for each column, but has %d"
              .formatted(columns.size(), cells.length));
    }
    List<Object> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell == null ? "" : cell instanceof Double number ? number(number) : cell);
    }
    rows.add(row);
    return this;
  }

  /**
   * A number with four digits that count; "-" for one that is none or infinite. Numbers from 0.001
   * on have four decimals at most, smaller ones an exponent.
   */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    double size = Math.abs(value);
    String format =
        size < 1
            ? "%.4f"
            : size < 10 ? "%.3f" : size < 100 ? "%.2f" : size < 1000 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, size != 0 && size < 0.001 ? "%.2e" : format, value);
  }

  /** Plain text, each line with its end, without spaces at the end. */
  public String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(column -> cut(column.name())).toList());
    rows.forEach(row -> lines.add(row.stream().map(cell -> cut(cell.toString())).toList()));
    int[] widths = new int[columns.size()];
    for (List<String> line : lines) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], length(line.get(c)));
      }
    }
    StringBuilder text = new StringBuilder(caption.isEmpty() ? "" : caption + "\n");
    for (List<String> line : lines) {
      StringBuilder cells = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String padding = " ".repeat(widths[c] - length(line.get(c)));
        boolean right = columns.get(c).kind() == Kind.RIGHT;
        cells.append(c == 0 ? "" : BETWEEN);
        cells.append(right ? padding + line.get(c) : line.get(c) + padding);
      }
      text.append(cells.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** Markdown as GitHub reads it, each line with its end. */
  public String markdown() {
    StringBuilder text = new StringBuilder(caption.isEmpty() ? "" : caption + "\n\n");
    text.append(columns.stream().map(Column::name).collect(cells())).append('\n').append('|');
    columns.forEach(column -> text.append(column.kind() == Kind.RIGHT ? "---:|" : "---|"));
    text.append('\n');
    rows.forEach(row -> text.append(row.stream().collect(cells())).append('\n'));
    return text.toString();
  }

  private static Collector<Object, ?, String> cells() {
    return Collectors.mapping(
        cell -> cell.toString().replaceAll("\\s", " ").replace("|", "\\|"),
        Collectors.joining(" | ", "| ", " |"));
  }

  /** Writes it into a page. */
  void write(Html html) {
    html.scroll(caption).open("table", "class", matrix ? "matrix" : "plain").caption(caption);
    html.open("thead").open("tr");
    for (Column column : columns) {
      if (column.name().isEmpty()) {
        html.element("td", "");
      } else if (column.kind() == Kind.RIGHT && !matrix) {
        html.element("th", column.name(), "scope", "col", "class", "n");
      } else {
        html.element("th", column.name(), "scope", "col");
      }
    }
    html.close("tr").close("thead").open("tbody");
    for (List<Object> row : rows) {
      html.open("tr");
      for (int c = 0; c < row.size(); c++) {
        cell(html, columns.get(c).kind(), row.get(c));
      }
      html.close("tr");
    }
    html.close("tbody").close("table").close("div").line();
  }

  private static void cell(Html html, Kind kind, Object cell) {
    if (cell instanceof Shaded shaded) {
      html.element(
          "td",
          shaded.text(),
          "class",
          shaded.good() ? "n hit" : "n miss",
          "style",
          Html.share(shaded.strength()));
    } else if (kind == Kind.HEAD) {
      html.element("th", cell.toString(), "scope", "row");
    } else if (kind == Kind.RIGHT) {
      html.element("td", cell.toString(), "class", "n");
    } else {
      html.element("td", cell.toString());
    }
  }

  /** One line, its control characters replaced, cut to the longest cell. */
  private String cut(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return length(line) <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, longest - 3)) + "...";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public String toString() {
    return text();
  }
}
