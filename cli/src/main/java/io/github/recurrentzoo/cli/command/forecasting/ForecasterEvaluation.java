package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.command.EvaluateModel;
import io.github.recurrentzoo.cli.command.EvaluateModelOptions;
import io.github.recurrentzoo.cli.command.ModelEvaluation;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.ForecastPart;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.io.PrintStream;
import java.util.List;

/** How {@code evaluate} treats forecasters. */
public final class ForecasterEvaluation implements ModelEvaluation {

  @Override
  public Task task() {
    return SequenceForecasting.TASK;
  }

  @Override
  public List<String> options() {
    return DelimiterArgument.with(
        "--dataset",
        "--time-column",
        "--decimal",
        "--thousands",
        "--time-format",
        "--time-zone",
        "--missing",
        "--sort",
        "--test-split");
  }

  @Override
  public ReportPart evaluate(EvaluateModelOptions options, PrintStream out) {
    Forecaster forecaster = options.model.load(Forecaster::load, Forecaster::pretrained);
    if (options.input.data == null && options.input.dataset == null) {
      options.input.dataset = own(forecaster.options());
    }
    TimeSeries series = options.input.read(forecaster.options(), out);
    if (!(options.test > 0 && options.test < 1)) {
      throw new BadOptionException(
          "--test-split must be above 0 and below 1, but is %s.".formatted(options.test));
    }
    TimeSeries.Split split = series.split(options.test);
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
    throw EvaluateModel.notKnown("the weather of Seattle or the CO2 of Mauna Loa");
  }
}
