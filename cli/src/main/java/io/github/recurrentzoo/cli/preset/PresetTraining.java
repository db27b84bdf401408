package io.github.recurrentzoo.cli.preset;

import io.github.recurrentzoo.cli.command.BenchmarkData;
import io.github.recurrentzoo.cli.task.Tasks;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.preset.Recipes;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * How a preset is trained and measured: by its recipe, on the data that the recipe is for, and on
 * the part of that data which the task's own command keeps for its report.
 *
 * @param seed of the training, and of the held-out part
 */
record PresetTraining<B extends NetworkOptions<B>, P extends Pipeline>(
    Recipe recipe, long seed, BenchmarkData<B, P> data) {

  /** The recipe that a preset names, for its recurrence. */
  static Recipe recipe(Preset preset) {
    return Recipes.get(preset.recipe(), preset.task(), Recurrence.of(preset.architecture()).name());
  }

  /**
   * The training by a recipe.
   *
   * @param seed of the training, and of the held-out part
   */
  static PresetTraining<?, ?> of(Recipe recipe, long seed) {
    BenchmarkData<?, ?> data =
        Tasks.benchmarks().stream()
            .filter(benchmark -> benchmark.recipe().equals(recipe.name()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The recipe %s is for no data of the zoo, so that no preset can be trained by it."
                            .formatted(recipe.name())))
            .data()
            .apply(seed);
    return new PresetTraining<>(recipe, seed, data);
  }

  /** Trains, with progress on the console, and saves the model. */
  void train(Path model, PrintStream out) {
    out.printf("Training by the recipe %s for %s.%n", recipe.name(), recipe.recurrence());
    TrainingOptions training = TrainingOptions.builder().recipe(recipe).seed(seed).build();
    try (ConsoleProgress progress = ConsoleProgress.on(out)) {
      data.train(data.network().recipe(recipe).seed(seed), training, TrainingRun.of(progress))
          .save(model);
    }
  }

  /** The measures of a saved model on the held-out part, the preset's metric first. */
  List<Metric> measure(Path model) {
    return data.metrics(data.type().load(model));
  }

  /** A line for people. */
  static String inWords(List<Metric> metrics) {
    return String.join(
        ", ",
        metrics.stream()
            .map(metric -> metric.name() + " " + PresetPage.number(metric.value()))
            .toList());
  }
}
