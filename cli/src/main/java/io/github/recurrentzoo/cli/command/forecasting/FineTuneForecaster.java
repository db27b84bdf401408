package io.github.recurrentzoo.cli.command.forecasting;

import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.SeriesArguments;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.ForecastPart;
import io.github.recurrentzoo.zoo.forecasting.ForecastPicture;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Fits a trained forecaster to a series of the user's, asks it, and draws its forecasts. */
public final class FineTuneForecaster {

  private FineTuneForecaster() {}

  /**
   * Fine-tunes, reports, saves, forecasts and draws.
   *
   * @param options the model, the series and where to save
   * @param out where to print to
   * @return forecaster, report, forecast and file
   */
  public static ForecastSeries.Result run(FineTuneForecasterOptions options, PrintStream out) {
    options.tuning(options.split.validationSplit); // refuses what cannot be
    Forecaster model = options.model.load(Forecaster::load, Forecaster::pretrained);
    if (!model.seriesNames().isEmpty()) {
      return TrainPanel.tune(options, model, out);
    }
    if (options.series.isPanel()) {
      throw new BadOptionException(
          "The model has learned from one series: it takes a file of one series, without --series-column.");
    }
    options.series.expect(model.step());
    ForecastOptions known = model.options();
    ForecastOptions what = options.what(known);
    out.printf(
        "The model forecasts %s from a lookback of %d rows%s.%n",
        String.join(", ", known.targets()), known.lookback(), covariates(known));
    SeriesParts parts = SeriesParts.read(options.series, options.split, what, known.horizon(), out);
    FineTuneOptions tuning = options.tuning(parts.validationSplit());
    TimeSeries series = parts.series();
    TimeSeries.Split split = parts.split();
    FineTuning run = options.fineTuning(out);
    options.picture.check(run.folder());
    out.println(series);
    run.begin("rows", split.past().size(), split.test().size());
    run.readFrom(options.series.columns());
    Forecaster tuned = run.train(around -> model.fineTune(split.past(), what, tuning, around));

    SeriesArguments.warnOfIgnored(tuned, out);
    if (what.equals(known)) {
      run.before(new ForecastPart(model.evaluate(split.past(), split.test()), List.of()));
    } else {
      run.noneBefore("the model as it was reads other columns");
    }
    ForecastReport report = tuned.evaluate(split.past(), split.test());
    ForecastEnd end =
        new ForecastEnd(
            run,
            options.series,
            options.picture,
            series,
            tuned,
            target -> target,
            options.picture.unitOr(""));
    run.show(tuned, report, new ForecastPart(report, List.of()));
    Forecaster saved =
        run.toSave(
            tuned,
            options.split,
            series.size() + " rows",
            (epochs, around) -> model.fineTune(series, tuned, tuning.withEpochs(epochs), around));
    run.save(saved);
    List<ForecastPicture> pictures = end.pictures(split, saved);
    ForecastPart part = new ForecastPart(report, pictures);
    run.report(tuned, part, "", end.facts(split));
    ForecastEnd.Answer answer = end.ask(pictures, options.model.name() + ", fine-tuned");
    run.emit(tuned, part, answer.json());
    return new ForecastSeries.Result(
        tuned, report, answer.forecast(), run.file(), answer.pictures());
  }

  private static String covariates(ForecastOptions known) {
    List<String> further = new ArrayList<>(known.pastCovariates());
    further.addAll(known.futureCovariates());
    return further.isEmpty() ? "" : ", and reads " + String.join(", ", further) + " as well";
  }
}
