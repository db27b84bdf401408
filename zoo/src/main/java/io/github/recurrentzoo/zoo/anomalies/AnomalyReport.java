package io.github.recurrentzoo.zoo.anomalies;

import io.github.recurrentzoo.zoo.detection.DetectionMeasures;
import io.github.recurrentzoo.zoo.report.JsonTree;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How well a detector marks anomalies in rows that it has not learned from, beside detectors
 * without a network that have the same threshold.
 *
 * @param draws how often anomalies were put into the same rows by rule; 0 for known ones. Counts
 *     are sums over all draws, the area is their mean
 * @param thresholdQuantile the fraction of the validation rows that is not marked
 * @param from the time of the first row
 * @param to the time of the last row
 * @param methods the network first
 * @param leftOut why detectors without a network are missing, by their names: the rows before the
 *     test were too few for them
 */
public record AnomalyReport(
    int draws,
    double thresholdQuantile,
    String from,
    String to,
    List<Method> methods,
    Map<String, String> leftOut) {

  /** Keeps copies of list and map. */
  public AnomalyReport {
    methods = List.copyOf(methods);
    leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
  }

  /**
   * The figures of one detector.
   *
   * @param name what it is
   * @param measures how its marks agree with the anomalies
   * @param normalShare the fraction of normal steps that it marks
   * @param found of each kind of anomalies that were put in, the fraction of the events that it
   *     finds
   */
  public record Method(
      String name, DetectionMeasures measures, double normalShare, Map<String, Double> found) {

    /** Keeps a copy of the map. */
    public Method {
      found = Collections.unmodifiableMap(new TreeMap<>(found));
    }

    Map<String, Object> toMap() {
      return JsonTree.object(
          "name", name,
          "measures", measures.toMap(),
          "normalShare", normalShare,
          "found", found);
    }
  }

  /** Whether the anomalies were put in by rule. */
  public boolean isSynthetic() {
    return draws > 0;
  }

  /** The network. */
  public Method network() {
    return methods.get(0);
  }

  /** Of the others, if there are any, the one with the largest area under precision and recall. */
  public Optional<Method> bestBaseline() {
    return methods.subList(1, methods.size()).stream()
        .max(Comparator.comparingDouble(method -> method.measures().averagePrecision()));
  }

  /** Whether a detector without a network has a larger area under precision and recall. */
  public boolean isWorseThanBaseline() {
    double own = network().measures().averagePrecision();
    return bestBaseline().filter(best -> best.measures().averagePrecision() > own).isPresent();
  }

  /** Whether there is something to find. */
  public boolean hasAnomalies() {
    return network().measures().events() > 0;
  }

  /** All of it as an object of JSON. */
  public Map<String, Object> toMap() {
    return JsonTree.object(
        "anomalies",
        isSynthetic() ? "synthetic" : "labels",
        "draws",
        draws,
        "thresholdQuantile",
        thresholdQuantile,
        "from",
        from,
        "to",
        to,
        "steps",
        steps(),
        "methods",
        methods.stream().map(Method::toMap).toList(),
        "leftOut",
        leftOut);
  }

  /** How many rows of the test were looked at. */
  private int steps() {
    return network().measures().steps() / Math.max(1, draws);
  }

  /** What the figures are of. */
  String about() {
    DetectionMeasures measures = network().measures();
    int times = Math.max(1, draws);
    return String.format(
        Locale.ROOT,
        "%,d steps, %s to %s, %s %d %s of %,d steps%s; of normal steps, %.1f %% are expected to be"
            + " marked",
        steps(),
        from,
        to,
        isSynthetic() ? "into which" : "with",
        measures.events() / times,
        measures.events() / times == 1 ? "event" : "events",
        measures.anomalous() / times,
        isSynthetic() ? " were put by rule, " + draws + " times" : "",
        100 * (1 - thresholdQuantile));
  }

  /** Precision and recall by step and by event. */
  Table figures() {
    Table table =
        new Table()
            .caption(about())
            .head("")
            .right("AUC-PR", "precision", "recall", "F1")
            .right("event precision", "event recall", "event F1", "normal steps marked");
    for (Method method : methods) {
      DetectionMeasures own = method.measures();
      table.row(
          method.name(),
          decimals(own.averagePrecision()),
          decimals(own.precision()),
          decimals(own.recall()),
          decimals(own.f1()),
          decimals(own.eventPrecision()),
          decimals(own.eventRecall()),
          decimals(own.eventF1()),
          String.format(Locale.ROOT, "%.1f %%", 100 * method.normalShare()));
    }
    return table;
  }

  /** Which events are found, by kind. */
  Table kinds() {
    List<String> kinds = List.copyOf(network().found().keySet());
    Table table = new Table().caption("Events found, by kind").head("");
    kinds.forEach(table::right);
    for (Method method : methods) {
      Object[] row = new Object[kinds.size() + 1];
      row[0] = method.name();
      for (int i = 0; i < kinds.size(); i++) {
        row[i + 1] = decimals(method.found().get(kinds.get(i)));
      }
      table.row(row);
    }
    return table;
  }

  private static String decimals(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** Which detectors are missing, and why; empty if none is. */
  List<String> missing() {
    return leftOut.entrySet().stream()
        .map(each -> "The %s is left out: %s.".formatted(each.getKey(), each.getValue()))
        .toList();
  }

  /** What to try where a baseline is better. */
  String worse() {
    Method best = bestBaseline().orElseThrow();
    return String.format(
        Locale.ROOT,
        "The network is worse than the %s: an area under precision and recall of %.3f, not %.3f."
            + " Try more epochs, another window or code size, or calendar features; or take the"
            + " simpler detector.",
        best.name(),
        network().measures().averagePrecision(),
        best.measures().averagePrecision());
  }

  /** Tables for people to read. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(figures().text());
    if (!network().found().isEmpty()) {
      text.append('\n').append(kinds().text());
    }
    missing().forEach(line -> text.append('\n').append(line).append('\n'));
    if (isWorseThanBaseline()) {
      text.append('\n').append(worse()).append('\n');
    }
    return text.toString().stripTrailing();
  }
}
