package io.github.recurrentzoo.examples;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * How a command is written for people to type: by Maven in the folder of the project, or by the
 * launcher.
 *
 * <p>The help of an example holds lines with <code>{}</code> in place of the program, such as
 * <code>{} --data reviews.csv</code>; what follows it are the arguments as a shell takes them, with
 * single quotes only.
 */
public enum Wording {
  /** {@code mvn -q compile exec:java -Dexample=PredictText -Dargs="..."}. */
  MAVEN("Examples, from the folder of the project:", "MAVEN_OPTS") {
    @Override
    String command(String example, String subcommand, String arguments) {
      String program = "mvn -q compile exec:java -Dexample=" + example;
      if (arguments.isBlank()) {
        return program;
      }
      // What a shell would change within double quotes; an exclamation mark cannot be escaped
      // there.
      return arguments.contains("!")
          ? program + " -Dargs='" + arguments.strip().replace("'", "'\\''") + "'"
          : program + " -Dargs=\"" + arguments.strip().replaceAll("[\\\\\"$`]", "\\\\$0") + "\"";
    }

    /** Maven's plugin takes either quote, each within the other, and knows no escapes. */
    @Override
    String quoted(String argument) {
      if (!argument.contains("'")) {
        return "'" + argument + "'";
      }
      return argument.contains("\"")
          ? "'" + argument.replace("'", "'\"'\"'") + "'"
          : "\"" + argument + "\"";
    }
  },

  /** {@code recurrent-zoo predict ...}. */
  LAUNCHER("Examples:", "RECURRENT_ZOO_OPTS") {
    @Override
    String command(String example, String subcommand, String arguments) {
      return ("recurrent-zoo " + subcommand + " " + arguments.strip()).strip();
    }

    @Override
    String quoted(String argument) {
      return File.separatorChar == '\\'
          ? "\"" + argument.replace("\"", "\\\"") + "\""
          : "'" + argument.replace("'", "'\\''") + "'";
    }
  };

  private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}_./:=@%+,~-]+");
  private static final String PROGRAM = "{}";
  private static final int WIDTH = 79; // of a terminal that is not wide
  private static final String CONTINUED = "      ";

  private final String heading;
  private final String javaOptions;

  Wording(String heading, String javaOptions) {
    this.heading = heading;
    this.javaOptions = javaOptions;
  }

  /**
   * A command to type.
   *
   * @param example the class that Maven runs
   * @param subcommand what the launcher calls it
   * @param arguments each one quoted where it has to be
   */
  abstract String command(String example, String subcommand, String arguments);

  /**
   * The command that was typed.
   *
   * @param root the outermost command, which has been parsed
   * @param more arguments to add
   */
  String command(CommandSpec root, List<String> more) {
    List<String> words =
        Stream.concat(root.commandLine().getParseResult().originalArgs().stream(), more.stream())
            .map(this::argument)
            .toList();
    int first = root.subcommands().isEmpty() ? 0 : 1;
    return command(
        root.name(),
        String.join(" ", words.subList(0, first)),
        String.join(" ", words.subList(first, words.size())));
  }

  /** An argument in quotes. */
  abstract String quoted(String argument);

  /** An argument, in quotes only where it has to be. */
  String argument(String argument) {
    return PLAIN.matcher(argument).matches() ? argument : quoted(argument);
  }

  /** The environment variable that gives options to the Java machine. */
  String javaOptions() {
    return javaOptions;
  }

  /** The lines of a help with the commands written out. */
  String[] expand(String example, String subcommand, String... lines) {
    List<String> expanded = new ArrayList<>();
    for (String line : lines) {
      int at = line.indexOf(PROGRAM);
      if (at >= 0) {
        String arguments = line.substring(at + PROGRAM.length());
        String before = at > 0 ? line.substring(0, at).strip() + " " : "";
        addWrapped("  " + before + command(example, subcommand, arguments), expanded);
      } else {
        expanded.add(line.equals("Examples:") ? heading : line);
      }
    }
    return expanded.toArray(String[]::new);
  }

  /** Adds a command, on several lines as a shell takes them where it is too long for one. */
  private static void addWrapped(String command, List<String> lines) {
    String rest = command;
    int end = lastSpace(rest);
    while (rest.length() > WIDTH && end > 0) {
      lines.add(rest.substring(0, end) + " \\");
      rest = CONTINUED + rest.substring(end + 1);
      end = lastSpace(rest);
    }
    lines.add(rest);
  }

  /** The last blank between two arguments at which a line may end; 0 if there is none. */
  private static int lastSpace(String line) {
    int last = 0;
    boolean quoted = false;
    for (int i = CONTINUED.length(); i < Math.min(line.length(), WIDTH - 1); i++) {
      if (line.charAt(i) == '\'') {
        quoted = !quoted;
      } else if (line.charAt(i) == ' ' && !quoted) {
        last = i;
      }
    }
    return last;
  }
}
