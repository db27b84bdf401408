/**
 * Kernels: recurrent layers over whole sequences, forward and backward, without a graph of
 * operations. Not public API: it is public only where the runtime layers have to reach it.
 *
 * <p>For each {@link io.github.recurrentzoo.layers.kernel.Cell} there is a readable reference in
 * plain Java, and a fused kernel that is tested against it. {@link
 * io.github.recurrentzoo.layers.kernel.Kernels} alone chooses.
 *
 * <p>Notation: B batch, T time, D input size, H hidden size, row vectors.
 */
package io.github.recurrentzoo.layers.kernel;
