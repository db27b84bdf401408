package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;

/** Forecasts a week of Seattle's weather, with intervals that hold nine of ten true values. */
public final class ForecastSeries {
  private ForecastSeries() {}

  public static void main(String[] args) {
    TimeSeries series = SampleSeries.of(SampleSeries.Name.SEATTLE).read();
    Forecaster forecaster = run(series, 100, System.out);
    System.out.println("After the end of the series:");
    System.out.println(forecaster.forecast(series));
  }

  static Forecaster run(TimeSeries series, int epochs, PrintStream out) {
    TimeSeries.Split split = series.split(0.2);
    ForecastOptions options =
        ForecastOptions.builder()
            .targets("temp_max")
            .pastCovariates("temp_max", "temp_min", "precipitation", "wind")
            .lookback(30)
            .horizon(7)
            .seasonality(365)
            .difference(Difference.LAG_1)
            .calendarFeatures(CalendarFeature.DAY_OF_YEAR)
            .build();
    TrainingOptions training =
        TrainingOptions.builder().epochs(epochs).patience(15).validationSplit(0.2).build();
    Forecaster forecaster =
        Forecaster.train(
            split.past(),
            options,
            SequenceForecasting.builder().hiddenSize(32).dropout(0.2).build(),
            training,
            TrainingRun.of(ConsoleProgress.on(out)));
    out.println(forecaster.evaluate(split.past(), split.test()));
    return forecaster;
  }
}
