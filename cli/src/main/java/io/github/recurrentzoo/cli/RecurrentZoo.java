package io.github.recurrentzoo.cli;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The launcher's main class. */
public final class RecurrentZoo {

  private RecurrentZoo() {}

  /**
   * Runs the command that the arguments name; {@code --help} lists the commands.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(run(CommandLineProgram.console(), args));
  }

  /** Runs a command and returns its exit code. */
  static int run(CommandLineProgram program, String... args) {
    Commands commands = Commands.of(args);
    return program.run(commands.root(), command -> run(program, commands, command), args);
  }

  private static void run(CommandLineProgram program, Commands commands, CommandLine command)
      throws Exception {
    Object options = command.getCommandSpec().userObject();
    if (options instanceof RootOptions) {
      command.usage(command.getOut());
    } else if (options instanceof CompletionOptions) {
      command.getOut().println(Completion.script());
    } else if (!command.getSubcommands().isEmpty()) {
      throw new ParameterException(
          command,
          "%s what? Expected one of %s."
              .formatted(
                  command.getCommandSpec().qualifiedName(),
                  String.join(", ", command.getSubcommands().keySet())));
    } else {
      commands.run(command, program.textOf(command));
    }
  }
}
