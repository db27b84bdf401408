package io.github.recurrentzoo.zoo.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good a model is on rows that it has not learned from: the part of a report that tasks differ
 * in.
 */
public interface ReportPart {

  /** The task, such as "text classification". */
  String task();

  /** The most important figures with their names, one to four, for the head of the page. */
  Map<String, String> headline();

  /**
   * The figures that tell two models apart on the same rows, with their names; none where it is
   * about no one model.
   */
  default Map<String, Double> figures() {
    return Map.of();
  }

  /** A sentence that says how good the model is beside what can be had without it. */
  String verdict();

  /** What the model is for, its limits, and how to load it; none where it is about no one model. */
  default Optional<ModelCard> card() {
    return Optional.empty();
  }

  /** All figures, as {@code --json} prints them too: maps, lists, numbers and strings. */
  Map<String, Object> toMap();

  /** What {@code metrics.json} has beside them. */
  default Map<String, Object> more() {
    return Map.of();
  }

  /** What the page shows. */
  List<ReportSection> sections();
}
