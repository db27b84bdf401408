package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.Freeze;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TunedNetwork;
import java.util.ArrayList;
import java.util.List;
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
        withColumns(known, columns.targets(), columns.pastCovariates(), columns.futureCovariates());
    parts.encoder().checkStep(rows);
    FineTuneMapping mapping = mapping(known, mapped, rows);
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

  /**
   * Options with other columns in the places of their own.
   *
   * @throws DataException if there are more or fewer of them
   */
  static ForecastOptions withColumns(
      ForecastOptions known, List<String> targets, List<String> past, List<String> future) {
    if (targets.size() != known.targets().size()
        || past.size() != known.pastCovariates().size()
        || future.size() != known.futureCovariates().size()) {
      throw new DataException(
          "There are %s, but the forecaster was made for %s; expected as many of each. Give one column for each of these, in their order, or train a new forecaster."
              .formatted(
                  counted(known, targets, past, future),
                  counted(
                      known, known.targets(), known.pastCovariates(), known.futureCovariates())));
    }
    return known.toBuilder().targets(targets).pastCovariates(past).futureCovariates(future).build();
  }

  private static String counted(
      ForecastOptions known, List<String> some, List<String> past, List<String> future) {
    String both =
        "%d targets %s and %d past covariates %s".formatted(some.size(), some, past.size(), past);
    return known.futureCovariates().isEmpty() && future.isEmpty()
        ? both
        : both + " and %d future covariates %s".formatted(future.size(), future);
  }

  /**
   * Which column takes the place of which.
   *
   * @param now the known options with other columns
   * @throws DataException if the series lacks one of them
   */
  private static FineTuneMapping mapping(
      ForecastOptions known, ForecastOptions now, TimeSeries series) {
    for (String column : now.columns()) {
      if (!series.columns().contains(column)) {
        throw new DataException(
            "The series has no column \"%s\"; it has %s. The forecaster reads %s: name the column that takes the place of each, in this order, targets first."
                .formatted(column, series.columns(), known.columns()));
      }
    }
    List<FineTuneMapping.Names> placed = new ArrayList<>();
    placed.add(placed("targets", known.targets(), now.targets()));
    placed.add(placed("past covariates", known.pastCovariates(), now.pastCovariates()));
    if (!known.futureCovariates().isEmpty()) {
      placed.add(placed("future covariates", known.futureCovariates(), now.futureCovariates()));
    }
    return new FineTuneMapping(placed, List.of());
  }

  private static FineTuneMapping.Names placed(String what, List<String> before, List<String> now) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      String old = before.get(i);
      kept.add(now.get(i).equals(old) ? old : now.get(i) + " for " + old);
    }
    return new FineTuneMapping.Names(what, kept, List.of(), List.of());
  }
}
