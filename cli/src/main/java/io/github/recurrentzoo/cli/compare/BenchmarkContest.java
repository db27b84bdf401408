package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.command.BenchmarkData;
import io.github.recurrentzoo.cli.compare.Comparison.Outcome;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.preset.Recipes;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;

/** One of the zoo's own data sets. */
final class BenchmarkContest<B extends NetworkOptions<B>, P extends Pipeline>
    extends PipelineContest<B> {

  private final BenchmarkData<B, P> data;
  private final String recipe;

  BenchmarkContest(BenchmarkData<B, P> data, String recipe, CompareArchitecturesOptions options) {
    super(options);
    this.data = data;
    this.recipe = recipe;
  }

  @Override
  public String title() {
    return data.title();
  }

  @Override
  public String shortTitle() {
    return data.shortTitle();
  }

  @Override
  public String measure() {
    return data.measure();
  }

  @Override
  public boolean higherIsBetter() {
    return data.higherIsBetter();
  }

  @Override
  public double chance() {
    return data.chance();
  }

  @Override
  double validationSplit() {
    return data.validationSplit();
  }

  /** What no option of the comparison sets is as in the recipe of an LSTM. */
  @Override
  B entry() {
    return data.sized(
        data.network().recipe(Recipes.get(recipe, data.type().task(), Recurrence.LSTM.name())));
  }

  @Override
  Outcome train(B entry, TrainingOptions training) {
    P model = data.train(entry, training, TrainingRun.SILENT);
    return new Outcome(data.score(model), model.provenance().validationLoss(), model.parameters());
  }
}
