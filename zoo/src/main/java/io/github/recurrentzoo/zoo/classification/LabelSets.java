package io.github.recurrentzoo.zoo.classification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds labels that are several labels in one cell. */
final class LabelSets {
  private static final Pattern SEPARATORS = Pattern.compile("[,;|]");

  private LabelSets() {}

  /**
   * The labels that a comma, a semicolon or a bar cuts into parts of which one is a label by
   * itself, or all are parts of other labels, too.
   */
  static List<String> among(Collection<String> labels) {
    Map<String, List<String>> parts = new HashMap<>();
    Map<String, Integer> labelsWith = new HashMap<>();
    for (String label : labels) {
      List<String> of = parts(label);
      parts.put(label, of);
      Set<String> different = new HashSet<>(of);
      different.forEach(part -> labelsWith.merge(part, 1, Integer::sum));
    }
    List<String> sets = new ArrayList<>();
    for (String label : labels) {
      List<String> of = parts.get(label);
      boolean hasLabel = of.stream().anyMatch(labels::contains);
      boolean shared = of.stream().allMatch(part -> labelsWith.get(part) > 1);
      if (of.size() > 1 && (hasLabel || shared)) {
        sets.add(label);
      }
    }
    return sets;
  }

  private static List<String> parts(String label) {
    return Arrays.stream(SEPARATORS.split(label))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
