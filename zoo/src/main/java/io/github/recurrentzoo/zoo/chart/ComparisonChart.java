package io.github.recurrentzoo.zoo.chart;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * A picture of how several networks do on one task or on several: a dot for each training, so that
 * the spread is seen, and a line through the means of each network.
 */
public final class ComparisonChart {
  private static final List<Color> COLORS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00));
  private static final double DOT = 9;
  private static final double SIDE_STEP = 0.06;

  private final String title;
  private final String subtitle;
  private final String measure;
  private final List<String> tasks;
  private final boolean logarithmic;
  private final XYSeriesCollection dots = new XYSeriesCollection();
  private final XYSeriesCollection means = new XYSeriesCollection();
  private XYSeries reference;

  /**
   * Begins a picture without networks.
   *
   * @param title of the picture
   * @param subtitle a line below the title
   * @param measure what is measured, for the vertical axis
   * @param tasks the tasks' names, from left to right
   * @param logarithmic whether the vertical axis is, as suits errors of several orders of magnitude
   */
  public ComparisonChart(
      String title, String subtitle, String measure, List<String> tasks, boolean logarithmic) {
    this.title = title;
    this.subtitle = subtitle;
    this.measure = measure;
    this.tasks = List.copyOf(tasks);
    this.logarithmic = logarithmic;
  }

  /**
   * Adds a network.
   *
   * @param label its name
   * @param scores for each task, a score for each training; those that are no numbers are left out
   */
  public void add(String label, List<List<Double>> scores) {
    XYSeries each = new XYSeries(label);
    XYSeries mean = new XYSeries(label);
    double aside = SIDE_STEP * means.getSeriesCount();
    for (int task = 0; task < scores.size(); task++) {
      List<Double> numbers = scores.get(task).stream().filter(Double::isFinite).toList();
      for (double score : numbers) {
        each.add(task + aside, score);
      }
      if (!numbers.isEmpty()) {
        mean.add(
            task + aside,
            numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
      }
    }
    dots.addSeries(each);
    means.addSeries(mean);
  }

  /**
   * Adds a dashed line to compare with.
   *
   * @param label what it is
   * @param levels one for each task
   */
  public void reference(String label, List<Double> levels) {
    reference = new XYSeries(label);
    for (int task = 0; task < levels.size(); task++) {
      if (levels.size() == 1) {
        reference.add(-0.3, levels.get(0));
      }
      reference.add(task + (levels.size() == 1 ? 0.6 : SIDE_STEP), levels.get(task));
    }
  }

  /**
   * Writes the picture, 1200 by 600 pixels; a file of that name is replaced.
   *
   * @param file where to; its folder must be there
   * @throws ChartException if the machine has no fonts, or the file cannot be written
   */
  public void writePng(Path file) {
    ChartStyle.checkFonts();
    ChartStyle.writePng(chart(), file);
  }

  private JFreeChart chart() {
    XYPlot plot = new XYPlot();
    SymbolAxis names = new SymbolAxis(null, tasks.toArray(String[]::new));
    names.setGridBandsVisible(false);
    names.setRange(-0.4, tasks.size() - 0.4);
    plot.setDomainAxis(names);
    plot.setRangeAxis(values());
    XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
    XYLineAndShapeRenderer points = new XYLineAndShapeRenderer(false, true);
    Shape dot = new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT);
    Shape bar = new Rectangle2D.Double(-DOT, -1.5, 2 * DOT, 3);
    for (int i = 0; i < means.getSeriesCount(); i++) {
      Color color = COLORS.get(i % COLORS.size());
      lines.setSeriesPaint(i, color);
      lines.setSeriesStroke(i, ChartStyle.line(2.5));
      lines.setSeriesShape(i, bar);
      lines.setSeriesShapesVisible(i, true);
      points.setSeriesPaint(i, ChartStyle.pale(color, 0.45));
      points.setSeriesShape(i, dot);
      points.setSeriesVisibleInLegend(i, false);
    }
    plot.setDataset(0, dots);
    plot.setRenderer(0, points);
    plot.setDataset(1, means);
    plot.setRenderer(1, lines);
    if (reference != null) {
      XYLineAndShapeRenderer dashed = new XYLineAndShapeRenderer(true, false);
      dashed.setSeriesPaint(0, ChartStyle.INK);
      dashed.setSeriesStroke(0, ChartStyle.dashes(1.5));
      plot.setDataset(2, new XYSeriesCollection(reference));
      plot.setRenderer(2, dashed);
    }
    return ChartStyle.chart(title, subtitle, plot);
  }

  private ValueAxis values() {
    if (!logarithmic) {
      NumberAxis axis = new NumberAxis(measure);
      axis.setAutoRangeIncludesZero(false);
      return axis;
    }
    LogAxis axis = new LogAxis(measure);
    axis.setBase(10);
    axis.setTickUnit(new NumberTickUnit(0.5)); // two lines for each power of ten
    axis.setNumberFormatOverride(new TwoDigits());
    axis.setSmallestValue(1e-9);
    return axis;
  }

  /** Numbers with two digits that count: 0.0032, 0.01, 0.032. */
  private static final class TwoDigits extends NumberFormat {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
      return to.append(
          BigDecimal.valueOf(number)
              .round(new MathContext(2))
              .stripTrailingZeros()
              .toPlainString());
    }

    @Override
    public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
      return format((double) number, to, position);
    }

    @Override
    public Number parse(String text, ParsePosition position) {
      throw new UnsupportedOperationException("Labels of an axis are not read");
    }
  }

  /** The dots of a network, from left to right. */
  List<Double> drawn(String label) {
    return numbers(dots.getSeries(label));
  }

  /** The points that a network's line goes through. */
  List<Double> means(String label) {
    return numbers(means.getSeries(label));
  }

  private static List<Double> numbers(XYSeries series) {
    return IntStream.range(0, series.getItemCount())
        .mapToObj(i -> series.getY(i).doubleValue())
        .toList();
  }
}
