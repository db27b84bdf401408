package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.Freeze;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of the command line that say how a model is fine-tuned, the same for each task. */
public final class FineTuneArguments {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Option(
      names = "--freeze",
      paramLabel = "WHAT",
      defaultValue = "nothing",
      converter = FreezeConverter.class,
      description = "Layers to freeze: nothing, embedding, all-but-head " + DEFAULT + ".")
  public Freeze freeze;

  @Option(
      names = "--head-factor",
      paramLabel = "X",
      defaultValue = "1",
      description = "Learning rate of the output layer relative to the others " + DEFAULT + ".")
  double headFactor;

  /** The options of a run without arguments. */
  public FineTuneArguments() {}

  /**
   * How to fine-tune.
   *
   * @param training the learning rate
   * @param loop epochs, batches, validation and seed
   */
  public FineTuneOptions options(TrainingArguments training, TrainingOptions loop) {
    TrainingArguments.positive("--learning-rate", training.learningRate);
    TrainingArguments.fraction("--learning-rate-decay", training.learningRateDecay);
    TrainingArguments.positive("--head-factor", headFactor);
    return FineTuneOptions.builder()
        .freeze(freeze)
        .learningRate(training.learningRate)
        .learningRateDecay(training.learningRateDecay)
        .headFactor(headFactor)
        .training(loop)
        .build();
  }

  /** Takes all-but-head and ALL_BUT_HEAD alike. */
  static final class FreezeConverter implements ITypeConverter<Freeze> {
    @Override
    public Freeze convert(String value) {
      for (Freeze freeze : Freeze.values()) {
        if (freeze.name().equalsIgnoreCase(value.replace('-', '_'))) {
          return freeze;
        }
      }
      throw new TypeConversionException(
          "expected nothing, embedding or all-but-head, but was '" + value + "'");
    }
  }
}
