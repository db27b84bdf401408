package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.command.BenchmarkData;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.PanelForecaster;
import io.github.recurrentzoo.zoo.forecasting.PanelReport;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.util.List;

/** The zoo's own panel of series, unemployment by industry. */
final class PanelBenchmark implements BenchmarkData<SequenceForecasting.Builder, Forecaster> {
  private final SampleSeries sample = SampleSeries.of(SampleSeries.Name.UNEMPLOYMENT);
  private final ForecastOptions what = sample.options();
  private final SeriesPanel.Split split = sample.readPanel().split(sample.testSplit());

  @Override
  public String title() {
    return "forecasting, " + shortTitle() + ", " + what.horizon() + " steps ahead";
  }

  @Override
  public String shortTitle() {
    return "unemployment by industry";
  }

  @Override
  public PipelineType<Forecaster> type() {
    return Forecaster.TYPE;
  }

  @Override
  public SequenceForecasting.Builder network() {
    return SequenceForecasting.builder();
  }

  @Override
  public SequenceForecasting.Builder sized(SequenceForecasting.Builder network) {
    return network
        .inputSize(what.inputSize())
        .horizon(what.horizon())
        .targets(what.targets().size())
        .series(split.past().names().size());
  }

  @Override
  public double validationSplit() {
    return SeriesParts.FRACTION;
  }

  @Override
  public Forecaster train(
      SequenceForecasting.Builder network, TrainingOptions training, TrainingRun run) {
    return PanelForecaster.train(split.past(), what, network.build(), training, run).forecaster();
  }

  @Override
  public String measure() {
    return "mean MASE";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public double score(Forecaster model) {
    return mean(report(model)).mase();
  }

  private PanelReport report(Forecaster model) {
    return PanelForecaster.of(model).evaluate(split.past(), split.test());
  }

  private PanelReport.Mean mean(PanelReport report) {
    return report.mean(what.targets().get(0), ForecastReport.Target::network);
  }

  @Override
  public List<Metric> metrics(Forecaster model) {
    PanelReport report = report(model);
    String target = what.targets().get(0);
    return List.of(
        new Metric("mean MASE", mean(report).mase()),
        new Metric("mean MAE (" + sample.unit() + ")", mean(report).mae()),
        new Metric("share of exponential smoothing", report.smoothing()),
        new Metric("coverage of 90 % intervals", report.coverage(target)),
        new Metric("mean MASE of the naive forecast", report.mean(target, Baseline.NAIVE).mase()),
        new Metric(
            "mean MASE of the seasonal naive forecast",
            report.mean(target, Baseline.SEASONAL_NAIVE).mase()),
        new Metric("mean MASE of exponential smoothing", report.mean(target, Baseline.ETS).mase()));
  }
}
