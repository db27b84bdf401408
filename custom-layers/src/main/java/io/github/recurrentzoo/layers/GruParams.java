package io.github.recurrentzoo.layers;

import java.util.List;

/**
 * The parameter keys of a {@link Gru}. D is the input size, H the hidden size.
 *
 * <table>
 * <caption>Parameters</caption>
 * <tr><th>key</th><th>shape</th><th>columns</th></tr>
 * <tr><td>W</td><td>[D, 3H]</td><td>W_xr, W_xz, W_xn</td></tr>
 * <tr><td>RW</td><td>[H, 3H]</td><td>W_hr, W_hz, W_hn</td></tr>
 * <tr><td>b</td><td>[1, 3H]</td><td>b_r, b_z, b_n</td></tr>
 * <tr><td>rb</td><td>[1, H]</td><td>c_n</td></tr>
 * </table>
 *
 * All are in 'c' order. With {@link Direction#BOTH} each key exists twice, with {@link
 * CellParameter#FORWARD_PREFIX} and {@link CellParameter#BACKWARD_PREFIX} before it. The blocks
 * stand in PyTorch's order; Keras has z before r, and ONNX too. The two biases that others keep for
 * r and for z are only ever added to each other, so here they are one.
 */
public final class GruParams {
  /** Input weights, [D, 3H]. */
  public static final String WEIGHT = CellParameter.WEIGHT;

  /** Recurrent weights, [H, 3H]. */
  public static final String RECURRENT_WEIGHT = CellParameter.RECURRENT_WEIGHT;

  /** Biases of both gates and of the candidate, [1, 3H]. */
  public static final String BIAS = CellParameter.BIAS;

  /** The bias within the reset, [1, H]. */
  public static final String RECURRENT_BIAS = "rb";

  private GruParams() {}

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
        CellParameter.bias(BIAS, 3 * hidden),
        CellParameter.bias(RECURRENT_BIAS, hidden));
  }
}
