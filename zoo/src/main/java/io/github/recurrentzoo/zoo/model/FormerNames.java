package io.github.recurrentzoo.zoo.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names that options have in files which were written before the library's options got the
 * names of the command line, and before RRNN's updated state became a recurrence of its own. Files
 * are written with the names of today and read with both.
 */
public final class FormerNames {
  private static final Map<String, String> TODAY =
      Map.of(
          "dropOut", "dropout",
          "clipGradientNorm", "clipNorm",
          "clipGradientValue", "clipValue",
          "training validationFraction", "training validationSplit"); // of a checkpoint's identity

  private FormerNames() {}

  /**
   * The options of a network, or what a training depends on, by the names of today.
   *
   * @param options with strings where a recurrence is named
   */
  @SuppressWarnings("unchecked") // the name of a recurrence is a string in both kinds of maps
  public static <V> Map<String, V> toToday(Map<String, V> options) {
    Map<String, V> today = new LinkedHashMap<>();
    options.forEach((name, value) -> today.put(TODAY.getOrDefault(name, name), value));
    Object carried = today.remove("stateCarry");
    if ("UPDATED".equals(carried)) {
      today.put("recurrence", (V) "RRNN_UPDATED");
    }
    return today;
  }
}
