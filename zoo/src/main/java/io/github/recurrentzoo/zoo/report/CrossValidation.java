package io.github.recurrentzoo.zoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How good models are that were trained on all folds of the rows but one, each measured on that
 * one. Each row is tested once, by a model that has not learned from it.
 *
 * @param folds one for each model, two at least
 */
public record CrossValidation(List<Fold> folds) {

  /** Keeps a copy of the list. */
  public CrossValidation {
    folds = List.copyOf(folds);
  }

  /**
   * One model on the rows that it has not learned from.
   *
   * @param rows how many there are
   * @param right how many of them are answered rightly
   * @param figures its figures by name ({@link ReportPart#figures}), the fraction that is right
   *     first
   */
  public record Fold(int rows, int right, Map<String, Double> figures) {}

  /** The mean of a figure over the folds. */
  public double mean(String figure) {
    return folds.stream().mapToDouble(fold -> fold.figures().get(figure)).average().orElseThrow();
  }

  /** The sample standard deviation of a figure over the folds: how much it varies with the rows. */
  public double deviation(String figure) {
    double mean = mean(figure);
    double squares =
        folds.stream().mapToDouble(f -> Math.pow(f.figures().get(figure) - mean, 2)).sum();
    return Math.sqrt(squares / (folds.size() - 1));
  }

  /** The number of rows of all folds. */
  public int rows() {
    return folds.stream().mapToInt(Fold::rows).sum();
  }

  /** How many of them are answered rightly. */
  public int right() {
    return folds.stream().mapToInt(Fold::right).sum();
  }

  /** Wilson's interval of the fraction that is right, from all rows together. */
  public Interval interval() {
    return Interval.wilson((double) right() / rows(), rows());
  }

  private List<String> names() {
    return List.copyOf(folds.get(0).figures().keySet());
  }

  /**
   * All of it as an object of JSON: {@code rows}, {@code right}, {@code interval} (lower and upper
   * end), {@code figures} with {@code name}, {@code mean}, {@code deviation} and {@code folds}.
   */
  public Map<String, Object> toMap() {
    List<Object> figures = new ArrayList<>();
    for (String name : names()) {
      figures.add(
          JsonTree.object(
              "name", name,
              "mean", mean(name),
              "deviation", deviation(name),
              "folds", folds.stream().map(fold -> fold.figures().get(name)).toList()));
    }
    return JsonTree.object(
        "rows", rows(),
        "right", right(),
        "interval", List.of(interval().lower(), interval().upper()),
        "figures", figures);
  }

  /** On one line, such as "5 folds: accuracy 0.8100 ± 0.0200". */
  public String inWords() {
    return names().stream()
        .map(name -> name + " " + number(mean(name)) + " ± " + number(deviation(name)))
        .collect(
            Collectors.joining(", ", folds.size() + " folds, mean ± standard deviation: ", ""));
  }

  /** A table for people to read. */
  @Override
  public String toString() {
    Table table = new Table().head("").right("mean", "deviation", "lowest", "highest");
    for (String name : names()) {
      double[] values = folds.stream().mapToDouble(f -> f.figures().get(name)).sorted().toArray();
      table.row(
          name,
          number(mean(name)),
          number(deviation(name)),
          number(values[0]),
          number(values[values.length - 1]));
    }
    return table.text()
        + String.format(
            Locale.ROOT,
            "All folds together: %,d of %,d rows right, %s; 95 %% interval %s to %s (Wilson).%n",
            right(),
            rows(),
            number((double) right() / rows()),
            number(interval().lower()),
            number(interval().upper()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
