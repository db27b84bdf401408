package io.github.recurrentzoo.cli.console;

import io.github.recurrentzoo.zoo.data.RecurrentZooException;
import io.github.recurrentzoo.zoo.internal.SafeText;
import io.github.recurrentzoo.zoo.internal.Terminal;
import io.github.recurrentzoo.zoo.training.TrainingStoppedException;
import java.io.FileDescriptor;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.factory.Nd4jBackend;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What all commands have in common: options, help, messages and exit codes. */
public final class CommandLineProgram {

  /** All went well. */
  public static final int OK = 0;

  /** Something unexpected: a fault of the program, or of the machine. */
  public static final int UNEXPECTED = 1;

  /** Something that the user gave cannot be used. */
  public static final int BAD_INPUT = 2;

  /** Ctrl-C, as shells tell it. */
  public static final int INTERRUPTED = Interrupts.EXIT_CODE;

  /** The line of a help that tells them. */
  public static final String EXIT_CODES =
      "Exit codes: 0 success, 2 invalid options or input, 1 unexpected error, 130 Ctrl-C.";

  /**
   * The work of a program.
   *
   * @param <O> its options
   */
  @FunctionalInterface
  public interface Work<O> {
    /**
     * Does it.
     *
     * @param options what the command line says
     * @param out where to print what is for people
     * @throws Exception if it cannot be done
     */
    void run(O options, PrintStream out) throws Exception;
  }

  private final ConsoleStream out;
  private final ConsoleStream err;

  /**
   * Makes a program.
   *
   * @param out standard output
   * @param err standard error
   */
  public CommandLineProgram(PrintStream out, PrintStream err) {
    this.out = ConsoleStream.to(out);
    this.err = ConsoleStream.to(err);
  }

  /** A program on the console. */
  public static CommandLineProgram console() {
    return new CommandLineProgram(
        ConsoleStream.of(FileDescriptor.out), ConsoleStream.of(FileDescriptor.err));
  }

  /** What is done with the command that was named. */
  @FunctionalInterface
  public interface Action {
    /**
     * Does it.
     *
     * @param command the innermost command that was named
     * @throws Exception if it cannot be done; {@link ParameterException} if arguments are missing
     */
    void run(CommandLine command) throws Exception;
  }

  /**
   * Runs the command that the arguments name.
   *
   * @param parser knows all commands
   * @param action what is done with the one that is named, but for help
   * @param args the command line
   * @return the exit code
   */
  public int run(CommandLine parser, Action action, String... args) {
    parser
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setColorScheme(Help.defaultColorScheme(Terminal.isInteractive() ? Ansi.AUTO : Ansi.OFF));
    try {
      parser.parseArgs(args);
      CommandLine command = named(parser);
      if (command.isUsageHelpRequested()) {
        command.usage(command.getOut());
        return OK;
      }
      if (command.isVersionHelpRequested()) {
        command.printVersionHelp(command.getOut());
        return OK;
      }
      action.run(command);
      if (out.checkError()) {
        throw new LostOutputException();
      }
      return OK;
    } catch (ParameterException e) {
      complain(e.getMessage());
      if (!UnmatchedArgumentException.printSuggestions(e, e.getCommandLine().getErr())) {
        err.println(
            e.getCommandLine().getSubcommands().isEmpty()
                ? "--help lists the options."
                : "--help lists the commands.");
      }
      return BAD_INPUT;
    } catch (TrainingStoppedException e) {
      out.flush();
      err.println(SafeText.message(e.getMessage()));
      err.println("Go on with:");
      err.println("  " + resuming(parser.getCommandSpec()));
      return INTERRUPTED;
    } catch (RecurrentZooException | BadOptionException e) {
      complain(OptionNames.inMessage(e.getMessage(), named(parser).getCommandSpec()));
      return BAD_INPUT;
    } catch (AlreadyFinishedException e) {
      out.flush();
      err.println(SafeText.message(e.getMessage()));
      return OK;
    } catch (LostOutputException e) {
      if (out.isClosedByReader()) {
        return OK; // "| head" has seen enough
      }
      complain(e.getMessage());
      return UNEXPECTED;
    } catch (PresetMissedException e) {
      complain(e.getMessage());
      return UNEXPECTED;
    } catch (LinkageError | Nd4jBackend.NoAvailableBackendException e) {
      complain(NativeLibraries.cannotLoad(e));
      return UNEXPECTED;
    } catch (OutOfMemoryError e) {
      complain(
          "Java ran out of memory (%d MB of heap). Give it more, such as 4 GB by setting the environment variable %s=-Xmx4g, or use fewer or shorter rows."
              .formatted(Runtime.getRuntime().maxMemory() >> 20, Wording.JAVA_OPTIONS));
      return UNEXPECTED;
    } catch (Exception e) {
      err.println("This is a bug; please report it with the lines below.");
      e.printStackTrace(err);
      return UNEXPECTED;
    }
  }

  /** The command that goes on with the training of a command line. */
  private String resuming(CommandSpec root) {
    List<String> args = root.commandLine().getParseResult().originalArgs();
    return Wording.command(root, args.contains("--resume") ? List.of() : List.of("--resume"));
  }

  private static CommandLine named(CommandLine parser) {
    CommandLine command = parser;
    while (command.getParseResult().hasSubcommand()) {
      command = command.getParseResult().subcommand().commandSpec().commandLine();
    }
    return command;
  }

  /**
   * Where a command prints what is for people: to standard output, or to standard error where
   * standard output is for JSON or a table.
   *
   * @param command after its arguments were parsed
   */
  public PrintStream textOf(CommandLine command) {
    ConsoleArguments console = consoleOf(command.getCommandSpec());
    if (console == null) {
      return out;
    }
    console.documents(out);
    return console.printsDocument() ? err : out;
  }

  /** Options of a command as these arguments and the defaults give them. */
  public static <O> O parsed(O options, String... args) {
    parser(options, args).parseArgs(args);
    return options;
  }

  /** A parser of options that knows the defaults for these arguments. */
  public static CommandLine parser(Object options, String... args) {
    return command(options, "", args);
  }

  /**
   * A parser of options that knows the defaults for these arguments.
   *
   * @param options with picocli's annotations
   * @param name of the command, with those above it
   * @param args the command line
   */
  public static CommandLine command(Object options, String name, String... args) {
    CommandLine parser =
        new CommandLine(options)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true);
    if (options instanceof Defaults.Provider provider) {
      Defaults defaults = provider.defaults(args);
      parser.setDefaultValueProvider(defaults);
      explain(defaults, parser.getCommandSpec());
    }
    if (options instanceof WithoutTeacher) {
      hide(parser.getCommandSpec(), "--teacher-forcing", "--teacher-forcing-decay");
    }
    if (options instanceof ForOneSeries) {
      hide(parser.getCommandSpec(), "--series-column");
      describe(parser.getCommandSpec(), "--dataset", ForOneSeries.DATASETS);
    }
    UsageMessageSpec usage = parser.getCommandSpec().usageMessage();
    usage.footer(Wording.expand(name, usage.footer()));
    return parser;
  }

  /** Leaves options out of the help. */
  private static void hide(CommandSpec command, String... names) {
    for (String name : names) {
      OptionSpec shown = command.findOption(name);
      command.remove(shown);
      command.addOption(OptionSpec.builder(shown).hidden(true).build());
    }
  }

  private static void describe(CommandSpec command, String name, String description) {
    OptionSpec shown = command.findOption(name);
    command.remove(shown);
    command.addOption(OptionSpec.builder(shown).description(description).build());
  }

  private static ConsoleArguments consoleOf(CommandSpec command) {
    return command.mixins().values().stream()
        .map(CommandSpec::userObject)
        .filter(ConsoleArguments.class::isInstance)
        .map(ConsoleArguments.class::cast)
        .findFirst()
        .orElse(null);
  }

  private static void explain(Defaults defaults, CommandSpec command) {
    UsageMessageSpec usage = command.usageMessage();
    List<String> lines = new ArrayList<>();
    defaults
        .differencesOfRecurrences(command)
        .forEach(
            (recurrence, values) ->
                lines.add(
                    "Defaults with --recurrence %s: %s."
                        .formatted(RecurrenceConverter.name(recurrence), values)));
    String ofFiles = defaults.differencesOfFiles(command);
    if (!ofFiles.isEmpty()) {
      lines.add("Defaults with --data: %s.".formatted(ofFiles));
    }
    if (!lines.isEmpty()) {
      lines.add(0, "");
      lines.addAll(List.of(usage.footer()));
      usage.footer(lines.toArray(String[]::new));
    }
  }

  private void complain(String message) {
    out.flush();
    err.println("Error: " + SafeText.message(message));
  }
}
