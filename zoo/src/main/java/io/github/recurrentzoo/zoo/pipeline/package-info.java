/**
 * What all pipelines share: {@link io.github.recurrentzoo.zoo.pipeline.Pipeline}, their kinds,
 * loading, saving and the frame of training.
 *
 * <p>Not for users: {@code DistributedRows}, {@code ModelEntries}, {@code StreamedModel}, {@code
 * TrainedOutside}, {@code Training}.
 */
package io.github.recurrentzoo.zoo.pipeline;
