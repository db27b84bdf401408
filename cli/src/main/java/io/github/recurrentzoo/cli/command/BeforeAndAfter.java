package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.zoo.classification.ClassificationReport;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.generation.GenerationReport;
import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.translation.TranslationReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

  private static <R> BeforeAndAfter of(
      Optional<R> before,
      R after,
      String whyNot,
      Function<R, Map<String, Double>> figures,
      Function<R, Map<String, Object>> json) {
    return new BeforeAndAfter(
        before.map(figures).orElse(Map.of()),
        figures.apply(after),
        before.isPresent() ? "" : whyNot,
        before.map(json).orElse(null));
  }

  public static BeforeAndAfter of(
      Optional<ClassificationReport> before, ClassificationReport after, String whyNot) {
    return of(before, after, whyNot, BeforeAndAfter::figures, ClassificationReport::toMap);
  }

  public static BeforeAndAfter ofForecasts(
      Optional<ForecastReport> before, ForecastReport after, String whyNot) {
    return of(before, after, whyNot, BeforeAndAfter::figures, ForecastReport::toMap);
  }

  public static BeforeAndAfter of(GenerationReport before, GenerationReport after) {
    return of(Optional.of(before), after, "", BeforeAndAfter::figures, GenerationReport::toMap);
  }

  public static BeforeAndAfter of(TranslationReport before, TranslationReport after) {
    return of(Optional.of(before), after, "", BeforeAndAfter::figures, TranslationReport::toMap);
  }

  private static Map<String, Double> figures(ClassificationReport report) {
    return figures("accuracy", report.accuracy(), "macro F1", report.macroF1());
  }

  private static Map<String, Double> figures(GenerationReport report) {
    return figures(
        "bits per character",
        report.bitsPerCharacter(),
        "unknown characters",
        (double) report.unknown() / report.characters());
  }

  private static Map<String, Double> figures(TranslationReport report) {
    return figures(
        "exact match", report.exactMatch(), "symbol error rate", report.symbolErrorRate());
  }

  /** Without MASE, whose scale is that of the rows that each model has learned from. */
  private static Map<String, Double> figures(ForecastReport report) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (ForecastReport.Target target : report.targets()) {
      figures.put(target.name() + ": MAE", target.network().all().mae());
      figures.put(target.name() + ": RMSE", target.network().all().rmse());
    }
    return figures;
  }

  private static Map<String, Double> figures(
      String name, double value, String secondName, double secondValue) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(name, value);
    figures.put(secondName, secondValue);
    return figures;
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
