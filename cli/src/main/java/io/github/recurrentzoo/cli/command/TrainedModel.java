package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.training.Provenance;
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

  public static TrainedModel of(Pipeline model) {
    return new TrainedModel(
        model.type().task(), model.parameters(), model.provenance(), model::save);
  }
}
