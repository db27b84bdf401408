package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.Table;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How good a model is on the same rows, before and after it was fine-tuned.
 *
 * @param before figures by name; empty where the model as it was cannot answer
 * @param after the same figures of the fine-tuned model
 * @param whyNot why there are none of before; empty if there are
 * @param json the report of before for programs; null if there is none
 */
public record BeforeAndAfter(
    Map<String, Double> before,
    Map<String, Double> after,
    String whyNot,
    Map<String, Object> json) {

  /**
   * Those of two reports.
   *
   * @param before empty where the model as it was cannot answer
   * @param whyNot why it cannot
   */
  public static BeforeAndAfter of(
      Optional<? extends ReportPart> before, ReportPart after, String whyNot) {
    return new BeforeAndAfter(
        before.map(ReportPart::figures).orElse(Map.of()),
        after.figures(),
        before.isPresent() ? "" : whyNot,
        before.map(ReportPart::toMap).orElse(null));
  }

  /** The figures of before, for a report. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    before.forEach((name, value) -> facts.put(name + " before fine-tuning", rounded(value)));
    return facts;
  }

  private static Object rounded(double value) {
    return Double.isFinite(value) ? Math.round(value * 1e6) / 1e6 : "none";
  }

  private static String number(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** A table for people to read. */
  @Override
  public String toString() {
    Table table = new Table().head("").right("before", "after");
    after.forEach((name, value) -> table.row(name, number(before.get(name)), number(value)));
    StringBuilder text = new StringBuilder(table.text());
    if (!whyNot.isEmpty()) {
      text.append(String.format("There is no evaluation before fine-tuning: %s.%n", whyNot));
    }
    return text.toString();
  }
}
