package io.github.recurrentzoo.cli.console;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The options of the command line that say what is printed, the same for each command, and where it
 * goes: with {@code --json} standard output holds JSON only, and what is for people goes to
 * standard error.
 */
public final class ConsoleArguments {

  /** The option of commands that can print a table to standard output. */
  public static final String CSV = "--csv";

  @Option(
      names = "--json",
      description = "Print JSON on standard output; everything else goes to standard error.")
  public boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  private PrintStream documents;

  /** Text for people. */
  public ConsoleArguments() {}

  /** Whether the command line itself gives an option, rather than its default. */
  boolean gives(String option) {
    return command != null && given().hasMatchedOption(option);
  }

  /**
   * Refuses options that would do nothing.
   *
   * @param why such as "with --data"
   */
  public void refuse(String why, String... options) {
    for (String option : options) {
      if (gives(option)) {
        throw new BadOptionException("%s has no meaning %s. Leave it out.".formatted(option, why));
      }
    }
  }

  /** Refuses all options that the command line gives, but for some. */
  public void refuseAllBut(String why, List<String> allowed) {
    if (command == null) {
      return;
    }
    given().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .filter(option -> !allowed.contains(option))
        .findFirst()
        .ifPresent(option -> refuse(why, option));
  }

  private ParseResult given() {
    return command.commandLine().getParseResult();
  }

  /** Whether standard output is for a document: JSON, or a table. */
  boolean printsDocument() {
    OptionSpec csv = command == null ? null : command.findOption(CSV);
    return json
        || (csv != null && csv.getValue() instanceof Path file && file.equals(Path.of("-")));
  }

  void documents(PrintStream out) {
    documents = out;
  }

  /**
   * Prints a JSON document on one line, where JSON is wanted.
   *
   * @param document its fields, in their order; made only if it is wanted
   */
  public void emit(Supplier<Map<String, Object>> document) {
    if (!json) {
      return;
    }
    try {
      documents.println(new ObjectMapper().writeValueAsString(document.get()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("No JSON can be made of the result", e);
    }
    documents.flush();
  }

  /** Prints a document that is no JSON, whether JSON is wanted or not. */
  public void print(String document) {
    documents.print(document);
    documents.flush();
  }
}
