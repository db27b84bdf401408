package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.TrainingDivergedException;
import io.github.recurrentzoo.zoo.chart.ChartException;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.io.FileDescriptor;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What the examples' command lines have in common: options, help, messages and exit codes.
 *
 * @param <O> the options, with picocli's annotations
 */
final class CommandLineProgram<O> {

  /** All went well. */
  static final int OK = 0;

  /** Something unexpected: a fault of the program, or of the machine. */
  static final int UNEXPECTED = 1;

  /** Something that the user gave cannot be used. */
  static final int BAD_INPUT = 2;

  /**
   * The work of a program.
   *
   * @param <O> its options
   */
  @FunctionalInterface
  interface Work<O> {
    void run(O options, PrintStream out) throws Exception;
  }

  private final O options;
  private final Work<O> work;
  private final PrintStream out;
  private final PrintStream err;

  CommandLineProgram(O options, Work<O> work, PrintStream out, PrintStream err) {
    this.options = options;
    this.work = work;
    this.out = out;
    this.err = err;
  }

  /** Runs a program on the console and ends the Java process with its exit code. */
  static <O> void exit(O options, Work<O> work, String[] args) {
    PrintStream out = Terminal.stream(FileDescriptor.out);
    PrintStream err = Terminal.stream(FileDescriptor.err);
    System.exit(new CommandLineProgram<>(options, work, out, err).run(args));
  }

  /** Runs the program and returns its exit code. */
  int run(String... args) {
    CommandLine commandLine =
        parser(options, args)
            .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    try {
      commandLine.parseArgs(args);
      if (commandLine.isUsageHelpRequested()) {
        commandLine.usage(commandLine.getOut());
        return OK;
      }
      work.run(options, out);
      return OK;
    } catch (ParameterException e) {
      complain(e.getMessage());
      if (!UnmatchedArgumentException.printSuggestions(e, commandLine.getErr())) {
        err.println("--help lists the options.");
      }
      return BAD_INPUT;
    } catch (ChartException
        | DataException
        | ModelFileException
        | BadOptionException
        | TrainingDivergedException e) {
      complain(e.getMessage());
      return BAD_INPUT;
    } catch (OutOfMemoryError e) {
      complain(
          "Java ran out of memory (%d MB of heap). Give it more, such as 4 GB by setting the environment variable MAVEN_OPTS=-Xmx4g, or use fewer or shorter rows."
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
      return UNEXPECTED;
    } catch (Exception e) {
      err.println("This should not have happened; please report it with the lines below.");
      e.printStackTrace(err);
      return UNEXPECTED;
    }
  }

  /** A parser of the options that knows the defaults for these arguments. */
  static CommandLine parser(Object options, String... args) {
    CommandLine parser =
        new CommandLine(options)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true);
    if (options instanceof Defaults.Provider provider) {
      Defaults defaults = provider.defaults(args);
      parser.setDefaultValueProvider(defaults);
      explain(defaults, parser.getCommandSpec().usageMessage());
    }
    return parser;
  }

  private static void explain(Defaults defaults, UsageMessageSpec usage) {
    List<String> lines = new ArrayList<>();
    defaults
        .differencesOfRecurrences()
        .forEach(
            (recurrence, values) ->
                lines.add(
                    "Defaults with --recurrence %s: %s."
                        .formatted(NetworkArguments.name(recurrence), values)));
    if (!defaults.differencesOfFiles().isEmpty()) {
      lines.add("Defaults with --data: %s.".formatted(defaults.differencesOfFiles()));
    }
    if (!lines.isEmpty()) {
      lines.add(0, "");
      lines.addAll(List.of(usage.footer()));
      usage.footer(lines.toArray(String[]::new));
    }
  }

  private void complain(String message) {
    out.flush();
    err.println("Error: " + message);
  }
}
