package io.github.recurrentzoo.zoo.report;

import io.github.recurrentzoo.zoo.model.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines, bands and dots as SVG, with title, description and legend: inline on the page of a report,
 * or as a file of its own. The colours follow the light or dark setting of whoever looks at it;
 * lines differ in their dashes as well.
 *
 * <pre>{@code
 * new LineChart("Loss by epoch", "epoch", "loss")
 *     .wholeSteps()
 *     .line("training", 0, epochs, training)
 *     .line("validation", 1, epochs, validation)
 *     .save(Path.of("loss.svg"));
 * }</pre>
 */
public final class LineChart {
  /** The style of a line in the colour of text. */
  public static final int INK = -1;

  /** The number of styles; further ones repeat the colours with other dashes. */
  public static final int STYLES = 7;

  final String title;
  final String xLabel;
  final String yLabel;
  final List<Series> series = new ArrayList<>();
  String subtitle = "";
  String description = "";
  boolean logarithmic;
  boolean wholeSteps;
  boolean wide;
  boolean narrow;
  boolean categories;
  List<Axis.Tick> ticks = List.of();
  double mark = Double.NaN;
  String markLabel = "";

  /** What is drawn of a series. */
  enum Kind {
    LINE,
    DASHED,
    BAND,
    DOTS
  }

  /** One line, with a band where lower and upper are given, or dots. */
  static final class Series {
    final Kind kind;
    final String name;
    final int style;
    final double[] x;
    final double[] y;
    final double[] lower;
    final double[] upper;

    Series(
        Kind kind, String name, int style, double[] x, double[] y, double[] lower, double[] upper) {
      this.kind = kind;
      this.name = name;
      this.style = style;
      this.x = x;
      this.y = y;
      this.lower = lower;
      this.upper = upper;
    }
  }

  /**
   * A chart without lines.
   *
   * @param title above it
   * @param xLabel what the horizontal axis shows; may be empty
   * @param yLabel what the vertical axis shows, with its unit
   */
  public LineChart(String title, String xLabel, String yLabel) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
  }

  /** A line of text below the title of a file. Default: none. */
  public LineChart subtitle(String text) {
    subtitle = text;
    return this;
  }

  /** What there is to see, for those who cannot. Default: the title. */
  public LineChart description(String text) {
    description = text;
    return this;
  }

  /**
   * Adds a line; it is broken where a value is no finite number.
   *
   * @param name in the legend; series of the same name share an entry
   * @param style its colour and dashes, from 0, or {@link #INK}
   * @param x the horizontal places
   * @param y as many values
   */
  public LineChart line(String name, int style, double[] x, double[] y) {
    series.add(new Series(Kind.LINE, name, style, x, y, y, y));
    return this;
  }

  /** As {@link #line}, dashed whatever its style, to compare with. */
  public LineChart reference(String name, int style, double[] x, double[] y) {
    series.add(new Series(Kind.DASHED, name, style, x, y, y, y));
    return this;
  }

  /** As {@link #line}, with a band from the lower to the upper values, which are finite. */
  public LineChart band(
      String name, int style, double[] x, double[] y, double[] lower, double[] upper) {
    series.add(new Series(Kind.BAND, name, style, x, y, lower, upper));
    return this;
  }

  /** As {@link #line}, but pale dots, which the legend does not list. */
  public LineChart dots(String name, int style, double[] x, double[] y) {
    series.add(new Series(Kind.DOTS, name, style, x, y, y, y));
    return this;
  }

  /** The vertical axis is logarithmic; numbers that are not positive are left out. */
  public LineChart logarithmic() {
    logarithmic = true;
    return this;
  }

  /** The horizontal axis has whole numbers. */
  public LineChart wholeSteps() {
    wholeSteps = true;
    return this;
  }

  /** The horizontal axis has these labels at these places. */
  public LineChart ticks(double[] at, List<String> labels) {
    List<Axis.Tick> all = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      all.add(new Axis.Tick(at[i], labels.get(i)));
    }
    ticks = all;
    return this;
  }

  /** The horizontal axis has these names at 0, 1, 2 ... */
  public LineChart categories(List<String> names) {
    double[] at = new double[names.size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = i;
    }
    categories = true;
    return ticks(at, names);
  }

  /** Twice as wide; on a page, it is shown on wide screens only. */
  public LineChart wide() {
    wide = true;
    return this;
  }

  /** On a page, it is shown on narrow screens only, in place of a wide one. */
  public LineChart narrow() {
    narrow = true;
    return this;
  }

  /** A vertical line. */
  public LineChart mark(double x, String label) {
    mark = x;
    markLabel = label;
    return this;
  }

  /** The chart as a file of its own, with its style. */
  public String svg() {
    return new ChartDrawing(this).file();
  }

  /**
   * Writes {@link #svg()} as a whole or not at all; a file of that name is replaced.
   *
   * @param file its folder must be there
   * @throws io.github.recurrentzoo.zoo.model.ModelFileException if it cannot be written
   */
  public void save(Path file) {
    byte[] bytes = svg().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /** Writes the figure into a page. */
  void write(Html html) {
    new ChartDrawing(this).figure(html);
  }
}
