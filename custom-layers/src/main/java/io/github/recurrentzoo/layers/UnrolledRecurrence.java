package io.github.recurrentzoo.layers;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A recurrence in SameDiff, one direction, unrolled over T time steps: what the equations of a
 * {@link RecurrentSameDiffLayer} are written with. A subclass gives {@link #unroll}.
 *
 * <p>SameDiff loops have no gradient, so the time loop is unrolled, and as each operation costs
 * some 10 to 25 microseconds to dispatch, whatever does not depend on the loop should be one
 * operation over all T*B rows. An operation whose result is not used makes training fail.
 */
public abstract class UnrolledRecurrence {

  /** The graph to define the recurrence in. */
  protected final SameDiff sd;

  /** D. */
  protected final int inputs;

  /** H. */
  protected final int hidden;

  private final RecurrentSameDiffLayer conf;
  private final boolean forward;

  /**
   * What the recurrence gives.
   *
   * @param output [B, H, T], or [B, H] when the layer returns its last step only
   * @param finalState [B, H], the carried state after the last step that was processed
   */
  public record Result(SDVariable output, SDVariable finalState) {}

  /**
   * The sequence to unroll over.
   *
   * @param steps T
   * @param x [T, B, D]
   * @param mask [T, B, 1] of 0 and 1, or null
   * @param initialState [B, H]
   */
  public record Sequence(int steps, SDVariable x, SDVariable mask, SDVariable initialState) {}

  /**
   * Prepares the definition of one direction.
   *
   * @param sd the graph to define the recurrence in
   * @param conf sizes and activations
   * @param forward whether time runs from the first step to the last
   */
  protected UnrolledRecurrence(SameDiff sd, RecurrentSameDiffLayer conf, boolean forward) {
    this.sd = sd;
    this.conf = conf;
    this.forward = forward;
    this.inputs = Math.toIntExact(conf.getNIn());
    this.hidden = Math.toIntExact(conf.getNOut());
  }

  /**
   * Defines output and final state.
   *
   * @param x the input, [B, D, T]; T is known
   * @param mask [B, T] of 0 and 1, or null
   * @param initialState [B, H], or null for zeros
   */
  public final Result define(SDVariable x, SDVariable mask, SDVariable initialState) {
    int steps = Math.toIntExact(x.getShape()[2]);
    SDVariable xs = x.permute(2, 0, 1); // [T, B, D]
    SDVariable ms = mask == null ? null : mask.permute(1, 0).reshape(steps, -1, 1); // [T, B, 1]
    SDVariable initial = initialState == null ? zeroState(xs, steps) : initialState;
    return unroll(new Sequence(steps, xs, ms, initial));
  }

  /** The equations: all steps, in the order of {@link #index}. */
  protected abstract Result unroll(Sequence sequence);

  /** Zeros, [B, H]: as many rows as x has, which only the graph knows. */
  private SDVariable zeroState(SDVariable xs, int steps) {
    SDVariable zeros = sd.constant(Nd4j.zeros(xs.dataType(), inputs, hidden));
    return sd.zerosLike(inputAt(xs, 0, steps).mmul(zeros));
  }

  /** Whether all time steps are wanted; otherwise the last unmasked one that is processed. */
  protected final boolean returnsSequences() {
    return conf.isReturnSequences();
  }

  /** The blocks of H columns of W, RW or b. Not by slices: their gradient fails on a single row. */
  protected final SDVariable[] blocks(SDVariable parameter, int count) {
    return sd.split(parameter, count, 1);
  }

  /** An activation of z. */
  protected final SDVariable activate(Activation activation, SDVariable z) {
    return SameDiffActivation.apply(activation, sd, z);
  }

  /** The time step that is processed i-th. */
  protected final int index(int i, int steps) {
    return forward ? i : steps - 1 - i;
  }

  /** The time step that is processed last. */
  protected final int lastIndex(int steps) {
    return index(steps - 1, steps);
  }

  /** [T, B, K] to [T*B, K]. */
  protected static SDVariable rows(SDVariable timeMajor, int size) {
    return timeMajor.reshape(-1, size);
  }

  /** [T*B, K] to T times [B, K]. */
  protected final SDVariable[] unstack(SDVariable rows, int steps, int size) {
    return sd.unstack(rows.reshape(steps, -1, size), 0, steps);
  }

  /** T times [B, K] to [T, B, K]. */
  protected final SDVariable stack(List<SDVariable> states) {
    return sd.stack(0, states.toArray(SDVariable[]::new));
  }

  /** The mask by step, T times [B, 1]; null for none. */
  protected final SDVariable[] masks(Sequence sequence) {
    return sequence.mask() == null ? null : sd.unstack(sequence.mask(), 0, sequence.steps());
  }

  /** A state [B, H], zero where step t is masked. */
  protected static SDVariable masked(SDVariable state, SDVariable[] masks, int t) {
    return masks == null ? state : state.mul(masks[t]);
  }

  /** [T*B, H] to [B, H, T], zero where masked. */
  protected final SDVariable timeLast(SDVariable rows, Sequence sequence) {
    SDVariable timeMajor = rows.reshape(sequence.steps(), -1, hidden);
    SDVariable masked = sequence.mask() == null ? timeMajor : timeMajor.mul(sequence.mask());
    return masked.permute(1, 2, 0);
  }

  /**
   * 1 at the last unmasked step that is processed of each row, 0 elsewhere, [T, B, 1]; null without
   * a mask.
   */
  protected final SDVariable isLast(Sequence sequence) {
    SDVariable ms = sequence.mask();
    if (ms == null) {
      return null;
    }
    SDVariable unmaskedToCome = sd.cumsum(ms, true, forward, 0);
    return ms.mul(sd.eq(unmaskedToCome, 0.0).castTo(ms.dataType()));
  }

  /** T times [B, H] to [B, H] at the last step, which {@link #isLast} tells. */
  protected final SDVariable last(List<SDVariable> states, SDVariable isLast) {
    return isLast == null ? states.get(lastIndex(states.size())) : stack(states).mul(isLast).sum(0);
  }

  /** The input [B, D] at the last step, which {@link #isLast} tells. */
  protected final SDVariable lastInput(Sequence sequence, SDVariable isLast) {
    int steps = sequence.steps();
    return isLast == null
        ? inputAt(sequence.x(), lastIndex(steps), steps)
        : sequence.x().mul(isLast).sum(0);
  }

  /** [T, B, D] to [B, D] by a product with 0 and 1: the gradients of slice and gather fail. */
  private SDVariable inputAt(SDVariable xs, int t, int steps) {
    INDArray isStep = Nd4j.zeros(xs.dataType(), steps, 1, 1);
    isStep.putScalar(t, 0, 0, 1.0);
    return xs.mul(sd.constant(isStep)).sum(0);
  }
}
