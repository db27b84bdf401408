package io.github.recurrentzoo.zoo.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects of JSON as plain maps and lists. JSON has no NaN and no infinity: they are null, here and
 * in everything that is written.
 */
public final class JsonTree {

  private JsonTree() {}

  /**
   * An object.
   *
   * @param namesAndValues names and values in turn: null, strings, numbers, booleans, maps and
   *     lists of these
   * @throws IllegalArgumentException if there is a name without a value
   */
  public static Map<String, Object> object(Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "Expected names and values in turn, but got " + namesAndValues.length + " of them");
    }
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], finite(namesAndValues[i + 1]));
    }
    return object;
  }

  /** The same without numbers that are none. */
  private static Object finite(Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return null;
    }
    if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      list.forEach(element -> values.add(finite(element)));
      return values;
    }
    return value;
  }
}
