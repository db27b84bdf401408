package io.github.recurrentzoo.zoo.chart;

import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import java.awt.Color;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * A picture of forecasts: the series as it was measured, forecasts of rows that are known by now,
 * each with its interval, and the forecast of what follows.
 *
 * <pre>{@code
 * ForecastChart.builder()
 *     .title("Highest temperature at Seattle").unit("°C")
 *     .measured(series, "temp_max", 120)
 *     .past(forecasts).next(forecaster.forecast(series))
 *     .build().writePng(Path.of("forecast.png"));
 * }</pre>
 */
public final class ForecastChart {
  private final Builder options;

  private ForecastChart(Builder options) {
    this.options = options;
  }

  /** Says what is drawn. */
  public static final class Builder {
    private String title = "";
    private String subtitle = "";
    private String unit = "";
    private TimeSeries series;
    private String target;
    private int rows;
    private List<Forecast> past = List.of();
    private Forecast next;

    private Builder() {}

    /** The title. Default: the target. */
    public Builder title(String title) {
      this.title = title;
      return this;
    }

    /** A line below the title. Default: none. */
    public Builder subtitle(String subtitle) {
      this.subtitle = subtitle;
      return this;
    }

    /** The unit of the target. Default: none. */
    public Builder unit(String unit) {
      this.unit = unit;
      return this;
    }

    /**
     * The series as it was measured.
     *
     * @param series all of it
     * @param target the column to draw
     * @param rows how many rows at its end are drawn
     */
    public Builder measured(TimeSeries series, String target, int rows) {
      this.series = series;
      this.target = target;
      this.rows = Math.min(rows, series.size());
      return this;
    }

    /** Forecasts of rows that are known by now. Default: none. */
    public Builder past(List<Forecast> forecasts) {
      this.past = List.copyOf(forecasts);
      return this;
    }

    /** The forecast of what follows the series. Default: none. */
    public Builder next(Forecast forecast) {
      this.next = forecast;
      return this;
    }

    /**
     * The picture.
     *
     * @throws IllegalStateException if there is no series to draw
     */
    public ForecastChart build() {
      if (series == null) {
        throw new IllegalStateException("There is no series to draw; give it with measured(...)");
      }
      return new ForecastChart(this);
    }
  }

  /** Begins with nothing to draw. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Finds out whether this machine can draw pictures, so that a long training need not end in vain.
   *
   * @throws ChartException if it has no fonts
   */
  public static void checkFonts() {
    ChartStyle.checkFonts();
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
    plot.setDomainAxis(timeAxis());
    NumberAxis values =
        new NumberAxis(
            options.unit.isEmpty() ? options.target : options.target + ", " + options.unit);
    values.setAutoRangeIncludesZero(false);
    values.setTickLabelInsets(new RectangleInsets(9, 4, 9, 6)); // for fewer lines
    plot.setRangeAxis(values);
    // The first dataset is drawn first, so that the measured line lies above the bands.
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    if (!options.past.isEmpty()) {
      add(
          plot,
          forecasts(options.past, "forecast and its interval of %s"),
          bands(options.past.size(), ChartStyle.BLUE));
    }
    if (options.next != null) {
      add(
          plot,
          forecasts(List.of(options.next), "forecast after the end of the series"),
          bands(1, ChartStyle.ORANGE));
      plot.addDomainMarker(end());
    }
    XYLineAndShapeRenderer line = new XYLineAndShapeRenderer(true, false);
    line.setSeriesPaint(0, ChartStyle.INK);
    line.setSeriesStroke(0, ChartStyle.line(1.8));
    line.setDrawSeriesLineAsPath(true);
    add(plot, measured(), line);
    return ChartStyle.chart(
        options.title.isEmpty() ? options.target : options.title, options.subtitle, plot);
  }

  private static void add(XYPlot plot, XYDataset data, XYItemRenderer renderer) {
    int dataset = plot.getDataset(0) == null ? 0 : plot.getDatasetCount();
    plot.setDataset(dataset, data);
    plot.setRenderer(dataset, renderer);
  }

  private ValueAxis timeAxis() {
    ValueAxis axis = isIndex() ? indexAxis() : dateAxis();
    axis.setLowerMargin(0.01);
    axis.setUpperMargin(0.01);
    axis.setTickLabelInsets(new RectangleInsets(4, 6, 2, 6));
    return axis;
  }

  private boolean isIndex() {
    return options.series.step().unit() == TimeStep.Unit.INDEX;
  }

  private static NumberAxis indexAxis() {
    NumberAxis axis = new NumberAxis();
    axis.setAutoRangeIncludesZero(false);
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ENGLISH));
    return axis;
  }

  private DateAxis dateAxis() {
    TimeZone zone = TimeZone.getTimeZone(options.series.time(0).getZone());
    return new DateAxis(null, zone, Locale.ENGLISH);
  }

  private XYSeriesCollection measured() {
    XYSeries line = new XYSeries("measured", false);
    double[] values = options.series.column(options.target);
    for (int row = values.length - options.rows; row < values.length; row++) {
      line.add(position(options.series.time(row)), values[row]);
    }
    return new XYSeriesCollection(line);
  }

  /** Each forecast fans out from the last value that was known. */
  private YIntervalSeriesCollection forecasts(List<Forecast> forecasts, String legend) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    for (Forecast forecast : forecasts) {
      Forecast.Target target = target(forecast);
      YIntervalSeries series =
          new YIntervalSeries(
              data.getSeriesCount() == 0
                  ? legend.formatted(forecast.intervalInPercent())
                  : Integer.toString(data.getSeriesCount()));
      series.add(
          position(forecast.origin()), target.lastKnown(), target.lastKnown(), target.lastKnown());
      for (int k = 0; k < forecast.times().size(); k++) {
        series.add(
            position(forecast.times().get(k)),
            target.values().get(k),
            target.lower().get(k),
            target.upper().get(k));
      }
      data.addSeries(series);
    }
    return data;
  }

  private Forecast.Target target(Forecast forecast) {
    return forecast.targets().stream()
        .filter(target -> target.name().equals(options.target))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A forecast has no target \"" + options.target + "\" to draw"));
  }

  private static DeviationRenderer bands(int count, Color color) {
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(0.22f);
    for (int i = 0; i < count; i++) {
      renderer.setSeriesPaint(i, color);
      renderer.setSeriesFillPaint(i, color);
      renderer.setSeriesStroke(i, ChartStyle.line(2.6));
      renderer.setSeriesVisibleInLegend(i, i == 0);
    }
    return renderer;
  }

  /** A line at the last measured row. */
  private ValueMarker end() {
    ValueMarker marker = new ValueMarker(position(options.series.time(options.series.size() - 1)));
    marker.setPaint(ChartStyle.pale(ChartStyle.INK, 0.5));
    marker.setStroke(ChartStyle.line(1));
    return marker;
  }

  /** Where a time, or the number of a row, lies on its axis. */
  private double position(ZonedDateTime time) {
    return isIndex() ? time.toEpochSecond() : time.toInstant().toEpochMilli();
  }
}
