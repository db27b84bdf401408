package io.github.recurrentzoo.zoo.detection;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.internal.Require;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The errors that are still normal, from errors on validation rows that a detector has not learned
 * from. With e_c(t) the error of channel c at step t, and q the fraction of steps that is not to be
 * marked,
 *
 * <pre>
 * u_c = quantile_q of e_c        k = quantile_q of max_c e_c(t) / u_c        limit of c = k u_c
 * </pre>
 *
 * <p>so that channels count alike, whatever their errors, and a new normal step is marked with a
 * probability of 1 - q or a little less, if it comes from the same distribution. The quantile of n
 * numbers is that of split-conformal prediction, the smallest that ceil((n + 1) q) of them do not
 * exceed.
 *
 * @param ofChannels the limits
 * @param scores max_c e_c(t) / limit of c of the validation steps, in ascending order
 * @param expectedShare 1 - q
 */
public record Limits(List<Double> ofChannels, List<Double> scores, double expectedShare) {

  /** Keeps copies of the lists. */
  public Limits {
    ofChannels = List.copyOf(ofChannels);
    scores = List.copyOf(scores);
  }

  /**
   * Of errors.
   *
   * @param errors of each channel and validation step; NaN where there is none
   * @param quantile q
   * @throws DataException if there are too few for q
   * @throws IllegalArgumentException if q is not in (0, 1)
   */
  public static Limits of(double[][] errors, double quantile) {
    double[] units = new double[errors.length];
    for (int c = 0; c < units.length; c++) {
      double[] known = known(errors[c]);
      // A channel that is always reconstructed exactly has no error that is normal.
      units[c] = Math.max(quantile(known, quantile), Double.MIN_NORMAL);
    }
    double[] largest = known(largest(errors, units));
    double factor = Math.max(quantile(largest, quantile), Double.MIN_NORMAL);
    List<Double> limits = Arrays.stream(units).mapToObj(unit -> unit * factor).toList();
    List<Double> scores = Arrays.stream(largest).mapToObj(each -> each / factor).toList();
    return new Limits(limits, scores, 1 - quantile);
  }

  private static double[] largest(double[][] errors, double[] units) {
    return IntStream.range(0, errors[0].length)
        .mapToDouble(
            row ->
                IntStream.range(0, units.length)
                    .filter(c -> !Double.isNaN(errors[c][row]))
                    .mapToDouble(c -> errors[c][row] / units[c])
                    .max()
                    .orElse(Double.NaN))
        .toArray();
  }

  private static double[] known(double[] numbers) {
    return Arrays.stream(numbers).filter(number -> !Double.isNaN(number)).sorted().toArray();
  }

  /**
   * The quantile of split-conformal prediction.
   *
   * @param sorted numbers in ascending order
   * @param fraction q
   * @throws DataException if there are too few for the fraction
   * @throws IllegalArgumentException if the fraction is not in (0, 1)
   */
  public static double quantile(double[] sorted, double fraction) {
    Require.openFraction("quantile", fraction);
    // Rounding must not turn (n + 1) q = 99.00000000000001 into 100.
    int rank = Math.max(1, (int) Math.ceil((sorted.length + 1) * fraction - 1e-9));
    if (rank > sorted.length) {
      throw new DataException(
          "A threshold that %s of the normal steps do not exceed needs %d validation rows with a value at least, but there are %d. Give more rows or a larger fraction for validation, or ask for a lower quantile."
              .formatted(fraction, needed(fraction), sorted.length));
    }
    return sorted[rank - 1];
  }

  /**
   * How many numbers the quantile needs.
   *
   * @param fraction q, in (0, 1)
   */
  public static int needed(double fraction) {
    return (int) Math.ceil(fraction / (1 - fraction) - 1e-9);
  }
}
