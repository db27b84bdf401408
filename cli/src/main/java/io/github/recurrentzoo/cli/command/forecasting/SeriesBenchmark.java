package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.command.BenchmarkData;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.util.List;

/** One of the series that {@code train forecast} knows. */
final class SeriesBenchmark implements BenchmarkData<SequenceForecasting.Builder, Forecaster> {

  private final SampleSeries.Name name;
  private final SampleSeries sample;
  private final ForecastOptions what;
  private final TimeSeries.Split split;

  SeriesBenchmark(SampleSeries.Name name) {
    this.name = name;
    sample = SampleSeries.of(name);
    what = sample.options();
    split = sample.read().split(sample.testSplit());
  }

  @Override
  public String title() {
    return "forecasting, " + shortTitle() + ", " + what.horizon() + " steps ahead";
  }

  @Override
  public String shortTitle() {
    return switch (name) {
      case SEATTLE -> "temperature at Seattle";
      case CO2 -> "CO2 at Mauna Loa";
      case BIRTHS -> "births in the United States";
      case UNEMPLOYMENT -> throw new IllegalArgumentException(name + " are many series");
    };
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
        .futureSize(what.futureSize());
  }

  @Override
  public double validationSplit() {
    return SeriesParts.FRACTION;
  }

  @Override
  public Forecaster train(
      SequenceForecasting.Builder network, TrainingOptions training, TrainingRun run) {
    return Forecaster.train(split.past(), what, network.build(), training, run);
  }

  @Override
  public String measure() {
    return "mean absolute error";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public double score(Forecaster model) {
    return report(model).network().all().mae();
  }

  private ForecastReport.Target report(Forecaster model) {
    return model.evaluate(split.past(), split.test()).targets().get(0);
  }

  @Override
  public List<Metric> metrics(Forecaster model) {
    ForecastReport.Target report = report(model);
    String unit = " (" + sample.unit() + ")";
    return List.of(
        new Metric("MAE" + unit, report.network().all().mae()),
        new Metric("RMSE" + unit, report.network().all().rmse()),
        new Metric("MASE", report.network().all().mase()),
        new Metric("coverage of 90 % intervals", report.coverage()),
        new Metric("MAE of the naive forecast" + unit, report.naive().all().mae()),
        new Metric("MAE of the seasonal naive forecast" + unit, report.seasonalNaive().all().mae()),
        new Metric(
            "MAE of exponential smoothing" + unit,
            report.baselines().get(Baseline.ETS).all().mae()));
  }
}
