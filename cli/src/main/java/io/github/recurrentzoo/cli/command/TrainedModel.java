package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.zoo.Forecaster;
import io.github.recurrentzoo.zoo.Provenance;
import io.github.recurrentzoo.zoo.SequenceTranslator;
import io.github.recurrentzoo.zoo.Task;
import io.github.recurrentzoo.zoo.TextClassifier;
import io.github.recurrentzoo.zoo.TextGenerator;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A model of any pipeline, as commands save it and tell of it.
 *
 * @param task what it does
 * @param parameters the number of its weights
 * @param provenance where it comes from
 * @param saving writes it to a file
 */
public record TrainedModel(
    Task task, long parameters, Provenance provenance, Consumer<Path> saving) {

  public static TrainedModel of(TextClassifier model) {
    return new TrainedModel(
        Task.TEXT_CLASSIFICATION, model.parameters(), model.provenance(), model::save);
  }

  public static TrainedModel of(Forecaster model) {
    return new TrainedModel(Task.FORECASTING, model.parameters(), model.provenance(), model::save);
  }

  public static TrainedModel of(TextGenerator model) {
    return new TrainedModel(
        Task.TEXT_GENERATION, model.parameters(), model.provenance(), model::save);
  }

  public static TrainedModel of(SequenceTranslator model) {
    return new TrainedModel(
        Task.SEQUENCE_TO_SEQUENCE, model.parameters(), model.provenance(), model::save);
  }
}
