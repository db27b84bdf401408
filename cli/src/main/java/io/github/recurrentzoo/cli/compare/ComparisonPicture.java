package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.compare.Comparison.Architecture;
import io.github.recurrentzoo.cli.compare.Comparison.Contest;
import io.github.recurrentzoo.cli.compare.Comparison.Result;
import io.github.recurrentzoo.zoo.report.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws a comparison: a dot for each training, so that the spread is seen, and a line through the
 * means of each architecture.
 *
 * @param tables one for each contest, from left to right
 * @param options of the comparison
 */
record ComparisonPicture(List<Result> tables, CompareArchitecturesOptions options) {
  /** How far the architectures are drawn beside each other. */
  private static final double SIDE_STEP = 0.06;

  /** For wide screens and files. */
  LineChart chart() {
    return draw().wide();
  }

  /** The same for narrow screens. */
  LineChart narrow() {
    return draw().narrow();
  }

  private LineChart draw() {
    Contest contest = tables.get(0).contest();
    LineChart chart =
        new LineChart(
                CompareArchitectures.capitalised(options.task.title()),
                "",
                contest.measure() + (contest.higherIsBetter() ? "" : " (less is better)"))
            .subtitle(
                String.format(
                    Locale.ROOT,
                    "About %,d parameters each, at most %d epochs; a dot for each of %d seeds, a"
                        + " line through the means",
                    tables.get(0).lines().get(0).parameters(),
                    options.training.epochs,
                    options.seeds))
            .description(description())
            .categories(tables.stream().map(table -> table.contest().shortTitle()).toList());
    if (options.task.logarithmic()) {
      chart.logarithmic();
    }
    int style = 0;
    for (Architecture architecture : options.architectures()) {
      add(chart, architecture, style++);
    }
    if (!Double.isNaN(contest.chance())) {
      withoutLearning(chart);
    }
    return chart;
  }

  /** Trainings that diverged have no score and are left out. */
  private void add(LineChart chart, Architecture architecture, int style) {
    double aside = SIDE_STEP * style;
    List<double[]> dots = new ArrayList<>();
    double[] x = new double[tables.size()];
    double[] means = new double[tables.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = i + aside;
      means[i] = tables.get(i).of(architecture).mean();
      for (double score : tables.get(i).of(architecture).scores()) {
        dots.add(new double[] {x[i], score});
      }
    }
    chart.dots(
        architecture.label(),
        style,
        dots.stream().mapToDouble(dot -> dot[0]).toArray(),
        dots.stream().mapToDouble(dot -> dot[1]).toArray());
    chart.line(architecture.label(), style, x, means);
  }

  private void withoutLearning(LineChart chart) {
    int last = tables.size() - 1;
    double[] x = new double[tables.size() + 2];
    double[] levels = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int contest = Math.max(0, Math.min(i - 1, last));
      x[i] = i == 0 ? -0.4 : i > last + 1 ? last + 0.6 : contest;
      levels[i] = tables.get(contest).contest().chance();
    }
    chart.reference("without learning", LineChart.INK, x, levels);
  }

  private String description() {
    return tables.stream()
        .map(
            table ->
                table.contest().shortTitle()
                    + ": "
                    + table.lines().stream()
                        .map(
                            line ->
                                String.format(
                                    Locale.ROOT,
                                    "%s %.4g",
                                    line.architecture().label(),
                                    line.mean()))
                        .collect(Collectors.joining(", ")))
        .collect(Collectors.joining("; "));
  }
}
