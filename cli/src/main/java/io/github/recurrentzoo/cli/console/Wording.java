package io.github.recurrentzoo.cli.console;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * How a command is written for people to type.
 *
 * <p>The help of a command holds lines with <code>{}</code> in place of program and command, such
 * as <code>{} --data reviews.csv</code>; what follows it are the arguments as a shell takes them,
 * with single quotes only.
 */
public final class Wording {

  /** The environment variable that gives options to the Java machine. */
  static final String JAVA_OPTIONS = "RECURRENT_ZOO_OPTS";

  private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}_./:=@%+,~-]+");
  private static final String PLACEHOLDER = "{}";
  private static final int WIDTH = 79; // of a terminal that is not wide
  private static final String CONTINUED = "      ";

  private Wording() {}

  /**
   * A command to type.
   *
   * @param name of the command, with those above it, such as "train text"
   * @param arguments each one quoted where it has to be
   */
  public static String command(String name, String arguments) {
    return ("recurrent-zoo " + (name + " " + arguments.strip()).strip()).strip();
  }

  /**
   * The command that was typed.
   *
   * @param root the outermost command, which has been parsed
   * @param more arguments to add
   */
  public static String command(CommandSpec root, List<String> more) {
    return command(
        "",
        String.join(
            " ",
            Stream.concat(
                    root.commandLine().getParseResult().originalArgs().stream(), more.stream())
                .map(Wording::argument)
                .toList()));
  }

  /** An argument in quotes. */
  public static String quoted(String argument) {
    return File.separatorChar == '\\'
        ? "\"" + argument.replace("\"", "\\\"") + "\""
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  /** An argument, in quotes only where it has to be. */
  public static String argument(String argument) {
    return PLAIN.matcher(argument).matches() ? argument : quoted(argument);
  }

  /** The lines of a help with the commands written out. */
  static String[] expand(String name, String... lines) {
    List<String> expanded = new ArrayList<>();
    for (String line : lines) {
      int at = line.indexOf(PLACEHOLDER);
      if (at >= 0) {
        String arguments = line.substring(at + PLACEHOLDER.length());
        String before = at > 0 ? line.substring(0, at).strip() + " " : "";
        addWrapped("  " + before + command(name, arguments), expanded);
      } else {
        expanded.add(line);
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
