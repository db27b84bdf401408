package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.command.BeforeAndAfter;
import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.cli.command.TrainedModel;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.ForecastPart;
import io.github.recurrentzoo.zoo.forecasting.ForecastPicture;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Fits a trained forecaster to a series of the user's, asks it, and draws its forecasts. */
public final class FineTuneForecaster {

  private FineTuneForecaster() {}

  /**
   * What a run gives.
   *
   * @param forecaster the fine-tuned forecaster
   * @param before how good the model that it was made of is on rows that it has not learned from;
   *     empty where it reads other columns
   * @param report how good the forecaster is on the same rows
   * @param forecast what follows the series
   * @param model the file that it was saved to
   */
  public record Result(
      Forecaster forecaster,
      Optional<ForecastReport> before,
      ForecastReport report,
      Forecast forecast,
      Path model) {}

  /**
   * Fine-tunes, reports, saves, forecasts and draws.
   *
   * @param options the model, the series and where to save
   * @param out where to print to
   * @return forecaster, reports, forecast and file
   */
  public static Result run(FineTuneForecasterOptions options, PrintStream out) {
    FineTuneOptions tuning = options.tuning();
    Forecaster model = options.model.load(Forecaster::load, Forecaster::pretrained);
    ForecastOptions known = model.options();
    ForecastOptions what = options.what(known);
    out.printf(
        "The model forecasts %s from a lookback of %d rows%s.%n",
        String.join(", ", known.targets()),
        known.lookback(),
        known.pastCovariates().isEmpty()
            ? ""
            : ", and reads " + String.join(", ", known.pastCovariates()) + " as well");
    TimeSeries series = options.series.read(what, out);
    TimeSeries.Split split = options.parts.split(series, known.horizon());
    FineTuning run =
        FineTuning.of(
            options.model.name(),
            options.series.name(),
            options.series.name(),
            options.training,
            options.output,
            options.console,
            out);
    options.picture.check(run.training().folder());
    out.println(series);
    run.begin("rows", split.past().size(), split.test().size());
    Forecaster tuned =
        run.training()
            .train(
                TrainedModel::of,
                around ->
                    model.fineTune(
                        split.past(), what.targets(), what.pastCovariates(), tuning, around));

    SeriesArguments.warnOfIgnored(tuned, out);
    TrainedModel trained = TrainedModel.of(tuned);
    ForecastReport report = tuned.evaluate(split.past(), split.test());
    Optional<ForecastReport> before =
        what.equals(known)
            ? Optional.of(model.evaluate(split.past(), split.test()))
            : Optional.empty();
    BeforeAndAfter figures =
        BeforeAndAfter.ofForecasts(before, report, "the model as it was reads other columns");
    run.show(trained, report, figures);
    run.training().save(trained);
    ForecastEnd end =
        new ForecastEnd(
            run.training(),
            options.series,
            options.picture,
            series,
            tuned,
            target -> target,
            options.picture.unit == null ? "" : options.picture.unit);
    List<ForecastPicture> pictures = end.pictures(split);
    run.report(trained, new ForecastPart(report, pictures), figures, end.facts(split));
    ForecastEnd.Answer answer = end.ask(pictures, options.model.name() + ", fine-tuned");
    run.emit(trained, figures, report::toMap, answer::into);
    return new Result(tuned, before, report, answer.forecast(), run.training().file());
  }
}
