package io.github.recurrentzoo.layers.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays of a forward pass, ready to be read by several threads; absent ones are null.
 *
 * @param tableRows U of a table; 0 where x is a sequence
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Batch(
    int rows,
    int steps,
    BatchArray x,
    int tableRows,
    int[] places,
    BatchArray mask,
    BatchArray initialHidden,
    BatchArray initialMemory,
    BatchArray output,
    BatchArray lastHidden,
    BatchArray lastMemory,
    boolean keepsTape) {

  static Batch of(RecurrentKernel.Forward pass) {
    INDArray x = pass.x();
    RecurrentKernel.State initial = pass.initial();
    RecurrentKernel.State last = pass.last();
    boolean table = pass.places() != null;
    int rows = Math.toIntExact(table ? pass.output().size(0) : x.size(0));
    return new Batch(
        rows,
        table ? pass.places().length / rows : Math.toIntExact(x.size(2)),
        BatchArray.of(x),
        table ? Math.toIntExact(x.size(0)) : 0,
        pass.places(),
        BatchArray.of(pass.mask()),
        BatchArray.of(initial == null ? null : initial.hidden()),
        BatchArray.of(initial == null ? null : initial.memory()),
        BatchArray.of(pass.output()),
        BatchArray.of(last == null ? null : last.hidden()),
        BatchArray.of(last == null ? null : last.memory()),
        pass.keepsTape());
  }

  /** The arrays of a backward pass; the gradients by the initial state may be null. */
  record Errors(
      BatchArray epsilon, BatchArray input, BatchArray initialHidden, BatchArray initialMemory) {

    static Errors of(RecurrentKernel.Backward pass) {
      RecurrentKernel.State initial = pass.initial();
      return new Errors(
          BatchArray.of(pass.epsilon()),
          BatchArray.of(pass.input()),
          BatchArray.of(initial == null ? null : initial.hidden()),
          BatchArray.of(initial == null ? null : initial.memory()));
    }
  }
}
