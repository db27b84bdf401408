package io.github.recurrentzoo.cli.command.generation;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.option.FineTuneArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link FineTuneGenerator}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Fine-tunes a text generator on another text, with new characters; reports bits per character before and after, saves it, and prints a sample.",
      "Without --model: definitions-lstm, trained on the definitions of WordNet.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --data novel.txt",
      "{} --model models/novel-lstm --data letters.txt --freeze embedding",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class FineTuneGeneratorOptions implements Defaults.Provider {

  static final String PRESET = "definitions-lstm";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "Text file in UTF-8 with the training data; its end is held out as test set. Or a folder"
              + " of text files (.txt): each is a document, and whole ones are held out.")
  Path data;

  @Mixin SplitArguments split = new SplitArguments();

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin WritingArguments writing = new WritingArguments();

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin FineTuneArguments tuning = new FineTuneArguments();

  @Mixin TrainingArguments training = new TrainingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No text yet. */
  public FineTuneGeneratorOptions() {}

  @Override
  public Defaults defaults() {
    return new Defaults()
        .both("epochs", 30)
        .both("batchSize", 16)
        .both("testSplit", 0.05)
        .both("validationSplit", GenerateText.VALIDATION_FRACTION)
        .both("learningRate", 0.005)
        .both("learningRateDecay", 0.9);
  }

  /** How to fine-tune; refuses what cannot be. */
  FineTuneOptions tuning() {
    if (data == null) {
      throw new BadOptionException("There is no training data. Give a text file with --data.");
    }
    split.check(data, console);
    return tuning.options(training, training.optionsWithValidation(split.validationSplit));
  }
}
