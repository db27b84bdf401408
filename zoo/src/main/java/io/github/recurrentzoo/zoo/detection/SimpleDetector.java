package io.github.recurrentzoo.zoo.detection;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A detector without a network, for the table beside one. The error of a step is its distance from
 * a value that is expected there, and the limit of a channel a quantile of the errors on the same
 * validation rows as the network's.
 *
 * <ul>
 *   <li>{@link Kind#SEASON}: the median of the rows learned from that stand at the same place of a
 *       season, and at those beside it, season / 20 on each side.
 *   <li>{@link Kind#NEIGHBORS}: the median of the step and the {@value #NEIGHBORS} before and
 *       behind it.
 * </ul>
 */
public final class SimpleDetector {
  private static final int NEIGHBORS = 7;
  private static final int PLACES_BESIDE = 20;

  /** What is expected of a step. */
  public enum Kind {
    /** The median of the same place of the season. */
    SEASON("seasonal median"),
    /** The median of the steps around. */
    NEIGHBORS("moving median");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** As people write it. */
    public String title() {
      return title;
    }
  }

  private final Kind kind;
  private final List<String> channels;
  private final int season;
  private final double[][] places; // of each channel the medians of a season
  private final List<Double> limits;
  private final double expectedShare;

  private SimpleDetector(
      Kind kind,
      List<String> channels,
      int season,
      double[][] places,
      List<Double> limits,
      double expectedShare) {
    this.kind = kind;
    this.channels = channels;
    this.season = season;
    this.places = places;
    this.limits = limits;
    this.expectedShare = expectedShare;
  }

  /**
   * Learns what is normal.
   *
   * @param past the rows to learn from and those for validation
   * @param known whether each of them is known to be an anomaly, which is left out
   * @param learned how many of them are learned from
   * @param season the number of rows of a season; 1 for none
   * @param quantile the fraction of the validation rows that is not marked
   * @throws DataException if there are too few validation rows for it
   */
  public static SimpleDetector learn(
      Kind kind,
      TimeSeries past,
      boolean[] known,
      List<String> channels,
      int learned,
      int season,
      double quantile) {
    double[][] places = new double[channels.size()][];
    for (int c = 0; c < places.length; c++) {
      places[c] = medians(past, known, channels.get(c), learned, season);
    }
    List<Double> none = Collections.nCopies(channels.size(), 1.0);
    SimpleDetector unscaled =
        new SimpleDetector(kind, List.copyOf(channels), season, places, none, 0);
    double[][] errors = unscaled.errors(past);
    double[][] validation = new double[errors.length][];
    for (int c = 0; c < errors.length; c++) {
      double[] own = errors[c];
      validation[c] =
          IntStream.range(learned, past.size())
              .mapToDouble(row -> known[row] ? Double.NaN : own[row])
              .toArray();
    }
    Limits limits = Limits.of(validation, quantile);
    return new SimpleDetector(
        kind, List.copyOf(channels), season, places, limits.ofChannels(), limits.expectedShare());
  }

  /**
   * The median of the errors of some rows, which are learned from, too.
   *
   * @param season the number of rows of a season; 1 for none
   */
  public static double usualError(Kind kind, TimeSeries rows, String channel, int season) {
    SimpleDetector detector =
        new SimpleDetector(
            kind,
            List.of(channel),
            season,
            new double[][] {medians(rows, new boolean[rows.size()], channel, rows.size(), season)},
            List.of(1.0),
            0);
    return median(
        Arrays.stream(detector.errors(rows)[0]).filter(error -> !Double.isNaN(error)).toArray());
  }

  /** Marks the steps of a series that begins with the same row as the one learned from. */
  public Detection detect(TimeSeries series) {
    double[][] scores = errors(series);
    for (int c = 0; c < scores.length; c++) {
      for (int row = 0; row < scores[c].length; row++) {
        scores[c][row] /= limits.get(c);
      }
    }
    return new Detection(kind.title(), series, channels, scores, expectedShare);
  }

  private double[][] errors(TimeSeries series) {
    double[][] errors = new double[channels.size()][];
    for (int c = 0; c < errors.length; c++) {
      double[] values = series.column(channels.get(c));
      boolean[] real = series.isReal(channels.get(c));
      double[] place = places[c];
      errors[c] =
          IntStream.range(0, values.length)
              .mapToDouble(
                  row ->
                      !real[row]
                          ? Double.NaN
                          : Math.abs(
                              values[row]
                                  - (kind == Kind.SEASON
                                      ? place[row % season]
                                      : around(values, real, row))))
              .toArray();
    }
    return errors;
  }

  private static double around(double[] values, boolean[] real, int row) {
    return median(
        IntStream.rangeClosed(
                Math.max(0, row - NEIGHBORS), Math.min(values.length - 1, row + NEIGHBORS))
            .filter(other -> real[other])
            .mapToDouble(other -> values[other])
            .toArray());
  }

  private static double[] medians(
      TimeSeries past, boolean[] known, String channel, int learned, int season) {
    double[] values = past.column(channel);
    boolean[] real = past.isReal(channel);
    int beside = season / PLACES_BESIDE;
    List<List<Double>> at = new ArrayList<>();
    IntStream.range(0, season).forEach(place -> at.add(new ArrayList<>()));
    for (int row = 0; row < learned; row++) {
      for (int shift = -beside; real[row] && !known[row] && shift <= beside; shift++) {
        at.get(Math.floorMod(row + shift, season)).add(values[row]);
      }
    }
    double all =
        median(
            IntStream.range(0, learned)
                .filter(row -> real[row] && !known[row])
                .mapToDouble(row -> values[row])
                .toArray());
    return at.stream()
        .mapToDouble(
            place ->
                place.isEmpty()
                    ? all
                    : median(place.stream().mapToDouble(Double::doubleValue).toArray()))
        .toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length == 0
        ? Double.NaN
        : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
