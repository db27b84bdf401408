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
  private static final int MOST_FOR_PARTS = 1500;

  /** Copies the lists. */
  public ClassTexts {
    texts = List.copyOf(texts);
    classOf = List.copyOf(classOf);
  }

  /** Whether the parts of words are counted as well: of many rows they say little that is new. */
  boolean hasParts() {
    return unit == TextUnit.WORDS && texts.size() < MOST_FOR_PARTS;
  }

  Grams grams() {
    return Grams.of(unit);
  }

  int[] classArray() {
    return classOf.stream().mapToInt(c -> c).toArray();
  }

  List<long[]> features(Grams grams) {
    return texts.stream().map(grams::features).toList();
  }
}
