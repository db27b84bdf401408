/**
 * Recurrent layers for Deeplearning4j. {@link io.github.recurrentzoo.layers.Rrnn} is the
 * configuration of the dual recurrence, {@link io.github.recurrentzoo.layers.DualRecurrence} its
 * equations; the layer that runs them lies in {@code io.github.recurrentzoo.layers.runtime}, which
 * is not public API.
 *
 * <p>Shapes: B batch, T time, D input size, H hidden size.
 */
package io.github.recurrentzoo.layers;
