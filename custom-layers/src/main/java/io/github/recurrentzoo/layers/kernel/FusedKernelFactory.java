package io.github.recurrentzoo.layers.kernel;

/** Stands in for the fused kernels until they are merged: the reference serves. */
final class FusedKernelFactory {

  private FusedKernelFactory() {}

  static RecurrentKernel of(RecurrentKernel.Spec spec, int threads) {
    return ReferenceKernels.of(spec);
  }
}
