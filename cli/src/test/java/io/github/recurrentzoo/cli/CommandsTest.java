package io.github.recurrentzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Help, messages and exit codes of the launcher. */
class CommandsTest {

  /** All commands, as one types them. */
  static Stream<String> commands() {
    List<String> commands = new ArrayList<>();
    collect(Commands.of().root(), "", commands);
    return commands.stream();
  }

  private static void collect(CommandLine command, String path, List<String> into) {
    command
        .getSubcommands()
        .forEach(
            (name, subcommand) -> {
              into.add((path + " " + name).strip());
              collect(subcommand, path + " " + name, into);
            });
  }

  @Test
  void whatThereIs() {
    Run bare = Run.of();
    assertEquals(0, bare.exitCode());
    assertEquals(bare, Run.of("--help"));
    Commands.of()
        .root()
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertEquals(
                    !command.getCommandSpec().usageMessage().hidden(),
                    bare.out().contains("\n  " + name + " "),
                    name + ": " + bare.out()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachHelpHasExamplesThatParse(String command) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.add("--help");
    Run help = Run.of(args.toArray(String[]::new));
    assertEquals(0, help.exitCode(), help.err());
    assertEquals("", help.err());
    assertTrue(help.out().startsWith("Usage: recurrent-zoo " + command), help.out());
    assertFalse(help.out().contains("mvn ") || help.out().contains("${"), help.out());
    assertTrue(help.out().lines().allMatch(line -> line.length() <= 120), help.out());
    List<String> examples =
        help.out().lines().filter(line -> line.matches(" +(\\S.*\\| )?recurrent-zoo .*")).toList();
    assertFalse(examples.isEmpty(), help.out());
  }

  /** Examples go on in the next line where one ends with a backslash. */
  @ParameterizedTest
  @MethodSource("commands")
  void eachExampleParses(String command) {
    CommandLine root = Commands.of().root();
    CommandLine named = root;
    for (String name : List.of(command.split(" "))) {
      named = named.getSubcommands().get(name);
    }
    int parsed = 0;
    String footer = String.join("\n", named.getCommandSpec().usageMessage().footer());
    for (String line : footer.replace(" \\\n", " ").lines().toList()) {
      int at = line.indexOf("recurrent-zoo ");
      if (line.startsWith("  ") && at >= 0 && !line.contains("<(") && !line.contains("> ~")) {
        Commands.of().root().parseArgs(words(line.substring(at + "recurrent-zoo ".length())));
        parsed++;
      }
    }
    assertTrue(parsed > 0 || command.equals("completion"), command);
  }

  private static String[] words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(line);
    while (word.find()) {
      words.add(word.group(1) != null ? word.group(1) : word.group(2));
    }
    return words.toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "predikt --model a | Did you mean: recurrent-zoo predict",
        "predict --modle a | Possible solutions: --model",
        "train tex | Did you mean: train text",
        "train | recurrent-zoo train what? Expected one of text, forecast, generation",
        "train text --epochs no | Invalid value for option '--epochs'",
        "fine-tune | recurrent-zoo fine-tune what? Expected one of text, forecast, generation, pairs",
        "fine-tune forcast | Did you mean: fine-tune forecast",
        "fine-tune --data a.csv | Unknown option",
        "fine-tune forecast --data a.csv | No model is named",
        "fine-tune generation | There is no training data. Give a text file",
        "fine-tune pairs --model dates-lstm | There is no training data. Give a TSV",
        "fine-tune text --data a.csv --model dates-lstm | is for sequence to sequence; expected one",
        "predict a | No model is named",
        "predict --model wordnet-lsmt a | Did you mean wordnet-lstm?",
        "predict --model nothing a | Pretrained ones: wordnet-simple-rnn, wordnet-lstm",
        "predict --model dates-lstm a | is for sequence to sequence; expected one for text class",
        "list --folder none | There is no folder none",
        "train pairs | There is no training data. Give a TSV",
        "generate | No model is named",
        "translate a | No model is named",
        "predict --model none.zip a | There is no model file none.zip",
        "compare --task text --lengths 5 | --lengths has no meaning for --task text",
        "train dates --data a.tsv --formats-per-date 3 | --formats-per-date has no meaning with --data",
        "train generation --model a.zip --epochs 3 | --epochs has no meaning with --model",
      })
  void whatCannotBeEndsWithExitCodeTwo(String args, String expected) {
    Run run = Run.of(args.split(" "));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().startsWith("Error: "), run.err());
    assertTrue(run.err().contains(expected), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertEquals("", run.out());
  }

  @Test
  void defaultsDependOnTheArguments() {
    assertTrue(Run.of("train", "text", "--help").out().contains("(default: 8)"));
    assertTrue(
        Run.of("train", "text", "--data", "a.csv", "--help").out().contains("(default: 20)"));
  }

  @Test
  void version() {
    Run run = Run.of("--version");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().matches("recurrent-zoo \\d[^$]*\nJava .*\n"), run.out());
  }

  @Test
  void completionKnowsEachCommandAndItsOptions() {
    Run run = Run.of("completion");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().startsWith("#!/usr/bin/env bash"), run.out());
    assertFalse(run.out().contains("preset"), run.out());
    for (String command : commands().filter(name -> !name.startsWith("preset")).toList()) {
      String last = command.substring(command.lastIndexOf(' ') + 1);
      assertTrue(
          run.out()
              .contains(
                  "# Generates completions for the options and subcommands of the `" + last + "`"),
          run.out());
    }
    assertTrue(run.out().contains("--learning-rate-decay"), run.out());
  }
}
