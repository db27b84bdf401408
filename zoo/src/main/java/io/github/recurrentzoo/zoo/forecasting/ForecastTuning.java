package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.Freeze;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TunedNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * How a {@link Forecaster} is fitted to another series.
 *
 * @param from the forecaster that was trained before
 * @param trained its network, which stays as it is
 * @param parts what it has beside its network
 */
record ForecastTuning(Forecaster from, ComputationGraph trained, ForecastParts parts) {

  /**
   * Fits the network to another series, from the weights that it has.
   *
   * @param columns whose columns take the places of those of the forecaster
   * @param measures what was measured before; null to measure on the validation rows
   */
  Forecaster tune(
      TimeSeries rows,
      ForecastOptions columns,
      FineTuneOptions options,
      ForecastParts.Measured measures,
      TrainingRun run) {
    NativeThreads.useOne();
    TrainingOptions training = options.training();
    training.refuseTeacherForcing("a forecaster");
    if (options.freeze() == Freeze.EMBEDDING) {
      throw new IllegalArgumentException(
          "freeze is EMBEDDING, but a forecaster has no embedding; freeze NOTHING or ALL_BUT_HEAD");
    }
    parts.encoder().checkOne();
    ForecastOptions known = from.options();
    ForecastOptions mapped =
        known.withColumns(columns.targets(), columns.pastCovariates(), columns.futureCovariates());
    parts.encoder().checkStep(rows);
    FineTuneMapping mapping = known.mapping(mapped, rows);
    TimeSeries series = mapped.known(rows);
    int learned =
        measures == null ? ForecastTraining.learnedRows(series, mapped, training) : series.size();
    ForecastEncoder encoder = ForecastEncoder.fit(mapped, series.rows(0, learned));
    TunedNetwork tuned = new TunedNetwork(trained, options, SequenceForecasting.OUTPUT);
    ComputationGraph copy = tuned.start();
    Forecaster result =
        ForecastTraining.run(
            copy,
            encoder,
            series,
            tuned.describe(from.info().architecture()),
            training,
            new FineTuneOrigin(from.provenance(), options, mapping),
            measures,
            run);
    tuned.finish();
    return result;
  }
}
