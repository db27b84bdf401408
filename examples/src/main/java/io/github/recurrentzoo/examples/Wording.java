package io.github.recurrentzoo.examples;

import java.io.File;
import java.util.regex.Pattern;

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
    String[] expanded = lines.clone();
    for (int i = 0; i < lines.length; i++) {
      int at = lines[i].indexOf(PROGRAM);
      if (at >= 0) {
        String arguments = lines[i].substring(at + PROGRAM.length());
        expanded[i] =
            "  "
                + lines[i].substring(0, at).strip()
                + (at > 0 ? " " : "")
                + command(example, subcommand, arguments);
      } else if (lines[i].equals("Examples:")) {
        expanded[i] = heading;
      }
    }
    return expanded;
  }
}
