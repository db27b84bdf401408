/**
 * What runs recurrent layers in a network: {@link
 * io.github.recurrentzoo.layers.runtime.RecurrentSameDiffRuntime}, and the layers with kernels that
 * take the place of Deeplearning4j's when {@link io.github.recurrentzoo.layers.FusedKernels} is
 * asked to. Not public API: it is public only where Deeplearning4j or the package above has to
 * reach it.
 *
 * <p>{@link io.github.recurrentzoo.layers.runtime.LayerAttacher} decides and replaces; {@code
 * KernelPasses} does what all layers with a kernel have in common, {@code KernelRunner} one forward
 * pass and its backward pass.
 */
package io.github.recurrentzoo.layers.runtime;
