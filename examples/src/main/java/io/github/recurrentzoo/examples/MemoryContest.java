package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.examples.Comparison.Architecture;
import io.github.recurrentzoo.examples.Comparison.Contest;
import io.github.recurrentzoo.examples.Comparison.Contestant;
import io.github.recurrentzoo.examples.Comparison.Outcome;
import io.github.recurrentzoo.zoo.MemoryNetwork;
import io.github.recurrentzoo.zoo.MemoryTask;
import io.github.recurrentzoo.zoo.TrainingProgress;
import java.util.List;

/** The adding problem or the copy task at one length. */
record MemoryContest(MemoryTask task, int length, CompareArchitecturesOptions options)
    implements Contest {

  @Override
  public String title() {
    return task == MemoryTask.ADDING
        ? "adding problem, %d steps".formatted(length)
        : "copy task, %d blanks".formatted(length);
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
  public long parameters(Architecture architecture, int hiddenSize) {
    return builder(architecture, hiddenSize).build().parameters();
  }

  private MemoryNetwork.Builder builder(Architecture architecture, int hiddenSize) {
    return architecture.apply(options.network.applyShape(MemoryNetwork.builder(task)), hiddenSize);
  }

  /** The last epoch counts, not the best one: the test rows choose nothing. */
  @Override
  public Outcome train(Contestant contestant) {
    List<Double> errors =
        options
            .training
            .apply(
                builder(contestant.architecture(), contestant.hiddenSize()),
                contestant.learningRate(),
                contestant.seed())
            .build()
            .train(
                length,
                options.steps,
                options.training.options(contestant.seed()),
                TrainingProgress.SILENT);
    double last = errors.get(errors.size() - 1);
    return new Outcome(last, last);
  }
}
