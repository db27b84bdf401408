package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.command.forecasting.ForecastSeriesOptions;
import io.github.recurrentzoo.cli.compare.Comparison.Outcome;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.Locale;

/** One of the series that {@code train forecast} knows. */
final class ForecastContest extends PipelineContest<SequenceForecasting.Builder> {

  private final SampleSeries.Name name;
  private final ForecastSeriesOptions own;
  private final ForecastOptions what;
  private final TimeSeries.Split split;

  ForecastContest(SampleSeries.Name name, CompareArchitecturesOptions options) {
    super(options);
    this.name = name;
    this.own =
        CommandLineProgram.parsed(
            new ForecastSeriesOptions(), "--dataset", name.name().toLowerCase(Locale.ROOT));
    this.what = own.what();
    this.split = SampleSeries.of(name).read(own.series.reader(what)).split(own.parts.test);
  }

  @Override
  public String title() {
    return "forecasting, " + shortTitle() + ", " + what.horizon() + " steps ahead";
  }

  @Override
  public String shortTitle() {
    return name == SampleSeries.Name.SEATTLE ? "temperature at Seattle" : "CO2 at Mauna Loa";
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
  double validationSplit() {
    return own.parts.validation;
  }

  @Override
  SequenceForecasting.Builder entry() {
    return own.architecture()
        .inputSize(what.inputSize())
        .horizon(what.horizon())
        .targets(what.targets().size());
  }

  @Override
  Outcome train(SequenceForecasting.Builder entry, TrainingOptions training) {
    Forecaster forecaster = Forecaster.train(split.past(), what, entry.build(), training);
    ForecastReport report = forecaster.evaluate(split.past(), split.test());
    return new Outcome(
        report.targets().get(0).network().all().mae(),
        forecaster.provenance().validationLoss(),
        forecaster.parameters());
  }
}
