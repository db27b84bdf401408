package io.github.recurrentzoo.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RNN;
import io.github.recurrentzoo.layers.RrnnParams;
import java.util.List;

/** PyTorch's own RNN. */
final class TorchSimpleRnn implements TorchRecurrence {

  @Override
  public List<Parameter> parameters(Problem problem) {
    return List.of(
        Parameter.matrix(problem.recurrent().get(RrnnParams.WEIGHT).transposed()),
        Parameter.matrix(problem.recurrent().get(RrnnParams.RECURRENT_WEIGHT).transposed()),
        Parameter.vector(problem.recurrent().get(RrnnParams.BIAS)),
        Parameter.zeroBias(problem.shape().size()));
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
    return x.getManager().zeros(new Shape(1, x.size(1), parameters.get(1).size(1)));
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
  static NDList run(NDArray x, NDArray state, NDList parameters, boolean training) {
    return x.getNDArrayInternal()
        .rnn(x, state, parameters, true, 1, RNN.Activation.TANH, 0, training, false, false);
  }
}
