package io.github.recurrentzoo.cli.console;

import io.github.recurrentzoo.zoo.network.Recurrence;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * The default values of options that several commands share. Settings that do well on a command's
 * own data may starve a small file of steps, and those of one recurrence may not suit another: so
 * there is a set for files of the user's, a set for the command's own data, and for that data
 * differences by recurrence. Which holds depends on {@code --data} and {@code --recurrence} in the
 * command line.
 */
public final class Defaults implements IDefaultValueProvider {

  private final Map<String, String> ownData = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<Recurrence, Map<String, String>> byRecurrence = new EnumMap<>(Recurrence.class);
  private boolean fileGiven;
  private boolean clipValueGiven;
  private Map<String, String> ofRecurrence = Map.of();

  /** Options whose defaults a command gives. */
  public interface Provider {
    /** The defaults. */
    Defaults defaults();

    /** The defaults for these arguments. */
    default Defaults defaults(String... args) {
      Defaults defaults = defaults();
      defaults.look(args);
      return defaults;
    }
  }

  /** The same default value whatever the data. */
  public Defaults both(String option, Object value) {
    return each(option, value, value);
  }

  /** A default value for the command's own data, and another for a file of the user's. */
  public Defaults each(String option, Object onOwnData, Object onFiles) {
    ownData.put(option, onOwnData.toString());
    files.put(option, onFiles.toString());
    return this;
  }

  /** A default value for one recurrence on the command's own data. */
  public Defaults of(Recurrence recurrence, String option, Object value) {
    byRecurrence
        .computeIfAbsent(recurrence, key -> new LinkedHashMap<>())
        .put(option, value.toString());
    return this;
  }

  /**
   * Looks whether the command line names a file, which recurrence, and whether gradients are
   * clipped by value: then there is no default norm to clip them by.
   */
  public void look(String... args) {
    fileGiven = Arrays.stream(args).anyMatch(arg -> valueOf("--data", arg, "") != null);
    clipValueGiven = Arrays.stream(args).anyMatch(arg -> valueOf("--clip-value", arg, "") != null);
    for (int i = 0; i < args.length; i++) {
      String name = valueOf("--recurrence", args[i], i + 1 < args.length ? args[i + 1] : "");
      if (name != null) {
        ofRecurrence = byRecurrence.getOrDefault(recurrence(name), Map.of());
      }
    }
  }

  /** The value of an option given as "--option=value" or "--option" "value"; null for others. */
  public static String valueOf(String option, String arg, String next) {
    if (arg.startsWith(option + "=")) {
      return arg.substring(option.length() + 1);
    }
    return arg.equals(option) ? next : null;
  }

  /** Null for a name that the parser will refuse. */
  private static Recurrence recurrence(String name) {
    try {
      return new RecurrenceConverter().convert(name);
    } catch (TypeConversionException e) {
      return null;
    }
  }

  @Override
  public String defaultValue(ArgSpec argSpec) {
    if (!argSpec.isOption()) {
      return null;
    }
    String name = ((OptionSpec) argSpec).longestName();
    if (clipValueGiven && name.equals("--clip-norm")) {
      return "0";
    }
    if (fileGiven) {
      return files.get(name);
    }
    return ofRecurrence.getOrDefault(name, ownData.get(name));
  }

  /** What differs with {@code --data}, for the help; empty if nothing does. */
  String differencesOfFiles() {
    return files.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(ownData.get(entry.getKey())))
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /** What differs with {@code --recurrence}, a sentence each, for the help. */
  Map<Recurrence, String> differencesOfRecurrences() {
    Map<Recurrence, String> differences = new EnumMap<>(Recurrence.class);
    byRecurrence.forEach(
        (recurrence, values) ->
            differences.put(
                recurrence,
                values.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", "))));
    return differences;
  }
}
