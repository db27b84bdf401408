package io.github.recurrentzoo.cli.command;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.console.RecurrenceConverter;
import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.translation.Translation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What {@code --json} prints, field by field; the names are fixed, docs/command-line.md lists them.
 * A number that is none (a training that diverged) is null.
 */
public final class JsonReports {

  private JsonReports() {}

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

  public static Map<String, Object> of(String text, Prediction prediction) {
    return object(
        "text", text,
        "label", prediction.label(),
        "probability", prediction.probability(),
        "probabilities", prediction.probabilities(),
        "wordsRead", prediction.words(),
        "unknownWords", prediction.unknownWords(),
        "unreadWords", prediction.unreadWords());
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
