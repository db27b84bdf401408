package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.RecurrenceConverter;
import io.github.recurrentzoo.zoo.classification.ClassificationReport;
import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.GenerationReport;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.translation.Translation;
import io.github.recurrentzoo.zoo.translation.TranslationReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code --json} prints, field by field; the names are fixed, docs/command-line.md lists them.
 * A number that is none (a training that diverged) is null.
 */
public final class JsonReports {

  private JsonReports() {}

  public static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
    }
    return object;
  }

  private static Object value(Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return null; // JSON has no such numbers
    }
    if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      list.forEach(element -> values.add(value(element)));
      return values;
    }
    return value;
  }

  static Map<String, Object> training(
      String task, Path model, long parameters, Provenance provenance, Map<String, Object> report) {
    return object(
        "task", task,
        "model", model.toString(),
        "parameters", parameters,
        "seed", provenance.seed(),
        "rows", provenance.rows(),
        "epochs", provenance.epochs(),
        "bestEpoch", provenance.bestEpoch(),
        "report", report);
  }

  public static Map<String, Object> of(FineTuneMapping mapping) {
    return object(
        "names",
            mapping.names().stream()
                .map(
                    names ->
                        object(
                            "what", names.what(),
                            "kept", names.kept(),
                            "added", names.added(),
                            "dropped", names.dropped()))
                .toList(),
        "symbols",
            mapping.symbols().stream()
                .map(
                    symbols ->
                        object(
                            "what", symbols.what(),
                            "known", symbols.known(),
                            "added", symbols.added(),
                            "unknown", symbols.unknown(),
                            "others", symbols.others()))
                .toList());
  }

  public static Map<String, Object> of(ClassificationReport report) {
    List<String> labels = report.labels();
    return object(
        "rows", report.rows(),
        "accuracy", report.accuracy(),
        "macroF1", report.macroF1(),
        "labels",
            report.scores().stream()
                .map(
                    score ->
                        object(
                            "label", score.label(),
                            "precision", score.precision(),
                            "recall", score.recall(),
                            "f1", score.f1(),
                            "support", score.support()))
                .toList(),
        "confusion",
            labels.stream()
                .map(
                    expected ->
                        labels.stream().map(answered -> report.count(expected, answered)).toList())
                .toList());
  }

  public static Map<String, Object> of(TranslationReport report) {
    return object(
        "inputs", report.sources(),
        "exactMatch", report.exactMatch(),
        "symbolErrorRate", report.symbolErrorRate(),
        "mistakes", report.mistakes().size());
  }

  public static Map<String, Object> of(GenerationReport report) {
    return object(
        "characters", report.characters(),
        "unknown", report.unknown(),
        "bitsPerCharacter", report.bitsPerCharacter(),
        "baselineOrder", report.order(),
        "baselineBitsPerCharacter", report.baselineBitsPerCharacter());
  }

  public static Map<String, Object> of(ForecastReport report) {
    return object(
        "horizon", report.horizon(),
        "season", report.season(),
        "forecasts", report.windows(),
        "interval", report.interval(),
        "targets",
            report.targets().stream()
                .map(
                    target ->
                        object(
                            "name", target.name(),
                            "network", of(target.network().all()),
                            "naive", of(target.naive().all()),
                            "seasonalNaive", of(target.seasonalNaive().all()),
                            "coverage", target.coverage()))
                .toList());
  }

  private static Map<String, Object> of(ForecastErrors errors) {
    return object(
        "pairs", errors.pairs(),
        "mae", errors.mae(),
        "rmse", errors.rmse(),
        "mase", errors.mase(),
        "smape", errors.smape());
  }

  public static Map<String, Object> of(Forecast forecast) {
    return object(
        "origin", forecast.originLabel(),
        "times", forecast.labels(),
        "interval", forecast.interval(),
        "targets",
            forecast.targets().stream()
                .map(
                    target ->
                        object(
                            "name", target.name(),
                            "lastKnown", target.lastKnown(),
                            "values", target.values(),
                            "lower", target.lower(),
                            "upper", target.upper()))
                .toList());
  }

  public static Map<String, Object> of(String text, Prediction prediction) {
    return object(
        "text", text,
        "label", prediction.label(),
        "probability", prediction.probability(),
        "probabilities", prediction.probabilities());
  }

  public static Map<String, Object> of(String text, Translation translation) {
    return object(
        "text", text,
        "output", translation.text(),
        "probability", Math.exp(translation.logProbability()),
        "logProbability", translation.logProbability(),
        "ended", translation.ended(),
        "unknownSymbols", translation.unknownSymbols());
  }

  /** A line that could not be answered, or a blank one, which has neither output nor error. */
  public static Map<String, Object> unanswered(String text, String error) {
    return object("text", text, "output", null, "error", error);
  }

  public static Map<String, Object> of(String prompt, String sample, GenerationOptions generation) {
    return object(
        "prompt", prompt,
        "text", sample,
        "temperature", generation.temperature(),
        "topK", generation.topK(),
        "sampleSeed", generation.seed());
  }

  public static Map<String, Object> of(List<Preset> presets, List<ListModels.Saved> saved) {
    return object(
        "presets",
            presets.stream()
                .map(
                    preset ->
                        object(
                            "name", preset.name(),
                            "task", preset.task().id(),
                            "recurrence",
                                RecurrenceConverter.name(Recurrence.of(preset.architecture())),
                            "about", preset.about(),
                            "data", preset.data(),
                            "licence", preset.licence(),
                            "heldOut", preset.heldOut(),
                            "metric", preset.metric().name(),
                            "value", preset.metric().value(),
                            "parameters", preset.parameters(),
                            "bytes", preset.bytes()))
                .toList(),
        "saved",
            saved.stream()
                .map(
                    model ->
                        object(
                            "model", model.model().toString(),
                            "task", model.task(),
                            "bytes", model.bytes()))
                .toList());
  }
}
