package io.github.recurrentzoo.benchmarks;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One recurrence at one size, with all that is measured there.
 *
 * @param cell the recurrence
 * @param shape the sizes
 */
record Case(Cell cell, Shape shape) {

  /** Shape by shape, the recurrences of each. */
  static List<Case> all(List<Shape> shapes) {
    List<Case> cases = new ArrayList<>();
    for (Shape shape : shapes) {
      for (Cell cell : Cell.values()) {
        cases.add(new Case(cell, shape));
      }
    }
    return cases;
  }

  /**
   * What is measured. A streaming step knows neither T nor B, and is a last step by itself: it is
   * not measured twice, nor is a generated character.
   */
  Set<Work> works() {
    Set<Work> works = EnumSet.allOf(Work.class);
    if (cell == Cell.RRNN_LAST || shape == Shape.WORDNET) {
      works.remove(Work.STREAMING_STEP);
      works.remove(Work.GENERATED_CHARACTER);
    }
    return works;
  }
}
