package io.github.recurrentzoo.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.github.recurrentzoo.layers.GruParams;
import java.util.List;

/** PyTorch's own GRU, whose blocks stand in the order of ours: reset, update, candidate. */
final class TorchGru implements TorchRecurrence {

  // Places in the list of parameters.
  private static final int W = 0; // [3H, D]
  private static final int RW = 1; // [3H, H]
  private static final int BIAS = 2; // [3H]
  private static final int GATE_BIASES = 3; // [2H], zeros: PyTorch's second biases of the gates
  private static final int RECURRENT_BIAS = 4; // [H]

  @Override
  public List<Parameter> parameters(Problem problem) {
    return List.of(
        Parameter.matrix(problem.recurrent().get(GruParams.WEIGHT).transposed()),
        Parameter.matrix(problem.recurrent().get(GruParams.RECURRENT_WEIGHT).transposed()),
        Parameter.vector(problem.recurrent().get(GruParams.BIAS)),
        Parameter.zeroBias(2 * problem.shape().size()),
        Parameter.vector(problem.recurrent().get(GruParams.RECURRENT_BIAS)));
  }

  @Override
  public NDArray forward(NDArray x, NDList parameters, boolean training) {
    return run(x, zeroState(x, parameters), parameters, training).get(0);
  }

  @Override
  public NDArray last(NDArray x, NDList parameters, boolean training) {
    return run(x, zeroState(x, parameters), parameters, training).get(1).squeeze(0);
  }

  private static NDArray zeroState(NDArray x, NDList parameters) {
    return x.getManager().zeros(new Shape(1, x.size(1), parameters.get(RW).size(1)));
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public NDList step(NDArray x, NDList state, NDList parameters) {
    return run(x, state.get(0), parameters, false);
  }

  /** The output of all steps, and the last h. */
  private static NDList run(NDArray x, NDArray state, NDList p, boolean training) {
    NDArray second = NDArrays.concat(new NDList(p.get(GATE_BIASES), p.get(RECURRENT_BIAS)));
    second.attach(x.getManager());
    NDList parameters = new NDList(p.get(W), p.get(RW), p.get(BIAS), second);
    return x.getNDArrayInternal().gru(x, state, parameters, true, 1, 0, training, false, false);
  }
}
