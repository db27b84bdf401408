/**
 * Recurrent layers for Deeplearning4j. {@link io.github.recurrentzoo.layers.Rrnn} is the
 * configuration of the dual recurrence, {@link io.github.recurrentzoo.layers.Gru} that of the gated
 * recurrent unit; {@link io.github.recurrentzoo.layers.RecurrentSameDiffLayer} is their base, and
 * that of layers of one's own. What runs them in a network lies in {@code
 * io.github.recurrentzoo.layers.runtime}, which is not public API.
 *
 * <p>Shapes: B batch, T time, D input size, H hidden size.
 */
package io.github.recurrentzoo.layers;
