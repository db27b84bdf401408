package io.github.recurrentzoo.zoo.report;

import java.util.Map;

/**
 * How good a model is on rows that it has not learned from: the part of a report that tasks differ
 * in.
 */
public interface ReportPart {

  /** The task, such as "text classification". */
  String task();

  /** The most important figures with their names, one to four, for the head of the page. */
  Map<String, String> headline();

  /** All figures, for {@code metrics.json}: maps, lists, numbers and strings. */
  Map<String, Object> metrics();

  /** Writes sections into the page. */
  void write(Html html);
}
