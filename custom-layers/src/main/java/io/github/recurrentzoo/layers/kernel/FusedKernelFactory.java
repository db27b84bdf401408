package io.github.recurrentzoo.layers.kernel;

/** Makes fused kernels. */
final class FusedKernelFactory {

  private FusedKernelFactory() {}

  /**
   * The fused kernel of a cell.
   *
   * @param threads at the most, for large minibatches
   */
  static RecurrentKernel of(RecurrentKernel.Spec spec, int threads) {
    return new FusedKernel(spec, threads);
  }
}
