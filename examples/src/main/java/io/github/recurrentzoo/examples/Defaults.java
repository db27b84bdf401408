package io.github.recurrentzoo.examples;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The default values of options that several examples share. Settings that do well on an example's
 * own data may starve a small file of steps, so there are two sets; which one holds depends on
 * whether the command line names a file with {@code --data}.
 */
final class Defaults implements IDefaultValueProvider {

  private final Map<String, String> ownData = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private boolean fileGiven;

  /** Options whose defaults an example gives. */
  interface Provider {
    /** The defaults; called once, before the command line is read. */
    Defaults defaults();
  }

  /** The same default value whatever the data. */
  Defaults both(String option, Object value) {
    return each(option, value, value);
  }

  /** A default value for the example's own data, and another for a file of the user's. */
  Defaults each(String option, Object onOwnData, Object onFiles) {
    ownData.put(option, onOwnData.toString());
    files.put(option, onFiles.toString());
    return this;
  }

  /** Looks whether the command line names a file. */
  void look(String... args) {
    fileGiven =
        Arrays.stream(args).anyMatch(arg -> arg.equals("--data") || arg.startsWith("--data="));
  }

  @Override
  public String defaultValue(ArgSpec argSpec) {
    if (!argSpec.isOption()) {
      return null;
    }
    String name = ((OptionSpec) argSpec).longestName();
    return (fileGiven ? files : ownData).get(name);
  }

  /** What differs with {@code --data}, for the help; empty if nothing does. */
  String differences() {
    return files.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(ownData.get(entry.getKey())))
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
