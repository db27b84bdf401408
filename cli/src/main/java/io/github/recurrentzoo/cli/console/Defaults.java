package io.github.recurrentzoo.cli.console;

import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Recipe;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * The default values of options that several commands share: those of a recipe. Settings that do
 * well on a command's own data may starve a small file of steps, and those of one recurrence may
 * not suit another: so there is a recipe for files of the user's, and one for the command's own
 * data and each recurrence. Which holds depends on {@code --data} and {@code --recurrence} in the
 * command line.
 *
 * <p>Values are kept by the name of the field that an option is read into, which is that of the
 * option of a recipe.
 */
public final class Defaults implements IDefaultValueProvider {

  private final Map<String, Object> ownData = new LinkedHashMap<>();
  private final Map<String, Object> files = new LinkedHashMap<>();
  private final Map<Recurrence, Map<String, Object>> byRecurrence = new EnumMap<>(Recurrence.class);
  private boolean fileGiven;
  private boolean clipValueGiven;
  private Map<String, Object> ofRecurrence = Map.of();

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

  /**
   * Those of recipes.
   *
   * @param onOwnData the recipe for the command's own data and a recurrence
   * @param onFiles the recipe for a file of the user's
   */
  public static Defaults of(Function<Recurrence, Recipe> onOwnData, Recipe onFiles) {
    Defaults defaults = new Defaults();
    Map<String, Object> ofLstm = values(onOwnData.apply(Recurrence.LSTM));
    defaults.ownData.putAll(ofLstm);
    defaults.files.putAll(values(onFiles));
    for (Recurrence recurrence : Recurrence.values()) {
      Map<String, Object> others = values(onOwnData.apply(recurrence));
      ofLstm.keySet().forEach(name -> others.putIfAbsent(name, null)); // as the option has it
      others.entrySet().removeAll(ofLstm.entrySet());
      if (!others.isEmpty()) {
        defaults.byRecurrence.put(recurrence, others);
      }
    }
    return defaults;
  }

  /** Those of a recipe, whatever data and recurrence. */
  public static Defaults of(Recipe recipe) {
    return of(recurrence -> recipe, recipe);
  }

  private static Map<String, Object> values(Recipe recipe) {
    Map<String, Object> values = new LinkedHashMap<>(recipe.network());
    values.putAll(recipe.training());
    values.put("learningRate", recipe.optimizer().learningRate());
    values.put("learningRateDecay", recipe.optimizer().learningRateDecay());
    return values;
  }

  /** The same default value whatever the data. */
  public Defaults both(String field, Object value) {
    return each(field, value, value);
  }

  /** A default value for the command's own data, and another for a file of the user's. */
  public Defaults each(String field, Object onOwnData, Object onFiles) {
    ownData.put(field, onOwnData);
    files.put(field, onFiles);
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
    String field = field(argSpec);
    if (clipValueGiven && field.equals("clipNorm")) {
      return "0";
    }
    Object value =
        fileGiven
            ? files.get(field)
            : ofRecurrence.containsKey(field) ? ofRecurrence.get(field) : ownData.get(field);
    return value == null ? null : typed(value);
  }

  /** The name of the field that an option is read into; empty for what is no field's. */
  private static String field(ArgSpec argSpec) {
    return argSpec.isOption() && argSpec.userObject() instanceof Field field ? field.getName() : "";
  }

  /** A value as people type it. */
  private static String typed(Object value) {
    return value instanceof Double number && number == Math.rint(number) && number < 1e6
        ? String.valueOf(number.intValue())
        : value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String typed(Object value, OptionSpec option) {
    return value == null ? option.defaultValue() : typed(value);
  }

  /** What differs with {@code --data}, for the help; empty if nothing does. */
  String differencesOfFiles(CommandSpec command) {
    Map<String, Object> others = new LinkedHashMap<>(files);
    ownData.keySet().forEach(name -> others.putIfAbsent(name, null));
    others.entrySet().removeAll(ownData.entrySet());
    return inWords(others, command);
  }

  /** What differs with {@code --recurrence}, a sentence each, for the help. */
  Map<Recurrence, String> differencesOfRecurrences(CommandSpec command) {
    Map<Recurrence, String> differences = new EnumMap<>(Recurrence.class);
    byRecurrence.forEach(
        (recurrence, values) -> differences.put(recurrence, inWords(values, command)));
    return differences;
  }

  /** Those that the command has an option for, in the order of its options. */
  private static String inWords(Map<String, Object> values, CommandSpec command) {
    return command.options().stream()
        .filter(option -> values.containsKey(field(option)))
        .map(option -> option.longestName() + " " + typed(values.get(field(option)), option))
        .collect(Collectors.joining(", "));
  }
}
