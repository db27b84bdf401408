package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.compare.Comparison.Outcome;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingProgress;

/** The adding problem or the copy task at one length. */
final class MemoryContest extends PipelineContest<MemoryNetwork.Builder> {

  private final MemoryTask task;
  private final int length;
  private final int steps;

  MemoryContest(MemoryTask task, int length, CompareArchitecturesOptions options) {
    super(options);
    this.task = task;
    this.length = length;
    this.steps = options.steps;
  }

  @Override
  public String title() {
    return (task == MemoryTask.ADDING ? "adding problem, " : "copy task, ") + shortTitle();
  }

  @Override
  public String shortTitle() {
    return length + (task == MemoryTask.ADDING ? " steps" : " blanks");
  }

  @Override
  public String measure() {
    return task.measure();
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public double chance() {
    return task.chance(length);
  }

  @Override
  MemoryNetwork.Builder entry() {
    return MemoryNetwork.builder(task);
  }

  @Override
  Outcome train(MemoryNetwork.Builder entry, TrainingOptions training) {
    MemoryNetwork network = entry.build();
    MemoryNetwork.Errors errors = network.train(length, steps, training, TrainingProgress.SILENT);
    return new Outcome(errors.test(), errors.validation(), network.parameters());
  }
}
