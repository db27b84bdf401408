package io.github.recurrentzoo.zoo.anomalies;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.detection.Detection;
import io.github.recurrentzoo.zoo.detection.DetectionMeasures;
import io.github.recurrentzoo.zoo.detection.Limits;
import io.github.recurrentzoo.zoo.detection.SimpleDetector;
import io.github.recurrentzoo.zoo.detection.SyntheticAnomalies;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Measures a detector beside two without a network. */
final class AnomalyEvaluation {
  private static final double VALIDATION = 0.2;
  static final long SEED = 1;

  /** So that a few events do not decide. */
  private static final int DRAWS = 5;

  private AnomalyEvaluation() {}

  /**
   * Measures.
   *
   * @param known whether each row of the past and then of the test is an anomaly; null to put some
   *     into the test
   * @param seed of the first draw of those that are put in
   */
  static AnomalyReport of(
      AnomalyDetector detector,
      TimeSeries past,
      TimeSeries test,
      boolean[] known,
      double quantile,
      long seed) {
    AnomalyOptions options = detector.options();
    TimeSeries series = past.append(test);
    if (known != null && known.length != series.size()) {
      throw new IllegalArgumentException(
          "There are %d labels for %d rows of the past and the test"
              .formatted(known.length, series.size()));
    }
    boolean[] ofPast = known == null ? new boolean[past.size()] : Arrays.copyOf(known, past.size());
    boolean[] anomalies =
        known == null ? null : Arrays.copyOfRange(known, past.size(), series.size());
    options.columns().forEach(series::column);
    Map<String, Function<TimeSeries, Detection>> detectors = new LinkedHashMap<>();
    detectors.put("network", rows -> detector.detect(rows, quantile));
    Map<String, String> leftOut = addSimple(detectors, detector, past, ofPast, quantile);
    List<SyntheticAnomalies> draws = new ArrayList<>();
    for (int draw = 0; anomalies == null && draw < DRAWS; draw++) {
      draws.add(
          SyntheticAnomalies.put(
              series, past.size(), options.columns(), options.seasonality(), seed + draw));
    }
    List<AnomalyReport.Method> methods = new ArrayList<>();
    detectors.forEach(
        (name, detect) -> {
          Detection plain = detect.apply(series).from(past.size());
          methods.add(
              anomalies == null
                  ? synthetic(name, detect, plain, draws, past.size())
                  : new AnomalyReport.Method(
                      name,
                      DetectionMeasures.of(plain, anomalies),
                      share(plain, anomalies),
                      Map.of()));
        });
    return new AnomalyReport(
        anomalies == null ? DRAWS : 0,
        quantile,
        test.label(0),
        test.label(test.size() - 1),
        methods,
        leftOut);
  }

  /** Adds those without a network; returns why some are missing. */
  private static Map<String, String> addSimple(
      Map<String, Function<TimeSeries, Detection>> detectors,
      AnomalyDetector detector,
      TimeSeries past,
      boolean[] known,
      double quantile) {
    AnomalyOptions options = detector.options();
    int learned = learned(detector, past);
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (SimpleDetector.Kind kind : SimpleDetector.Kind.values()) {
      if (kind == SimpleDetector.Kind.SEASON && learned < options.seasonality()) {
        leftOut.put(
            kind.title(),
            "%d rows to learn from before the test do not hold the season of %d"
                .formatted(learned, options.seasonality()));
        continue;
      }
      try {
        SimpleDetector simple =
            SimpleDetector.learn(
                kind, past, known, options.columns(), learned, options.seasonality(), quantile);
        detectors.put(kind.title(), simple::detect);
      } catch (DataException e) {
        leftOut.put(
            kind.title(),
            "its threshold needs %d validation rows with a value, but the last %d of the %d rows before the test validate"
                .formatted(Limits.needed(quantile), past.size() - learned, past.size()));
      }
    }
    return leftOut;
  }

  private static AnomalyReport.Method synthetic(
      String name,
      Function<TimeSeries, Detection> detect,
      Detection plain,
      List<SyntheticAnomalies> draws,
      int from) {
    List<DetectionMeasures> measures = new ArrayList<>();
    Map<SyntheticAnomalies.Kind, int[]> found = new TreeMap<>();
    for (SyntheticAnomalies draw : draws) {
      Detection marks = detect.apply(draw.series());
      measures.add(
          DetectionMeasures.of(
              marks.from(from), Arrays.copyOfRange(draw.labels(), from, marks.size())));
      for (SyntheticAnomalies.Event event : draw.events()) {
        int[] counts = found.computeIfAbsent(event.kind(), kind -> new int[2]);
        counts[0] += event.rows().anyMatch(marks::isMarked) ? 1 : 0;
        counts[1]++;
      }
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    found.forEach((kind, counts) -> shares.put(kind.title(), (double) counts[0] / counts[1]));
    return new AnomalyReport.Method(
        name, DetectionMeasures.pooled(measures), share(plain, new boolean[plain.size()]), shares);
  }

  /** How many rows of the past are learned from; the others validate. */
  private static int learned(AnomalyDetector detector, TimeSeries past) {
    double fraction =
        detector.info().training() == null
            ? VALIDATION
            : detector.info().training().validationSplit();
    return past.size() - (int) Math.round(past.size() * fraction);
  }

  /** The fraction of the steps that are not known to be anomalies that is marked. */
  private static double share(Detection marks, boolean[] labels) {
    int[] normal =
        IntStream.range(0, marks.size())
            .filter(row -> !Double.isNaN(marks.score(row)))
            .filter(row -> !labels[row])
            .toArray();
    return normal.length == 0
        ? 0
        : (double) Arrays.stream(normal).filter(marks::isMarked).count() / normal.length;
  }
}
