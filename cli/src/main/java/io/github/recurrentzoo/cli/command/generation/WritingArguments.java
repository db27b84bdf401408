package io.github.recurrentzoo.cli.command.generation;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import picocli.CommandLine.Option;

/** The options of the command line that say what a network is to write. */
public final class WritingArguments {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Beginning of the text (default: a new line).")
  String prompt;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "500",
      description = "Number of characters to generate; a word is not cut " + DEFAULT + ".")
  int length;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      defaultValue = "0.8",
      description =
          "Sampling temperature; 0 always takes the most probable character or word "
              + DEFAULT
              + ".")
  double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Sample from the N most probable characters or words only; 0 for all " + DEFAULT + ".")
  int topK;

  @Option(
      names = "--top-p",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "Nucleus sampling: sample from the most probable characters or words, as few as have a probability"
              + " of X together; 1 for all "
              + DEFAULT
              + ".")
  double topP;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "Make what was written less probable: p becomes proportional to p^X; 1.1 to 1.3 for words, 1"
              + " for no penalty "
              + DEFAULT
              + ".")
  double repetitionPenalty;

  @Option(
      names = "--sample-seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Random seed of the sampling " + DEFAULT + ".")
  long sampleSeed;

  /** The options of a run without arguments. */
  public WritingArguments() {}

  GenerationOptions options() {
    TrainingChecks.range("--length", length, 0, 100_000_000);
    TrainingChecks.range("--top-k", topK, 0, 1_114_112);
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new BadOptionException(
          "--temperature must be 0 or a positive number, but is " + temperature + ".");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new BadOptionException("--top-p must be above 0 and at most 1, but is " + topP + ".");
    }
    if (!(repetitionPenalty >= 1 && repetitionPenalty < Double.POSITIVE_INFINITY)) {
      throw new BadOptionException(
          "--repetition-penalty must be 1 or more, but is " + repetitionPenalty + ".");
    }
    if (prompt.indexOf('\uFFFD') >= 0) {
      throw new BadOptionException(
          "The prompt \"%s\" lost characters on its way here, since the terminal's locale is not UTF-8. Set one, such as LC_ALL=C.UTF-8."
              .formatted(prompt));
    }
    return options(length, temperature);
  }

  /** The same with another length and temperature. */
  GenerationOptions options(int newLength, double newTemperature) {
    return GenerationOptions.builder()
        .length(newLength)
        .temperature(newTemperature)
        .topK(topK)
        .topP(topP)
        .repetitionPenalty(repetitionPenalty)
        .seed(sampleSeed)
        .build();
  }
}
