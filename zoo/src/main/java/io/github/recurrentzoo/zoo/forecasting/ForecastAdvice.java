package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.Difference;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What to say about a forecaster beside the baselines, and what it was trained without. */
final class ForecastAdvice {
  private static final int MOST = 3;
  private static final double ROUNDING = 1e-6;
  private static final int HOURS = 3600;

  private ForecastAdvice() {}

  /**
   * One sentence.
   *
   * @param figure what is compared, such as "MAE of sold"
   * @param best the name of the best baseline
   */
  static String sentence(
      String figure, double network, String best, double baseline, List<String> untried) {
    if (!Double.isFinite(network) || !Double.isFinite(baseline)) {
      return "The %s cannot be compared with a baseline.".formatted(figure);
    }
    boolean same = Math.abs(network - baseline) <= ROUNDING * baseline;
    String beside =
        String.format(
            Locale.ROOT,
            "The %s is %s, %s%s the best baseline (%s, %s)",
            figure,
            Table.number(network),
            baseline > 0 && !same // not where the test rows stand still
                ? String.format(Locale.ROOT, "%.1f %% ", 100 * Math.abs(network / baseline - 1))
                : "",
            same ? "as" : network < baseline ? "below" : "above",
            best,
            Table.number(baseline));
    if ((network < baseline && !same) || network == 0) {
      return beside + ".";
    }
    return untried.isEmpty()
        ? beside + ": train on more rows, or use the baseline."
        : beside
            + ": try "
            + String.join(", ", untried.subList(0, Math.min(MOST, untried.size())))
            + ".";
  }

  /**
   * The options that may help, the most plausible first.
   *
   * @param best of the first target
   */
  static List<String> untried(
      ForecastOptions options, TimeStep step, Provenance provenance, Baseline best) {
    List<String> untried = new ArrayList<>();
    if (provenance.bestEpoch() > 0 && provenance.bestEpoch() == provenance.epochs()) {
      untried.add("more --epochs");
    }
    difference(options, best).ifPresent(untried::add);
    if (options.calendarFeatures().isEmpty() && step.unit() != TimeStep.Unit.INDEX) {
      untried.add("--calendar-features " + calendar(step));
    }
    int season = options.seasonality();
    if (season > 1 && options.lookback() < season && season <= 400) {
      untried.add("--lookback " + season);
    }
    boolean days = step.unit() == TimeStep.Unit.DAYS && step.amount() == 1;
    if (options.holidays() == null && days) {
      untried.add("--holidays with the code of the country");
    }
    if (season > 1 && options.lookback() < 2 * season && options.lookback() >= season) {
      untried.add("--lookback " + 2 * season);
    }
    return untried;
  }

  /** The differences whose plain forecast is the best baseline, or the nearest to it. */
  private static Optional<String> difference(ForecastOptions options, Baseline best) {
    Difference suits =
        switch (best) {
          case NAIVE, DRIFT -> Difference.LAG_1;
          case SEASONAL_NAIVE -> Difference.SEASONAL;
          case SEASONAL_MEAN -> Difference.NONE;
          case ETS -> options.seasonality() > 1 ? Difference.SEASONAL : Difference.LAG_1;
        };
    boolean shares = options.pastCovariates().stream().anyMatch(options.targets()::contains);
    return suits == options.difference() || (suits == Difference.NONE && shares)
        ? Optional.empty()
        : Optional.of("--difference " + suits.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static String calendar(TimeStep step) {
    return switch (step.unit()) {
      case MONTHS -> "month";
      case SECONDS ->
          step.amount() <= HOURS * 12 ? "hour-of-day,day-of-week" : "day-of-week,day-of-year";
      default -> step.amount() == 1 ? "day-of-week,day-of-year" : "day-of-year";
    };
  }
}
