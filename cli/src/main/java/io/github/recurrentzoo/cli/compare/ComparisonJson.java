package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.compare.Comparison.Line;
import io.github.recurrentzoo.cli.compare.Comparison.Result;
import io.github.recurrentzoo.zoo.report.JsonTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code compare --json} prints; docs/command-line.md lists the fields. */
final class ComparisonJson {
  private ComparisonJson() {}

  public static Map<String, Object> of(String task, List<Result> tables, Optional<Path> picture) {
    return JsonTree.object(
        "task", task,
        "contests",
            tables.stream()
                .map(
                    table ->
                        JsonTree.object(
                            "title", table.contest().title(),
                            "measure", table.contest().measure(),
                            "higherIsBetter", table.contest().higherIsBetter(),
                            "withoutLearning", table.contest().chance(),
                            "architectures",
                                table.lines().stream().map(ComparisonJson::of).toList()))
                .toList(),
        "picture", picture.map(Path::toString).orElse(null));
  }

  private static Map<String, Object> of(Line line) {
    return JsonTree.object(
        "architecture", line.architecture().label(),
        "units", line.hiddenSize(),
        "parameters", line.parameters(),
        "learningRate", line.learningRate(),
        "scores", line.scores(),
        "mean", line.mean(),
        "deviation", line.deviation(),
        "seconds", line.time().toMillis() / 1000.0);
  }
}
