package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.command.Benchmark;
import io.github.recurrentzoo.cli.command.EvaluateModel;
import io.github.recurrentzoo.cli.command.EvaluateModelOptions;
import io.github.recurrentzoo.cli.command.TaskCommands;
import io.github.recurrentzoo.cli.command.Verb;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.ForecastPart;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.PanelForecaster;
import io.github.recurrentzoo.zoo.forecasting.PanelPart;
import io.github.recurrentzoo.zoo.forecasting.PanelReport;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.series.SeriesPanel;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What forecasting adds to the command line. */
public final class ForecastingCommands implements TaskCommands {

  @Override
  public Task task() {
    return SequenceForecasting.TASK;
  }

  @Override
  public List<Verb<?>> verbs() {
    return List.of(
        new Verb<>("train forecast", ForecastSeriesOptions::new, ForecastSeries::run),
        new Verb<>("fine-tune forecast", FineTuneForecasterOptions::new, FineTuneForecaster::run),
        new Verb<>("forecast", ForecastNextOptions::new, ForecastNext::run));
  }

  @Override
  public List<Benchmark> benchmarks() {
    return List.of(
        benchmark(SampleSeries.Name.SEATTLE, "forecasts of the temperature at Seattle"),
        benchmark(SampleSeries.Name.CO2, "forecasts of CO2"),
        benchmark(SampleSeries.Name.BIRTHS, "forecasts of births"),
        new Benchmark(
            "unemployment",
            "forecasts of unemployment by industry",
            "unemployment",
            false,
            () -> ForecastSeriesOptions.defaultsOf(SampleSeries.Name.UNEMPLOYMENT),
            seed -> new PanelBenchmark()));
  }

  private static Benchmark benchmark(SampleSeries.Name series, String title) {
    String name = series.name().toLowerCase(Locale.ROOT);
    return new Benchmark(
        name,
        title,
        name,
        false,
        () -> ForecastSeriesOptions.defaultsOf(series),
        seed -> new SeriesBenchmark(series));
  }

  @Override
  public List<String> evaluateOptions() {
    return DelimiterArgument.with(
        "--dataset",
        "--time-column",
        "--series-column",
        "--decimal",
        "--thousands",
        "--time-format",
        "--time-zone",
        "--missing",
        "--sort",
        "--frequency",
        "--test-split");
  }

  @Override
  public ReportPart evaluate(EvaluateModelOptions options, PrintStream out) {
    Forecaster forecaster = options.model.load(Forecaster::load, Forecaster::pretrained);
    if (options.input.data == null && options.input.dataset == null) {
      options.input.dataset = own(forecaster.options());
    }
    options.input.remember(forecaster);
    options.input.requirePanel(forecaster);
    SampleSeries sample = options.input.sample();
    double test =
        options.test != null
            ? options.test
            : sample == null ? SeriesParts.FRACTION : sample.testSplit();
    if (!(test > 0 && test < 1)) {
      throw new BadOptionException(
          "--test-split must be above 0 and below 1, but is %s.".formatted(test));
    }
    if (options.input.isPanel()) {
      SeriesPanel panel = options.input.readPanel(forecaster.options(), out);
      SeriesPanel.Split split = panel.map(forecaster.options()::known).split(test);
      PanelReport report = PanelForecaster.of(forecaster).evaluate(split.past(), split.test());
      out.println(report);
      return new PanelPart(report, List.of());
    }
    TimeSeries series = options.input.read(forecaster.options(), out);
    TimeSeries.Split split = forecaster.options().known(series).split(test);
    ForecastReport report = forecaster.evaluate(split.past(), split.test());
    out.println(report);
    return new ForecastPart(report, List.of());
  }

  /** The series that has a model's targets. */
  static SampleSeries.Name own(ForecastOptions what) {
    for (SampleSeries.Name name : SampleSeries.Name.values()) {
      if (SampleSeries.of(name).targets().equals(what.targets())) {
        return name;
      }
    }
    throw EvaluateModel.notKnown("one of the zoo's own series");
  }
}
