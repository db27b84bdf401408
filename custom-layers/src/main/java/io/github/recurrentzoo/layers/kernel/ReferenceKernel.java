package io.github.recurrentzoo.layers.kernel;

import static io.github.recurrentzoo.layers.CellParameter.BIAS;
import static io.github.recurrentzoo.layers.CellParameter.RECURRENT_WEIGHT;
import static io.github.recurrentzoo.layers.CellParameter.WEIGHT;
import static io.github.recurrentzoo.layers.kernel.Vectors.product;
import static io.github.recurrentzoo.layers.kernel.Vectors.productTransposed;
import static io.github.recurrentzoo.layers.kernel.Vectors.scaled;
import static io.github.recurrentzoo.layers.kernel.Vectors.sum;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A recurrent layer written to be read, in plain Java and in double, one row and one time step
 * after the other: what the fused kernels are tested against. Here is the loop over time; a
 * subclass gives one step of one row, and the gradient of that step.
 *
 * <pre>
 * (state, output) = step(x_t, state_{t-1})
 * state_t = m_t state        output_t = m_t output        m_t is the mask, or 1
 * </pre>
 *
 * <p>Where the mask is 0, the step is not computed at all, so that it does not matter what stands
 * there; state and output are zero, and no gradient goes through.
 *
 * @param <S> what a step keeps for its gradient
 */
abstract class ReferenceKernel<S extends ReferenceKernel.Step> implements RecurrentKernel {

  /** The state of one row, or the gradient by it. */
  static final class RowState {
    final double[] h; // [H]
    final double[] c; // [H], the memory of an LSTM; empty for all else

    RowState(double[] h, double[] c) {
      this.h = h;
      this.c = c;
    }
  }

  /** One step of one row, before the mask. */
  interface Step {
    /** The state after the step. */
    RowState state();

    /** The output, [H]. */
    double[] output();
  }

  /** The gradients by what went into a step. */
  static final class StepGradient {
    final double[] x; // [D]
    final RowState before;

    StepGradient(double[] x, RowState before) {
      this.x = x;
      this.before = before;
    }
  }

  /** What forward keeps of a step: its time, its mask, and itself, null where the mask is 0. */
  private record Taped<S>(int t, double mask, S step) {}

  private final Spec spec;
  private Map<String, double[][]> params = Map.of(); // matrices; a bias is one of one row
  private Map<String, double[][]> gradients = Map.of(); // by each of params
  private Map<String, INDArray> tapedParams;
  private List<List<Taped<S>>> tape; // [B][T], in the order of processing; null: none

  ReferenceKernel(Spec spec) {
    this.spec = spec;
  }

  /**
   * One time step of one row.
   *
   * @param x [D]
   * @param before the state before the step
   */
  abstract S step(double[] x, RowState before);

  /**
   * The gradient of a step. Adds the gradients by the parameters to what is there already.
   *
   * @param step the step
   * @param output the gradient by its output, [H]
   * @param state the gradient by the state after it
   */
  abstract StepGradient back(S step, double[] output, RowState state);

  @Override
  public final Spec spec() {
    return spec;
  }

  @Override
  public final boolean hasTape() {
    return tape != null;
  }

  @Override
  public final void dropTape() {
    tape = null;
    tapedParams = null;
  }

  // ---- the loop over time

  @Override
  public final void forward(Forward pass) {
    dropTape();
    readParams(pass.params());
    double[][][] x = DoubleArrays.timeSteps(pass.x()); // [B, T, D]
    int rows = x.length;
    int steps = x[0].length;
    RowState[] states = initial(pass.initial(), rows);
    double[][][] output = new double[rows][steps][hidden()]; // [B, T, H]
    double[][] lastOutput = new double[rows][hidden()]; // [B, H]
    List<List<Taped<S>>> kept = new ArrayList<>();
    for (int b = 0; b < rows; b++) {
      List<Taped<S>> row = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        int t = spec.forward() ? i : steps - 1 - i;
        double m = pass.mask() == null ? 1 : pass.mask().getDouble(b, t);
        if (m == 0) {
          states[b] = zeroState();
          row.add(new Taped<>(t, m, null));
          continue;
        }
        S step = step(x[b][t], states[b]);
        states[b] = scaledState(m, step.state());
        output[b][t] = scaled(m, step.output());
        lastOutput[b] = output[b][t];
        row.add(new Taped<>(t, m, step));
      }
      kept.add(row);
    }
    if (spec.returnSequences()) {
      DoubleArrays.writeTimeSteps(output, pass.output());
    } else {
      DoubleArrays.writeMatrix(lastOutput, pass.output());
    }
    write(states, pass.last());
    if (pass.keepsTape()) {
      tape = kept;
      tapedParams = pass.params();
    }
  }

  @Override
  public final void backward(Backward pass) {
    if (tape == null) {
      throw new IllegalStateException(
          "backward without a tape: it must follow a forward pass that kept its tape, and follow it"
              + " once");
    }
    readParams(tapedParams);
    gradients = new HashMap<>();
    params.forEach((key, p) -> gradients.put(key, new double[p.length][p[0].length]));
    int rows = tape.size();
    double[][][] epsilon = epsilon(pass.epsilon()); // [B, T, H]
    double[][][] input = new double[rows][tape.get(0).size()][spec.cell().inputs()]; // [B, T, D]
    RowState[] states = new RowState[rows]; // [B], the gradient by the state after a step
    for (int b = 0; b < rows; b++) {
      states[b] = zeroState();
      for (int i = tape.get(b).size() - 1; i >= 0; i--) {
        Taped<S> taped = tape.get(b).get(i);
        if (taped.step() == null) {
          states[b] = zeroState();
          continue;
        }
        double m = taped.mask();
        double[] output = scaled(m, epsilon[b][taped.t()]); // [H]
        StepGradient gradient = back(taped.step(), output, scaledState(m, states[b]));
        input[b][taped.t()] = gradient.x;
        states[b] = gradient.before;
      }
    }
    gradients.forEach((key, g) -> DoubleArrays.writeMatrix(g, pass.params().get(key)));
    DoubleArrays.writeTimeSteps(input, pass.input());
    write(states, pass.initial());
    dropTape();
  }

  /** [B, T, H]. When only the last output was given, all others have the gradient 0. */
  private double[][][] epsilon(INDArray array) {
    if (spec.returnSequences()) {
      return DoubleArrays.timeSteps(array);
    }
    double[][] last = DoubleArrays.matrix(array); // [B, H]
    double[][][] epsilon = new double[last.length][tape.get(0).size()][hidden()];
    for (int b = 0; b < last.length; b++) {
      int lastStep = -1;
      for (Taped<S> taped : tape.get(b)) {
        lastStep = taped.step() == null ? lastStep : taped.t();
      }
      if (lastStep >= 0) {
        epsilon[b][lastStep] = last[b];
      }
    }
    return epsilon;
  }

  // ---- what all cells share: z = x W + h RW + b

  /** z, [G*H]. */
  final double[] preActivation(double[] x, double[] h) {
    double[] fromInput = product(x, param(WEIGHT));
    double[] fromState = product(h, param(RECURRENT_WEIGHT));
    return sum(sum(fromInput, fromState), param(BIAS)[0]);
  }

  /** Adds the gradients by W, RW and b, where that by z is dz, [G*H]. */
  final void addPreActivationGradients(double[] x, double[] h, double[] dz) {
    addWeightGradient(WEIGHT, x, dz);
    addWeightGradient(RECURRENT_WEIGHT, h, dz);
    addBiasGradient(BIAS, dz);
  }

  /** The gradient by x, [D]. */
  final double[] inputGradient(double[] dz) {
    return productTransposed(dz, param(WEIGHT));
  }

  /** The gradient by h, as far as it goes through z, [H]. */
  final double[] stateGradient(double[] dz) {
    return productTransposed(dz, param(RECURRENT_WEIGHT));
  }

  /** H. */
  final int hidden() {
    return spec.cell().hidden();
  }

  /** A parameter by its key; a bias is a matrix of one row. */
  final double[][] param(String key) {
    return params.get(key);
  }

  /** Adds {@code v^T dz} to the gradient by the matrix [K, N] of {@code z = v m}. */
  final void addWeightGradient(String key, double[] v, double[] dz) {
    double[][] to = gradients.get(key); // [K, N]
    for (int k = 0; k < v.length; k++) {
      for (int j = 0; j < dz.length; j++) {
        to[k][j] += v[k] * dz[j];
      }
    }
  }

  /** Adds dz to the gradient by the bias [N] of {@code z = v m + bias}. */
  final void addBiasGradient(String key, double[] dz) {
    double[][] to = gradients.get(key); // [1, N]
    to[0] = sum(to[0], dz);
  }

  // ---- states and parameters

  private void readParams(Map<String, INDArray> arrays) {
    params = new HashMap<>();
    arrays.forEach((key, array) -> params.put(key, DoubleArrays.matrix(array)));
  }

  private RowState zeroState() {
    return new RowState(new double[hidden()], new double[memory()]);
  }

  private static RowState scaledState(double factor, RowState state) {
    return new RowState(scaled(factor, state.h), scaled(factor, state.c));
  }

  private RowState[] initial(State initial, int rows) {
    RowState[] states = new RowState[rows];
    for (int b = 0; b < rows; b++) {
      states[b] = zeroState();
      for (int j = 0; initial != null && j < hidden(); j++) {
        states[b].h[j] = initial.hidden().getDouble(b, j);
      }
      for (int j = 0; initial != null && j < memory(); j++) {
        states[b].c[j] = initial.memory().getDouble(b, j);
      }
    }
    return states;
  }

  private void write(RowState[] states, State to) {
    for (int b = 0; to != null && b < states.length; b++) {
      for (int j = 0; j < hidden(); j++) {
        to.hidden().putScalar(b, j, states[b].h[j]);
      }
      for (int j = 0; j < memory(); j++) {
        to.memory().putScalar(b, j, states[b].c[j]);
      }
    }
  }

  /** The length of the memory: H where the cell has one, else 0. */
  private int memory() {
    return spec.cell().hasMemory() ? hidden() : 0;
  }
}
