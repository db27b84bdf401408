package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
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
        TextClassification.TASK, model.parameters(), model.provenance(), model::save);
  }

  public static TrainedModel of(Forecaster model) {
    return new TrainedModel(
        SequenceForecasting.TASK, model.parameters(), model.provenance(), model::save);
  }

  public static TrainedModel of(TextGenerator model) {
    return new TrainedModel(
        TextGeneration.TASK, model.parameters(), model.provenance(), model::save);
  }

  public static TrainedModel of(SequenceTranslator model) {
    return new TrainedModel(
        SequenceToSequence.TASK, model.parameters(), model.provenance(), model::save);
  }
}
