package io.github.recurrentzoo.cli.task;

import io.github.recurrentzoo.cli.command.Benchmark;
import io.github.recurrentzoo.cli.command.TaskCommands;
import io.github.recurrentzoo.cli.command.anomalies.AnomalyCommands;
import io.github.recurrentzoo.cli.command.classification.ClassificationCommands;
import io.github.recurrentzoo.cli.command.forecasting.ForecastingCommands;
import io.github.recurrentzoo.cli.command.generation.GenerationCommands;
import io.github.recurrentzoo.cli.command.sequences.SequenceCommands;
import io.github.recurrentzoo.cli.command.tagging.TaggingCommands;
import io.github.recurrentzoo.cli.command.translation.TranslationCommands;
import java.util.List;

/** The tasks of the command line: one line for each. */
public final class Tasks {

  public static final List<TaskCommands> ALL =
      List.of(
          new ClassificationCommands(),
          new ForecastingCommands(),
          new GenerationCommands(),
          new TranslationCommands(),
          new TaggingCommands(),
          new SequenceCommands(),
          new AnomalyCommands());

  private Tasks() {}

  /** The data sets of all tasks. */
  public static List<Benchmark> benchmarks() {
    return ALL.stream().flatMap(task -> task.benchmarks().stream()).toList();
  }
}
