package io.github.recurrentzoo.zoo.report;

import io.github.recurrentzoo.zoo.report.LineChart.Kind;
import io.github.recurrentzoo.zoo.report.LineChart.Series;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a {@link LineChart}. How wide text will be is not known here, for the fonts are those of
 * whoever looks at it: it is estimated from the number of characters.
 */
final class ChartDrawing {
  private static final int RIGHT = 14;
  private static final int TOP = 26;
  private static final int BOTTOM = 48;
  private static final int POINTS_WITH_DOTS = 40;
  private static final double SMALL = 8.2; // a wide character of 13 pixels
  private static final double LARGE = 10.2; // of 16 pixels, as on narrow screens
  private static final double HEADING = 12; // of a title
  private static final int MARGIN = 16;
  private static final int LINE_HEIGHT = 22;
  private static final int KEY = 41; // of the legend, with the space behind it

  private final LineChart chart;
  private final int width;
  private final int height;
  private final double character;
  private final Axis across;
  private final Axis up;
  private final int left;

  ChartDrawing(LineChart chart) {
    this.chart = chart;
    this.width = chart.wide ? 960 : 480;
    this.height = chart.wide ? 340 : 290;
    this.character = chart.wide ? SMALL : LARGE;
    double[] x = bounds(false);
    double[] y = bounds(true);
    if (x[0] > x[1] || y[0] > y[1]) {
      this.across = null;
      this.up = null;
      this.left = 0;
      return;
    }
    this.across = across(x[0], x[1]);
    this.up = chart.logarithmic ? Axis.logarithmic(y[0], y[1]) : Axis.linear(y[0], y[1], 5);
    int longest = up.ticks().stream().mapToInt(tick -> tick.label().length()).max().orElse(0);
    this.left = Math.max(56, (int) (14 + longest * character));
  }

  private Axis across(double low, double high) {
    if (chart.categories) {
      return new Axis(-0.4, chart.ticks.size() - 0.4, false, chart.ticks);
    }
    if (!chart.ticks.isEmpty()) {
      return new Axis(low, high > low ? high : low + 1, false, chart.ticks);
    }
    return chart.wholeSteps ? Axis.whole(low, high, 6) : Axis.linear(low, high, 6);
  }

  private boolean isEmpty() {
    return across == null;
  }

  /** For a page, whose style sheet it needs; the legend is text of the page. */
  void figure(Html html) {
    html.open(
        "figure", "class", "chart" + (chart.wide ? " wide" : "") + (chart.narrow ? " narrow" : ""));
    html.element("figcaption", chart.title);
    if (isEmpty()) {
      html.element("p", "There is nothing to draw.").close("figure");
      return;
    }
    html.open(
        "svg",
        "viewBox",
        "0 0 " + width + " " + height,
        "role",
        "img",
        "xmlns",
        "http://www.w3.org/2000/svg");
    describe(html);
    plot(html);
    html.close("svg").open("ul", "class", "legend");
    for (Series entry : legend()) {
      html.open("li").open("svg", "class", "key", "viewBox", "0 0 34 12", "aria-hidden", "true");
      key(html, entry);
      html.close("svg").text(entry.name).close("li");
    }
    html.close("ul").close("figure").line();
  }

  /** A file of its own, with title, style and legend. */
  String file() {
    List<String> title = wrapped(chart.title, HEADING);
    List<String> subtitle = wrapped(chart.subtitle, SMALL);
    int head = MARGIN + title.size() * 26 + subtitle.size() * LINE_HEIGHT + 6;
    Html legend = new Html();
    int legendHeight = isEmpty() ? 0 : legend(legend);
    int total = head + height + legendHeight + MARGIN;
    Html html = new Html();
    html.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + (width + 2 * MARGIN) + " " + total,
        "width",
        width + 2 * MARGIN,
        "height",
        total,
        "role",
        "img",
        "class",
        chart.wide ? "wide" : "plain");
    describe(html);
    html.style(Html.resource("chart.css"));
    html.open("rect", "class", "paper", "width", "100%", "height", "100%").close("rect").line();
    int y = MARGIN + 18;
    for (String line : title) {
      html.element("text", line, "class", "title", "x", MARGIN, "y", y);
      y += 26;
    }
    for (String line : subtitle) {
      html.element("text", line, "class", "label", "x", MARGIN, "y", y);
      y += LINE_HEIGHT;
    }
    html.open("g", "transform", "translate(" + MARGIN + " " + head + ")").line();
    if (isEmpty()) {
      html.element("text", "There is nothing to draw.", "y", height / 2);
    } else {
      plot(html);
      html.open("g", "transform", "translate(0 " + height + ")");
      html.append(legend).close("g");
    }
    return html.close("g").close("svg").line().toString();
  }

  private void describe(Html html) {
    html.element("title", chart.title);
    html.element("desc", chart.description.isEmpty() ? chart.title : chart.description).line();
  }

  private Collection<Series> legend() {
    Map<String, Series> names = new LinkedHashMap<>();
    chart.series.stream()
        .filter(each -> each.kind != Kind.DOTS)
        .forEach(each -> names.putIfAbsent(each.name, each));
    return names.size() == 1 && names.values().iterator().next().kind == Kind.LINE
        ? List.of() // the title says it
        : names.values();
  }

  /** Writes the legend in as many lines as it needs, and gives their height. */
  private int legend(Html html) {
    double x = left;
    int y = LINE_HEIGHT / 2;
    for (Series entry : legend()) {
      double needed = KEY + entry.name.length() * SMALL + 20;
      if (x > left && x + needed > width) {
        x = left;
        y += LINE_HEIGHT;
      }
      html.open("g", "transform", "translate(" + coordinate(x) + " " + (y - 6) + ")");
      key(html, entry);
      html.element("text", entry.name, "x", KEY, "y", 6, "dy", "0.35em").close("g").line();
      x += needed;
    }
    return y + LINE_HEIGHT / 2;
  }

  private static void key(Html html, Series entry) {
    if (entry.kind == Kind.BAND) {
      html.open("path", "class", "band " + style(entry), "d", "M0 0H34V12H0Z").close("path");
    }
    html.open("path", "class", lineStyle(entry), "d", "M0 6H34").close("path");
  }

  private double[] bounds(boolean vertical) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Series each : chart.series) {
      for (double[] values :
          vertical ? new double[][] {each.y, each.lower, each.upper} : new double[][] {each.x}) {
        for (double value : values) {
          if (vertical ? isDrawn(value) : Double.isFinite(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
          }
        }
      }
    }
    return new double[] {low, high};
  }

  private boolean isDrawn(double value) {
    return Double.isFinite(value) && (!chart.logarithmic || value > 0);
  }

  private void plot(Html html) {
    vertical(html);
    horizontal(html);
    mark(html);
    for (Series each : chart.series) {
      if (each.kind == Kind.BAND) {
        html.open("path", "class", "band " + style(each), "d", band(each)).close("path").line();
      }
    }
    for (Series each : chart.series) {
      if (each.kind != Kind.DOTS) {
        html.open("path", "class", lineStyle(each), "d", path(each)).close("path").line();
      }
      dots(html, each);
    }
  }

  private void vertical(Html html) {
    for (Axis.Tick tick : up.ticks()) {
      String y = coordinate(y(tick.value()));
      rule(html, "grid", left, y, width - RIGHT, y);
      html.element(
          "text", tick.label(), "x", left - 8, "y", y, "dy", "0.35em", "text-anchor", "end");
    }
    int longest = (int) ((width - 4) / character);
    String label =
        chart.yLabel.length() <= longest
            ? chart.yLabel
            : chart.yLabel.substring(0, chart.yLabel.offsetByCodePoints(0, longest / 2)) + "...";
    html.element("text", label, "class", "label", "x", 2, "y", 14).line();
  }

  private void horizontal(Html html) {
    int right = width - RIGHT;
    int bottom = height - BOTTOM;
    for (Axis.Tick tick : across.ticks()) {
      double x = x(tick.value());
      double half = tick.label().length() * character / 2;
      double middle = Math.max(half, Math.min(x, width - half)); // nothing is cut at the sides
      rule(html, "axis", coordinate(x), bottom, coordinate(x), bottom + 4);
      html.element(
          "text", tick.label(), "x", coordinate(middle), "y", bottom + 22, "text-anchor", "middle");
    }
    rule(html, "axis", left, bottom, right, bottom);
    html.element(
            "text",
            chart.xLabel,
            "class",
            "label",
            "x",
            (left + right) / 2,
            "y",
            height - 6,
            "text-anchor",
            "middle")
        .line();
  }

  private void mark(Html html) {
    if (Double.isNaN(chart.mark)) {
      return;
    }
    double x = x(chart.mark);
    boolean turned = x + chart.markLabel.length() * character + 5 > width;
    rule(html, "mark", coordinate(x), TOP, coordinate(x), height - BOTTOM);
    html.element(
            "text",
            chart.markLabel,
            "class",
            "label",
            "x",
            coordinate(x),
            "dx",
            turned ? -5 : 5,
            "y",
            TOP + 2,
            "text-anchor",
            turned ? "end" : "start")
        .line();
  }

  private static void rule(Html html, String style, Object x1, Object y1, Object x2, Object y2) {
    html.open("line", "class", style, "x1", x1, "x2", x2, "y1", y1, "y2", y2).close("line");
  }

  private String path(Series line) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < line.x.length; i++) {
      boolean drawn = isDrawn(line.y[i]);
      if (drawn) {
        path.append(pen ? 'L' : 'M').append(point(line.x[i], line.y[i]));
      }
      pen = drawn;
    }
    return path.toString();
  }

  private String band(Series band) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < band.x.length; i++) {
      path.append(i == 0 ? 'M' : 'L').append(point(band.x[i], band.upper[i]));
    }
    for (int i = band.x.length - 1; i >= 0; i--) {
      path.append('L').append(point(band.x[i], band.lower[i]));
    }
    return path.append('Z').toString();
  }

  /** Dots of their own, and those of lines that have few points; with categories, short bars. */
  private void dots(Html html, Series each) {
    boolean own = each.kind == Kind.DOTS;
    boolean few = chart.categories || (chart.ticks.isEmpty() && each.x.length <= POINTS_WITH_DOTS);
    if (!own && (!few || each.kind == Kind.DASHED)) {
      return;
    }
    String style = (own ? "pale dot " : "dot ") + style(each);
    for (int i = 0; i < each.x.length; i++) {
      if (isDrawn(each.y[i])) {
        double x = x(each.x[i]);
        String y = coordinate(y(each.y[i]));
        if (chart.categories && !own) {
          rule(html, "bar " + style(each), coordinate(x - 9), y, coordinate(x + 9), y);
        } else {
          html.open("circle", "class", style, "cx", coordinate(x), "cy", y, "r", own ? 4 : 3)
              .close("circle");
        }
      }
    }
    html.line();
  }

  private static String lineStyle(Series each) {
    return (each.kind == Kind.DASHED ? "dashed line " : "line ") + style(each);
  }

  private static String style(Series each) {
    if (each.style < 0) {
      return "ink";
    }
    return "s" + each.style % LineChart.STYLES + (each.style < LineChart.STYLES ? "" : " again");
  }

  private String point(double x, double y) {
    return coordinate(x(x)) + " " + coordinate(y(y));
  }

  private double x(double value) {
    return left + across.place(value) * (width - left - RIGHT);
  }

  private double y(double value) {
    return height - BOTTOM - up.place(value) * (height - TOP - BOTTOM - 8);
  }

  private static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Cut between words into lines that fit. */
  private List<String> wrapped(String text, double character) {
    if (text.isEmpty()) {
      return List.of();
    }
    int longest = (int) (width / character);
    String lines = text.replaceAll("\\s+", " ").replaceAll("(.{1," + longest + "})(?: |$)", "$1\n");
    return lines.lines().toList();
  }
}
