package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.compare.Comparison.Line;
import io.github.recurrentzoo.cli.compare.Comparison.Result;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.ReportSection;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A comparison of architectures on a page.
 *
 * @param results one for each contest
 * @param options of the comparison
 */
record ComparisonPart(List<Result> results, CompareArchitecturesOptions options)
    implements ReportPart {

  @Override
  public String task() {
    return "comparison";
  }

  @Override
  public Map<String, String> headline() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("architectures", Integer.toString(results.get(0).lines().size()));
    figures.put("contests", Integer.toString(results.size()));
    figures.put("trainings of each", Integer.toString(options.seeds));
    return figures;
  }

  /** The best of each contest; of trainings that all diverged there is none. */
  private static Optional<Line> best(Result result) {
    double sign = result.contest().higherIsBetter() ? -1 : 1;
    return result.lines().stream()
        .filter(line -> Double.isFinite(line.mean()))
        .min(Comparator.comparingDouble(line -> sign * line.mean()));
  }

  @Override
  public String verdict() {
    return results.stream()
            .map(
                result ->
                    best(result)
                        .map(
                            line ->
                                "%s: %s has the best mean, %s"
                                    .formatted(
                                        result.contest().shortTitle(),
                                        line.architecture().label(),
                                        Table.number(line.mean())))
                        .orElse(result.contest().shortTitle() + ": all trainings diverged"))
            .collect(Collectors.joining("; "))
        + ".";
  }

  @Override
  public Map<String, Object> toMap() {
    return ComparisonJson.of(options.task.name(), results, Optional.empty());
  }

  @Override
  public List<ReportSection> sections() {
    List<ReportSection> sections = new ArrayList<>();
    ComparisonPicture picture = new ComparisonPicture(results, options);
    sections.add(new ReportSection("All trainings").chart(picture.chart()).chart(picture.narrow()));
    for (Result result : results) {
      sections.add(
          new ReportSection(CompareArchitectures.capitalised(result.contest().title()))
              .table(
                  CompareArchitectures.table(result)
                      .caption(
                          "%s by architecture, the best mean first"
                              .formatted(
                                  CompareArchitectures.capitalised(result.contest().measure())))));
    }
    return sections;
  }
}
