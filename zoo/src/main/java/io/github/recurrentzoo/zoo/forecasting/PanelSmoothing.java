package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.series.ExponentialSmoothing;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The share that exponential smoothing has in the forecasts of many series: (1 - w) f + w e, where
 * f is what the network answers and e what smoothing says of that series alone. Combined forecasts
 * err less than each of them where their errors differ (Bates and Granger 1969).
 *
 * <p>w is the largest share whose mean absolute error on the validation rows is not above that of
 * the best one by more than the standard error of that difference over the series (the rule of one
 * standard error, Breiman et al. 1984): the network's best epoch was chosen on these very rows, so
 * that its errors there are too low, and those of smoothing are not.
 */
final class PanelSmoothing {
  private static final int PARTS = 10;

  private final ForecastWindows windows;
  private final ForecastOptions options;
  private final Map<Asked, double[][]> smoothed = new ConcurrentHashMap<>();

  /** Of some series whose targets are scaled. */
  PanelSmoothing(ForecastWindows windows, ForecastOptions options) {
    this.windows = windows;
    this.options = options;
  }

  /**
   * The origins of one series.
   *
   * @param at the place of the first one among all origins
   * @param first the first row of the series
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Own(int at, int first, int[] origins) {}

  /** What smoothing was asked for. */
  private record Asked(int target, IntBuffer origins) {}

  /** The origins of each series; smoothing is fitted to all of them, by all threads. */
  private List<Own> bySeries(int[] origins) {
    List<Own> parts = new ArrayList<>();
    for (int from = 0; from < origins.length; ) {
      int first = windows.firstRow(origins[from]);
      int to = from;
      while (to < origins.length && windows.firstRow(origins[to]) == first) {
        to++;
      }
      parts.add(new Own(from, first, Arrays.copyOfRange(origins, from, to)));
      from = to;
    }
    parts.parallelStream()
        .forEach(
            own -> IntStream.range(0, options.targets().size()).forEach(each -> smooth(own, each)));
    return parts;
  }

  /** What smoothing says at the origins of a series, [origin][step - 1]; found once. */
  private double[][] smooth(Own own, int target) {
    return smoothed.computeIfAbsent(
        new Asked(target, IntBuffer.wrap(own.origins())),
        asked -> forecasts(windows, options, target, own.first(), own.origins()));
  }

  /**
   * What smoothing says of a target, [origin][step - 1].
   *
   * @param from the first row of the series
   * @param origins of that series, in ascending order; it is fitted to the rows up to the first one
   */
  static double[][] forecasts(
      ForecastWindows windows, ForecastOptions options, int target, int from, int[] origins) {
    int season = options.seasonality();
    int fitted = origins[0] + 1;
    int first = fitted - ExponentialSmoothing.rowsToFit(fitted - from, season);
    int end = origins[origins.length - 1] + 1;
    double[] values = Arrays.copyOfRange(windows.target(target), first, end);
    boolean[] real = new boolean[values.length];
    for (int row = 0; row < real.length; row++) {
      real[row] = windows.isReal(target, first + row);
    }
    return ExponentialSmoothing.fit(
            Arrays.copyOf(values, fitted - first), Arrays.copyOf(real, fitted - first), season)
        .forecasts(
            values,
            real,
            Arrays.stream(origins).map(origin -> origin - first).toArray(),
            options.horizon());
  }

  /**
   * The share that validation rows say.
   *
   * @param origins in ascending order, those of each series together
   * @param network what the network answers there
   */
  double share(int[] origins, double[][][] network) {
    List<double[]> losses =
        bySeries(origins).stream()
            .map(own -> losses(own, network))
            .filter(loss -> Arrays.stream(loss).allMatch(Double::isFinite))
            .toList();
    return losses.isEmpty() ? 0 : chosen(losses);
  }

  /** The mean absolute error of one series with each of the shares; NaN without a real value. */
  private double[] losses(Own own, double[][][] network) {
    int[] origins = own.origins();
    double[] sums = new double[PARTS + 1];
    int numbers = 0;
    for (int target = 0; target < options.targets().size(); target++) {
      double[][] smooth = smooth(own, target);
      for (int b = 0; b < origins.length; b++) {
        for (int k = 1; k <= options.horizon(); k++) {
          if (windows.isReal(target, origins[b] + k)) {
            double truth = windows.target(target)[origins[b] + k];
            double answer = network[own.at() + b][target][k - 1];
            for (int i = 0; i <= PARTS; i++) {
              double share = (double) i / PARTS;
              sums[i] += Math.abs(truth - answer - share * (smooth[b][k - 1] - answer));
            }
            numbers++;
          }
        }
      }
    }
    int all = numbers;
    return Arrays.stream(sums).map(sum -> sum / all).toArray();
  }

  /**
   * The largest share that is as good as the best one but for a standard error.
   *
   * @param losses of each series, by share
   */
  static double chosen(List<double[]> losses) {
    int best = 0;
    for (int i = 1; i <= PARTS; i++) {
      best = mean(losses, i, best) < 0 ? i : best;
    }
    for (int i = PARTS; i > best; i--) {
      if (mean(losses, i, best) <= standardError(losses, i, best)) {
        return (double) i / PARTS;
      }
    }
    return (double) best / PARTS;
  }

  private static double mean(List<double[]> losses, int i, int best) {
    return losses.stream().mapToDouble(loss -> loss[i] - loss[best]).average().orElseThrow();
  }

  /** Of the mean difference; 0 of a single series. */
  private static double standardError(List<double[]> losses, int i, int best) {
    double mean = mean(losses, i, best);
    int n = losses.size();
    double squares =
        losses.stream()
            .mapToDouble(loss -> loss[i] - loss[best] - mean)
            .map(each -> each * each)
            .sum();
    return n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n);
  }

  /**
   * Gives smoothing its share in what the network answers; quantiles move with the estimate.
   *
   * @param share w
   * @param origins in ascending order, those of each series together
   * @param answers are changed
   */
  void mix(double share, int[] origins, double[][][] answers) {
    for (Own own : share > 0 ? bySeries(origins) : List.<Own>of()) {
      for (int target = 0; target < options.targets().size(); target++) {
        double[][] smooth = smooth(own, target);
        for (int b = 0; b < own.origins().length; b++) {
          double[] numbers = answers[own.at() + b][target];
          for (int k = 0; k < options.horizon(); k++) {
            double moved = share * (smooth[b][k] - numbers[k]);
            for (int i = k; i < numbers.length; i += options.horizon()) {
              numbers[i] += moved;
            }
          }
        }
      }
    }
  }
}
