package io.github.recurrentzoo.zoo.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lines and bands as inline SVG, with title, description and legend. Its colours are those of the
 * page's style sheet, so that it is right on a light and on a dark screen; lines differ in their
 * dashes as well.
 */
public final class LineChart {
  private static final int LEFT = 56;
  private static final int RIGHT = 14;
  private static final int TOP = 26;
  private static final int BOTTOM = 44;
  private static final int POINTS_WITH_DOTS = 40;
  static final int STYLES = 7;

  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final List<Line> lines = new ArrayList<>();
  private int width = 480;
  private int height = 290;
  private boolean logarithmic;
  private boolean wholeSteps;
  private List<Axis.Tick> times = List.of();
  private double mark = Double.NaN;
  private String markLabel = "";

  /** One line; where lower and upper are given, with a band. */
  private static final class Line {
    private final String name;
    private final int style;
    private final double[] x;
    private final double[] y;
    private final double[] lower;
    private final double[] upper;

    /**
     * Keeps the arrays.
     *
     * @param style number of its colour, -1 for ink
     */
    Line(String name, int style, double[] x, double[] y, double[] lower, double[] upper) {
      this.name = name;
      this.style = style;
      this.x = x;
      this.y = y;
      this.lower = lower;
      this.upper = upper;
    }
  }

  public LineChart(String title, String xLabel, String yLabel) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
  }

  public LineChart line(String name, int style, double[] x, double[] y) {
    lines.add(new Line(name, style, x, y, null, null));
    return this;
  }

  public LineChart band(
      String name, int style, double[] x, double[] y, double[] lower, double[] upper) {
    lines.add(new Line(name, style, x, y, lower, upper));
    return this;
  }

  /** The vertical axis is logarithmic; numbers that are not positive are left out. */
  LineChart logarithmic() {
    logarithmic = true;
    return this;
  }

  /** The horizontal axis has whole numbers. */
  public LineChart wholeSteps() {
    wholeSteps = true;
    return this;
  }

  /** Twice as wide, with these ticks. */
  public LineChart times(List<Axis.Tick> ticks) {
    times = ticks;
    width = 960;
    height = 340;
    return this;
  }

  /** A vertical line. */
  public LineChart mark(double x, String label) {
    mark = x;
    markLabel = label;
    return this;
  }

  /** Writes the figure. */
  public void write(Html html, String description) {
    double[] x = bounds(false);
    double[] y = bounds(true);
    html.open("figure", "class", times.isEmpty() ? "chart" : "chart wide");
    html.element("figcaption", title);
    if (x[0] > x[1] || y[0] > y[1]) {
      html.element("p", "There is nothing to draw.").close("figure");
      return;
    }
    Axis across =
        !times.isEmpty()
            ? new Axis(x[0], x[1], false, times)
            : wholeSteps ? Axis.whole(x[0], x[1], 6) : Axis.linear(x[0], x[1], 6);
    Axis up = logarithmic ? Axis.logarithmic(y[0], y[1]) : Axis.linear(y[0], y[1], 5);
    html.scroll(title)
        .open(
            "svg",
            "viewBox",
            "0 0 " + width + " " + height,
            "role",
            "img",
            "xmlns",
            "http://www.w3.org/2000/svg")
        .element("title", title)
        .element("desc", description);
    axes(html, across, up);
    for (Line line : lines) {
      if (line.lower != null) {
        html.open("path", "class", "band " + style(line), "d", band(line, across, up))
            .close("path");
      }
    }
    for (Line line : lines) {
      draw(html, line, across, up);
    }
    html.close("svg").close("div");
    legend(html);
    html.close("figure").line();
  }

  private double[] bounds(boolean vertical) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      for (double[] values :
          vertical
              ? line.lower == null
                  ? new double[][] {line.y}
                  : new double[][] {line.y, line.lower, line.upper}
              : new double[][] {line.x}) {
        for (double value : values) {
          if (Double.isFinite(value) && (!(vertical && logarithmic) || value > 0)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
          }
        }
      }
    }
    return new double[] {low, high};
  }

  private void axes(Html html, Axis across, Axis up) {
    int right = width - RIGHT;
    int bottom = height - BOTTOM;
    for (Axis.Tick tick : up.ticks()) {
      String y = coordinate(y(up, tick.value()));
      html.open("line", "class", "grid", "x1", LEFT, "x2", right, "y1", y, "y2", y).close("line");
      html.element(
          "text", tick.label(), "x", LEFT - 8, "y", y, "dy", "0.35em", "text-anchor", "end");
    }
    for (Axis.Tick tick : across.ticks()) {
      String x = coordinate(x(across, tick.value()));
      html.open("line", "class", "axis", "x1", x, "x2", x, "y1", bottom, "y2", bottom + 4)
          .close("line");
      html.element("text", tick.label(), "x", x, "y", bottom + 19, "text-anchor", "middle");
    }
    html.open("line", "class", "axis", "x1", LEFT, "x2", right, "y1", bottom, "y2", bottom)
        .close("line");
    html.element("text", yLabel, "class", "label", "x", 2, "y", 14);
    html.element(
        "text",
        xLabel,
        "class",
        "label",
        "x",
        (LEFT + right) / 2,
        "y",
        height - 6,
        "text-anchor",
        "middle");
    if (!Double.isNaN(mark)) {
      String x = coordinate(x(across, mark));
      boolean turned = x(across, mark) > width * 0.7;
      html.open("line", "class", "mark", "x1", x, "x2", x, "y1", TOP, "y2", bottom).close("line");
      html.element(
          "text",
          markLabel,
          "class",
          "label",
          "x",
          x,
          "dx",
          turned ? -5 : 5,
          "y",
          TOP + 2,
          "text-anchor",
          turned ? "end" : "start");
    }
  }

  private void draw(Html html, Line line, Axis across, Axis up) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    int points = 0;
    for (int i = 0; i < line.x.length; i++) {
      double value = line.y[i];
      if (!Double.isFinite(value) || (logarithmic && value <= 0)) {
        pen = false;
        continue;
      }
      points++;
      path.append(pen ? 'L' : 'M').append(point(across, up, line.x[i], value));
      pen = true;
    }
    html.open("path", "class", "line " + style(line), "d", path).close("path");
    if (times.isEmpty() && points <= POINTS_WITH_DOTS) {
      for (int i = 0; i < line.x.length; i++) {
        double value = line.y[i];
        if (Double.isFinite(value) && !(logarithmic && value <= 0)) {
          html.open(
                  "circle",
                  "class",
                  "dot " + style(line),
                  "cx",
                  coordinate(x(across, line.x[i])),
                  "cy",
                  coordinate(y(up, value)),
                  "r",
                  3)
              .close("circle");
        }
      }
    }
  }

  private String band(Line line, Axis across, Axis up) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < line.x.length; i++) {
      path.append(i == 0 ? 'M' : 'L').append(point(across, up, line.x[i], line.upper[i]));
    }
    for (int i = line.x.length - 1; i >= 0; i--) {
      path.append('L').append(point(across, up, line.x[i], line.lower[i]));
    }
    return path.append('Z').toString();
  }

  private void legend(Html html) {
    Map<String, Line> names = new LinkedHashMap<>();
    lines.forEach(line -> names.putIfAbsent(line.name, line));
    html.open("ul", "class", "legend");
    names.forEach(
        (name, line) -> {
          html.open("li");
          html.open("svg", "class", "key", "viewBox", "0 0 34 12", "aria-hidden", "true");
          if (line.lower != null) {
            html.open("path", "class", "band " + style(line), "d", "M0 0H34V12H0Z").close("path");
          }
          html.open("path", "class", "line " + style(line), "d", "M0 6H34").close("path");
          html.close("svg").text(name).close("li");
        });
    html.close("ul");
  }

  private static String style(Line line) {
    if (line.style < 0) {
      return "ink";
    }
    return "s" + line.style % STYLES + (line.style < STYLES ? "" : " again");
  }

  private String point(Axis across, Axis up, double x, double y) {
    return coordinate(x(across, x)) + " " + coordinate(y(up, y));
  }

  private double x(Axis axis, double value) {
    return LEFT + axis.place(value) * (width - LEFT - RIGHT);
  }

  private double y(Axis axis, double value) {
    return height - BOTTOM - axis.place(value) * (height - TOP - BOTTOM - 8);
  }

  private static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
