package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.Forecaster;
import io.github.recurrentzoo.zoo.Provenance;
import io.github.recurrentzoo.zoo.SequenceForecasting;
import io.github.recurrentzoo.zoo.SequenceToSequence;
import io.github.recurrentzoo.zoo.SequenceTranslator;
import io.github.recurrentzoo.zoo.Task;
import io.github.recurrentzoo.zoo.TextClassification;
import io.github.recurrentzoo.zoo.TextClassifier;
import io.github.recurrentzoo.zoo.TextGeneration;
import io.github.recurrentzoo.zoo.TextGenerator;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A model of any pipeline, as the examples save it and tell of it.
 *
 * @param task what it does
 * @param parameters the number of its weights
 * @param provenance where it comes from
 * @param saving writes it to a file
 */
record TrainedModel(Task task, long parameters, Provenance provenance, Consumer<Path> saving) {

  static TrainedModel of(TextClassifier model) {
    return new TrainedModel(
        TextClassification.TASK, model.parameters(), model.provenance(), model::save);
  }

  static TrainedModel of(Forecaster model) {
    return new TrainedModel(
        SequenceForecasting.TASK, model.parameters(), model.provenance(), model::save);
  }

  static TrainedModel of(TextGenerator model) {
    return new TrainedModel(
        TextGeneration.TASK, model.parameters(), model.provenance(), model::save);
  }

  static TrainedModel of(SequenceTranslator model) {
    return new TrainedModel(
        SequenceToSequence.TASK, model.parameters(), model.provenance(), model::save);
  }
}
