package io.github.recurrentzoo.cli.command.generation;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.ModelArgument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options of {@link WriteText}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Generates text with a saved or pretrained model, character by character or word by word.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{} --model definitions-lstm",
      "{} --model definitions-lstm --prompt 'a small bird' --length 300",
      "{} --model definitions-lstm --temperature 0.5 --sample-seed 7",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class WriteTextOptions {

  @Mixin ModelArgument model = new ModelArgument();

  @Mixin WritingArguments writing = new WritingArguments();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** No model yet. */
  public WriteTextOptions() {}
}
