package io.github.recurrentzoo.layers.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The attention of {@code LuongAttentionVertex}, forward and backward. Arrays are read and written
 * through their strides; quickest are views of time-major memory. All that is written is
 * overwritten. A kernel keeps its buffers from call to call and serves one thread at a time.
 */
public interface AttentionKernel {

  /**
   * The parameters, or the gradients by them.
   *
   * @param score W, [H, E]
   * @param output W_c, [E + H, A]
   * @param bias b, [1, A]
   * @param offsets r, [1, 2K + 1], by the offset of a state from a query; null for none
   */
  record Parameters(INDArray score, INDArray output, INDArray bias, INDArray offsets) {}

  /**
   * What is read.
   *
   * @param queries h, [B, H, T]
   * @param states s, [B, E, S], in parts: of each state first the numbers of the first array, then
   *     those of the second ...
   * @param queryMask [B, T], or null; the output is multiplied by it
   * @param stateMask [B, S], or null; where it is 0, a state has no weight. Each row has one state
   *     at least
   * @param firstStep the time of the first query: 0 but where an output is decoded step by step
   */
  record Input(
      INDArray queries,
      List<INDArray> states,
      INDArray queryMask,
      INDArray stateMask,
      int firstStep) {}

  /**
   * Computes the output.
   *
   * @param output written, [B, A, T]
   * @param keepsTape whether {@link #backward} is to follow; then the parameters must not change
   *     before
   */
  void forward(Parameters parameters, Input input, INDArray output, boolean keepsTape);

  /**
   * Computes the gradients of {@code sum(output (.) epsilon)} for the last forward pass, which must
   * have kept its tape; the tape is gone afterwards.
   *
   * @param epsilon [B, A, T]
   * @param parameters written
   * @param queries written, [B, H, T]
   * @param states written, [B, E, S], in parts as they were read
   * @throws IllegalStateException if there is no tape
   */
  void backward(INDArray epsilon, Parameters parameters, INDArray queries, List<INDArray> states);

  /** Whether a backward pass can follow. */
  boolean hasTape();

  /** Lets go of the tape. */
  void dropTape();

  /** The weights a of the last forward pass, [B][T][S]: of each state in each context. */
  double[][][] weights();
}
