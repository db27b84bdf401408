package io.github.recurrentzoo.zoo.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/**
 * How pictures look: white, light horizontal lines, colours that people with any colour vision tell
 * apart (Okabe and Ito, 2008).
 */
final class ChartStyle {
  static final int WIDTH = 1200;
  static final int HEIGHT = 600;
  static final Color INK = new Color(0x333333);
  static final Color BLUE = new Color(0x0072B2);
  static final Color ORANGE = new Color(0xD55E00);

  private static final Color LINES = new Color(0xE3E3E3);
  private static final Color WEAK_INK = new Color(0x666666);
  private static final String FAMILY = Font.SANS_SERIF;
  private static final String HEADLESS = "java.awt.headless";
  // Twice the points for screens of high density: the text of a picture is to be read.
  private static final int TITLE_SIZE = 20;
  private static final int TEXT_SIZE = 14;

  private ChartStyle() {}

  /**
   * Finds out whether this machine can draw text.
   *
   * @throws ChartException if it has no fonts, or a Java without the libraries for them
   */
  static void checkFonts() {
    checkFonts(
        () ->
            new Font(FAMILY, Font.PLAIN, TEXT_SIZE)
                .getStringBounds("0", new FontRenderContext(null, true, true)));
  }

  /** What fails where there are no fonts depends on the version of Java. */
  static void checkFonts(Runnable measureText) {
    if (System.getProperty(HEADLESS) == null) {
      System.setProperty(HEADLESS, "true"); // has to come before AWT is asked for anything
    }
    try {
      measureText.run();
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new ChartException(
          "Pictures cannot be drawn, since this machine has no fonts, or its Java lacks the libraries for them (%s). Install fontconfig and some fonts (on Debian: apt-get install fontconfig fonts-dejavu-core), or do without the picture."
              .formatted(e),
          e);
    }
  }

  static Stroke line(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  static Stroke dashes(double width) {
    return new BasicStroke(
        (float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {6, 5}, 0);
  }

  /** A colour that lets what is below shine through. */
  static Color pale(Color color, double opacity) {
    return new Color(
        color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * opacity));
  }

  /** A chart with titles in this style. */
  static JFreeChart chart(String title, String subtitle, XYPlot plot) {
    JFreeChart chart = new JFreeChart(null, null, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(14, 16, 12, 24));
    chart.setTextAntiAlias(true);
    TextTitle head = text(title, Font.BOLD, TITLE_SIZE, INK);
    head.setPadding(0, 0, 4, 0);
    chart.setTitle(head);
    TextTitle below = text(subtitle, Font.PLAIN, TEXT_SIZE, WEAK_INK);
    below.setPadding(0, 0, 10, 0);
    chart.addSubtitle(below);
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setFrame(BlockBorder.NONE);
    legend.setItemFont(font(Font.PLAIN, TEXT_SIZE));
    legend.setItemPaint(INK);
    legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 18));
    legend.setPadding(8, 0, 0, 0);
    chart.addSubtitle(legend);
    style(plot);
    return chart;
  }

  private static TextTitle text(String text, int style, int size, Color color) {
    TextTitle title = new TextTitle(text, font(style, size));
    title.setPaint(color);
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    return title;
  }

  private static void style(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(LINES);
    plot.setRangeGridlineStroke(line(1));
    plot.setAxisOffset(new RectangleInsets(0, 0, 4, 0));
    style(plot.getDomainAxis());
    style(plot.getRangeAxis());
    plot.getRangeAxis().setAxisLineVisible(false);
    plot.getRangeAxis().setTickMarksVisible(false);
  }

  private static void style(ValueAxis axis) {
    axis.setLabelFont(font(Font.PLAIN, TEXT_SIZE));
    axis.setTickLabelFont(font(Font.PLAIN, TEXT_SIZE));
    axis.setLabelPaint(WEAK_INK);
    axis.setTickLabelPaint(WEAK_INK);
    axis.setAxisLinePaint(WEAK_INK);
    axis.setTickMarkPaint(WEAK_INK);
  }

  static Font font(int style, int size) {
    return new Font(FAMILY, style, size);
  }

  /**
   * Writes a chart as PNG of {@value #WIDTH} by {@value #HEIGHT} pixels; a file of that name is
   * replaced.
   *
   * @throws ChartException if it cannot be written
   */
  static void writePng(JFreeChart chart, Path file) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ChartUtils.writeChartAsPNG(png, chart, WIDTH, HEIGHT);
      Files.write(file, png.toByteArray());
    } catch (IOException e) {
      throw new ChartException(
          "The picture %s cannot be written: %s. Give another place for it."
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
