/**
 * Networks that are only asked, in plain Java on copies of their weights. Not public API: it is
 * public only where the zoo has to reach it.
 *
 * <ul>
 *   <li>{@link io.github.recurrentzoo.layers.inference.InferenceNetwork} answers as {@code
 *       ComputationGraph.output} does: classes, labels, forecasts, the encoder of a translation.
 *   <li>{@link io.github.recurrentzoo.layers.inference.SymbolNetwork} reads one symbol after the
 *       other, as {@code rnnTimeStep} does: text generation, the decoder of a translation.
 * </ul>
 *
 * <p>Both are made of a graph by a reader, do not change and are shared by threads; {@link
 * io.github.recurrentzoo.layers.inference.Inference} and {@link
 * io.github.recurrentzoo.layers.inference.SymbolSteps} have the arrays and states of one thread.
 * The equations of the cells are those of {@link io.github.recurrentzoo.layers.kernel.Cell}; a
 * subclass of {@code SteppedCell} computes one step.
 *
 * <p>Notation: R rows, T steps, D input size, H hidden size, G gates, V symbols, row vectors.
 */
package io.github.recurrentzoo.layers.inference;
