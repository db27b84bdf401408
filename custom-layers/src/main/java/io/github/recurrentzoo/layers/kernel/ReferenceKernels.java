package io.github.recurrentzoo.layers.kernel;

/** Makes reference kernels. */
final class ReferenceKernels {

  private ReferenceKernels() {}

  /** The reference kernel of a cell. */
  static RecurrentKernel of(RecurrentKernel.Spec spec) {
    if (spec.cell() instanceof Cell.SimpleRnn cell) {
      return new ReferenceSimpleRnn(spec, cell);
    }
    if (spec.cell() instanceof Cell.Lstm cell) {
      return new ReferenceLstm(spec, cell);
    }
    return new ReferenceRrnn(spec, (Cell.Rrnn) spec.cell());
  }
}
