package io.github.recurrentzoo.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import io.github.recurrentzoo.layers.RrnnParams;
import java.util.ArrayList;
import java.util.List;

/**
 * RRNN, which PyTorch does not have, in its operations; h_t is carried.
 *
 * <pre>
 * h_t  = tanh(x_t W_xh  + h_{t-1} W_hh  + b_h)
 * r_t  = sigmoid(x_t W_xr  + h_{t-1} W_rr  + b_r)
 * h'_t = tanh(x_t W_x'h + h_{t-1} W_h'h + (r_t W_rh) (.) h_{t-1} + b_h')
 * o_t  = sigmoid(h'_t W_ho + h_t W_ho' + b_o)
 * </pre>
 *
 * Hoisted as far as it goes: the loop has one product with its sum (PyTorch's addmm) and one tanh;
 * everything else is a few operations over all T*B rows, or over the B rows of the last step where
 * only that is wanted.
 */
final class TorchRrnn implements TorchRecurrence {

  // Places in the list of parameters; PyTorch's linear(x, w, b) is x w' + b.
  private static final int WX_MAIN = 0; // [H, D]
  private static final int WX_AUX = 1; // [2H, D], r above h'
  private static final int WH_MAIN = 2; // [H, H]
  private static final int WH_AUX = 3; // [2H, H]
  private static final int W_GATE = 4; // [H, H]
  private static final int W_OUT_AUX = 5; // [H, H], for h'
  private static final int W_OUT_MAIN = 6; // [H, H], for h
  private static final int B_MAIN = 7; // [H]
  private static final int B_AUX = 8; // [2H]
  private static final int B_OUT = 9; // [H]

  private final boolean lastStepOnly;

  TorchRrnn(boolean lastStepOnly) {
    this.lastStepOnly = lastStepOnly;
  }

  @Override
  public List<Parameter> parameters(Problem problem) {
    int h = problem.shape().size();
    Matrix w = problem.recurrent().get(RrnnParams.WEIGHT);
    Matrix rw = problem.recurrent().get(RrnnParams.RECURRENT_WEIGHT);
    Matrix b = problem.recurrent().get(RrnnParams.BIAS);
    Matrix ow = problem.recurrent().get(RrnnParams.OUTPUT_WEIGHT);
    return List.of(
        Parameter.matrix(w.blocks(h, 0).transposed()),
        Parameter.matrix(w.blocks(h, 1, 2).transposed()),
        Parameter.matrix(rw.blocks(h, 0).transposed()),
        Parameter.matrix(rw.blocks(h, 1, 2).transposed()),
        Parameter.matrix(problem.recurrent().get(RrnnParams.GATE_WEIGHT).transposed()),
        Parameter.matrix(ow.rows(0, h).transposed()),
        Parameter.matrix(ow.rows(h, 2 * h).transposed()),
        Parameter.vector(b.blocks(h, 0)),
        Parameter.vector(b.blocks(h, 1, 2)),
        Parameter.vector(problem.recurrent().get(RrnnParams.OUTPUT_BIAS)));
  }

  @Override
  public NDArray forward(NDArray x, NDList parameters, boolean training) {
    NDList main = mainStates(x, parameters);
    return lastStepOnly ? lastOutput(x, main, parameters) : allOutputs(x, main, parameters);
  }

  @Override
  public NDArray last(NDArray x, NDList parameters, boolean training) {
    NDArray output = forward(x, parameters, training);
    return lastStepOnly ? output : output.get(output.size(0) - 1);
  }

  /** h_0 = 0, then h_1 to h_T, each [B, H]. */
  private static NDList mainStates(NDArray x, NDList p) {
    long steps = x.size(0);
    NDList fromInput = linear(rows(x), p.get(WX_MAIN), p.get(B_MAIN)).split(steps, 0);
    NDArray h = x.getManager().zeros(new Shape(x.size(1), p.get(WH_MAIN).size(0)));
    List<NDArray> states = new ArrayList<>();
    states.add(h);
    for (NDArray z : fromInput) {
      h = linear(h, p.get(WH_MAIN), z).tanh();
      states.add(h);
    }
    return new NDList(states);
  }

  /** o_t of all steps, [T, B, H]. */
  private static NDArray allOutputs(NDArray x, NDList main, NDList p) {
    NDArray previous = NDArrays.concat(main.subNDList(0, main.size() - 1)); // [T*B, H]
    NDArray current = NDArrays.concat(main.subNDList(1)); // [T*B, H]
    return output(rows(x), previous, current, p).reshape(x.size(0), x.size(1), -1);
  }

  /** o_T, [B, H]. */
  private static NDArray lastOutput(NDArray x, NDList main, NDList p) {
    int last = main.size() - 1;
    return output(x.get(x.size(0) - 1), main.get(last - 1), main.get(last), p);
  }

  /** r_t, h'_t and o_t of N rows from x_t [N, D], h_{t-1} [N, H] and h_t [N, H]. */
  private static NDArray output(NDArray x, NDArray previous, NDArray current, NDList p) {
    NDArray fromInput = linear(x, p.get(WX_AUX), p.get(B_AUX));
    NDList z = linear(previous, p.get(WH_AUX), fromInput).split(2, 1);
    NDArray r = Activation.sigmoid(z.get(0));
    NDArray gate = linear(r, p.get(W_GATE), null).mul(previous);
    NDArray gated = z.get(1).add(gate).tanh();
    NDArray fromMain = linear(current, p.get(W_OUT_MAIN), p.get(B_OUT));
    return Activation.sigmoid(linear(gated, p.get(W_OUT_AUX), fromMain));
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public NDList step(NDArray x, NDList state, NDList p) {
    NDArray row = rows(x);
    NDArray previous = rows(state.get(0));
    NDArray z = linear(row, p.get(WX_MAIN), p.get(B_MAIN));
    NDArray current = linear(previous, p.get(WH_MAIN), z).tanh();
    return new NDList(output(row, previous, current, p), current);
  }

  /** x w' + b; b may have one row for all rows of x, or as many as x, or be null. */
  private static NDArray linear(NDArray x, NDArray w, NDArray b) {
    return Linear.linear(x, w, b).singletonOrThrow();
  }

  /** [T, B, K] to [T*B, K]. */
  private static NDArray rows(NDArray array) {
    return array.reshape(-1, array.size(array.getShape().dimension() - 1));
  }
}
