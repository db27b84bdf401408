package io.github.recurrentzoo.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.github.recurrentzoo.layers.RrnnParams;
import java.util.List;

/** PyTorch's own LSTM. */
final class TorchLstm implements TorchRecurrence {

  private static final int CANDIDATE = 0;
  private static final int FORGET = 1;
  private static final int OUTPUT = 2;
  private static final int INPUT = 3;

  @Override
  public List<Parameter> parameters(Problem problem) {
    int h = problem.shape().size();
    return List.of(
        Parameter.matrix(reordered(problem, RrnnParams.WEIGHT).transposed()),
        Parameter.matrix(reordered(problem, RrnnParams.RECURRENT_WEIGHT).transposed()),
        Parameter.vector(reordered(problem, RrnnParams.BIAS)),
        Parameter.zeroBias(4 * h));
  }

  private static Matrix reordered(Problem problem, String key) {
    int h = problem.shape().size();
    return problem.recurrent().get(key).blocks(h, INPUT, FORGET, CANDIDATE, OUTPUT);
  }

  @Override
  public NDArray forward(NDArray x, NDList parameters, boolean training) {
    return run(x, zeroState(x, parameters), parameters, training).get(0);
  }

  @Override
  public NDArray last(NDArray x, NDList parameters, boolean training) {
    return run(x, zeroState(x, parameters), parameters, training).get(1).squeeze(0);
  }

  private static NDList zeroState(NDArray x, NDList parameters) {
    NDArray zeros = x.getManager().zeros(new Shape(1, x.size(1), parameters.get(1).size(1)));
    return new NDList(zeros, zeros);
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public NDList step(NDArray x, NDList state, NDList parameters) {
    return run(x, state, parameters, false);
  }

  /** The output of all steps, the last h and the last c. */
  private static NDList run(NDArray x, NDList state, NDList parameters, boolean training) {
    return x.getNDArrayInternal().lstm(x, state, parameters, true, 1, 0, training, false, false);
  }
}
