package io.github.recurrentzoo.layers.kernel;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One direction of a recurrent layer over whole sequences, forward and backward.
 *
 * <p>Arrays are read and written through their strides, so any order and any permuted view serves;
 * quickest are views of time-major memory, which {@link Kernels#timeMajor} makes. All that is
 * written is overwritten. A kernel keeps its buffers from call to call and serves one thread at a
 * time.
 */
public interface RecurrentKernel {

  /**
   * The state between two time steps.
   *
   * @param hidden [B, H], what is carried as h (for RRNN h or h', as its StateCarry says)
   * @param memory [B, H], the memory c of an LSTM; null for all else
   */
  record State(INDArray hidden, INDArray memory) {}

  /**
   * What a kernel computes.
   *
   * @param cell one time step
   * @param forward whether time runs from the first step to the last; the output at time t stays at
   *     position t in either case
   * @param returnSequences true: the output is [B, H, T]; false: [B, H], the output at the last
   *     unmasked step that is processed (zero for a row without one)
   */
  record Spec(Cell cell, boolean forward, boolean returnSequences) {}

  /**
   * A forward pass.
   *
   * @param params by key, in the layout that {@link Cell} gives; read again by the backward pass
   * @param x [B, D, T]; or a table, [U, D]
   * @param places of a table, B*T numbers from 0 to U-1, the T of a row together: step t of row b
   *     reads row {@code places[b * T + t]} of it; null where x is a sequence
   * @param mask [B, T], or null; where it is 0, state and output of that step are zero
   * @param initial the state to begin with; null for zeros
   * @param output written: [B, H, T] or [B, H]
   * @param last written: the state after the last step that is processed, which may be the arrays
   *     of {@code initial}; null if not wanted
   * @param keepsTape whether a backward pass is to follow
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Forward(
      Map<String, INDArray> params,
      INDArray x,
      int[] places,
      INDArray mask,
      State initial,
      INDArray output,
      State last,
      boolean keepsTape) {

    /** Of a sequence. */
    public Forward(
        Map<String, INDArray> params,
        INDArray x,
        INDArray mask,
        State initial,
        INDArray output,
        State last,
        boolean keepsTape) {
      this(params, x, null, mask, initial, output, last, keepsTape);
    }
  }

  /**
   * A backward pass.
   *
   * @param epsilon [B, H, T] or [B, H], the gradient of the loss by the output
   * @param params written: the gradient by each parameter, by key, summed over B and T
   * @param input written: the gradient by x, [B, D, T], zero at masked steps; or by the table, [U,
   *     D], for which it may be null if it is not wanted
   * @param initial written: the gradient by the initial state; null if not wanted
   */
  record Backward(INDArray epsilon, Map<String, INDArray> params, INDArray input, State initial) {}

  /** What this kernel computes. */
  Spec spec();

  /** Whether x may be a table. */
  default boolean readsTables() {
    return false;
  }

  /** Computes the output. */
  void forward(Forward pass);

  /**
   * Computes the gradients of {@code sum(output (.) epsilon)} for the last forward pass, which must
   * have kept its tape; the tape is gone afterwards.
   *
   * @throws IllegalStateException if there is no tape
   */
  void backward(Backward pass);

  /** Whether a backward pass can follow. */
  boolean hasTape();

  /** Lets go of the tape. */
  void dropTape();
}
