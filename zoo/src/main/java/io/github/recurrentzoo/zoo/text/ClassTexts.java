package io.github.recurrentzoo.zoo.text;

import java.util.List;

/**
 * Texts of classes, for a linear model to learn from.
 *
 * @param unit what it counts of them, and of others later
 * @param classOf the class of each text, from 0
 * @param classes their number
 */
public record ClassTexts(TextUnit unit, List<String> texts, List<Integer> classOf, int classes) {
  /** Copies the lists. */
  public ClassTexts {
    texts = List.copyOf(texts);
    classOf = List.copyOf(classOf);
  }

  Grams grams() {
    return Grams.of(unit);
  }

  int[] classArray() {
    return classOf.stream().mapToInt(c -> c).toArray();
  }

  List<long[]> features() {
    return texts.stream().map(grams()::features).toList();
  }
}
