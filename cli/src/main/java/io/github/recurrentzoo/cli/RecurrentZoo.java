package io.github.recurrentzoo.cli;

import io.github.recurrentzoo.cli.console.CommandLineProgram;
import java.util.Arrays;
import java.util.Locale;
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
    // Numbers in all texts as the documentation has them, and as programs read them.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(run(CommandLineProgram.console(), args));
  }

  /** Runs a command and returns its exit code. */
  static int run(CommandLineProgram program, String... typed) {
    String[] args = helpAsOption(typed);
    Commands commands = Commands.of(args);
    return program.run(commands.root(), command -> run(program, commands, command), args);
  }

  /** {@code help train text} means {@code train text --help}. */
  private static String[] helpAsOption(String... typed) {
    if (typed.length == 0 || !typed[0].equals("help")) {
      return typed;
    }
    String[] args = Arrays.copyOfRange(typed, 1, typed.length + 1);
    args[args.length - 1] = "--help";
    return args;
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
