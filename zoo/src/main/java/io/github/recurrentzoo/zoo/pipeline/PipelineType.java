package io.github.recurrentzoo.zoo.pipeline;

import io.github.recurrentzoo.zoo.model.Task;

/**
 * A kind of pipeline.
 *
 * @param task what it is for
 * @param pipeline the class
 * @param <P> the class
 */
public record PipelineType<P>(Task task, Class<P> pipeline) {

  /** The simple name of the class. */
  public String name() {
    return pipeline.getSimpleName();
  }
}
