package io.github.recurrentzoo.layers;

import java.util.List;

/**
 * The parameter keys of an {@link Rrnn}. D is the input size, H the hidden size.
 *
 * <table>
 * <caption>Parameters</caption>
 * <tr><th>key</th><th>shape</th><th>columns or rows</th></tr>
 * <tr><td>W</td><td>[D, 3H]</td><td>columns W_xh, W_xr, W_x'h</td></tr>
 * <tr><td>RW</td><td>[H, 3H]</td><td>columns W_hh, W_rr, W_h'h</td></tr>
 * <tr><td>GW</td><td>[H, H]</td><td>W_rh</td></tr>
 * <tr><td>OW</td><td>[2H, H]</td><td>rows W_ho (for h'_t), W_ho' (for h_t)</td></tr>
 * <tr><td>b</td><td>[1, 3H]</td><td>b_h, b_r, b_h'</td></tr>
 * <tr><td>bo</td><td>[1, H]</td><td>b_o</td></tr>
 * </table>
 *
 * All are in 'c' order. With {@link Direction#BOTH} each key exists twice, with {@link
 * #FORWARD_PREFIX} and {@link #BACKWARD_PREFIX} before it, as in Deeplearning4j's Bidirectional.
 */
public final class RrnnParams {
  /** Input weights, [D, 3H]. */
  public static final String WEIGHT = CellParameter.WEIGHT;

  /** Recurrent weights, [H, 3H]. */
  public static final String RECURRENT_WEIGHT = CellParameter.RECURRENT_WEIGHT;

  /** Weights from the auxiliary recurrence to its gate, [H, H]. */
  public static final String GATE_WEIGHT = "GW";

  /** Output weights, [2H, H]. */
  public static final String OUTPUT_WEIGHT = "OW";

  /** Biases of the three recurrences, [1, 3H]. */
  public static final String BIAS = CellParameter.BIAS;

  /** Bias of the output, [1, H]. */
  public static final String OUTPUT_BIAS = "bo";

  /** Stands before the keys of the forward half of {@link Direction#BOTH}. */
  public static final String FORWARD_PREFIX = CellParameter.FORWARD_PREFIX;

  /** Stands before the keys of the backward half of {@link Direction#BOTH}. */
  public static final String BACKWARD_PREFIX = CellParameter.BACKWARD_PREFIX;

  private RrnnParams() {}

  /**
   * The parameters of one direction, without prefix, in the order of the layer's vector.
   *
   * @param inputs D
   * @param hidden H
   */
  public static List<CellParameter> of(long inputs, long hidden) {
    return List.of(
        CellParameter.weight(WEIGHT, inputs, 3 * hidden),
        CellParameter.recurrentWeight(RECURRENT_WEIGHT, hidden, 3 * hidden),
        CellParameter.weight(GATE_WEIGHT, hidden, hidden),
        CellParameter.weight(OUTPUT_WEIGHT, 2 * hidden, hidden),
        CellParameter.bias(BIAS, 3 * hidden),
        CellParameter.bias(OUTPUT_BIAS, hidden));
  }
}
