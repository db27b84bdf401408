package io.github.recurrentzoo.cli.console;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The library's options as the command line writes them. Both have the same names: {@code
 * validationSplit} is {@code --validation-split}.
 */
public final class OptionNames {
  /**
   * A name of several words, and what it is called with, as in "clipNorm(1.0)"; not within
   * quotation marks or a path, where it is the user's.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "(?<![\"'/\\\\.\\w])(?:[A-Z]\\w*\\.)?([a-z]+\\d?(?:[A-Z][a-z]+)+)\\b(?![\"'/\\\\])"
              + "(?:\\(([^()]*)\\))?");

  private OptionNames() {}

  /** Such as {@code --clip-norm} for {@code clipNorm}. */
  public static String option(String name) {
    return "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /**
   * A message of the library with the options that a command has as it is told them. Other names
   * stay as they are.
   */
  static String inMessage(String message, CommandSpec command) {
    return NAME.matcher(message)
        .replaceAll(
            found -> {
              String option = option(found.group(1));
              if (command.findOption(option) == null) {
                return Matcher.quoteReplacement(found.group());
              }
              String value = found.group(2) == null ? "" : " " + found.group(2);
              return Matcher.quoteReplacement(option + value);
            });
  }
}
