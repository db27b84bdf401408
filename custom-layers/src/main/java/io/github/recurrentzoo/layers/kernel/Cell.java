package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.StateCarry;

/**
 * What a recurrent layer computes in one time step. D is the input size, H the hidden size; (.) is
 * the element-wise product. Each has the parameters W [D, G*H], RW [H, G*H] and b [G*H], in G
 * blocks of H columns, one a gate.
 */
public sealed interface Cell {

  /** D. */
  int inputs();

  /** H. */
  int hidden();

  /** G, the number of blocks of H columns in W, RW and b. */
  int gates();

  /**
   * {@code h_t = f(x_t W + h_{t-1} RW + b)}.
   *
   * @param inputs D
   * @param hidden H
   * @param activation f
   */
  record SimpleRnn(int inputs, int hidden, CellActivation activation) implements Cell {
    @Override
    public int gates() {
      return 1;
    }
  }

  /**
   * Long short-term memory without peepholes.
   *
   * <pre>
   * a = f(x_t W_a + h_{t-1} RW_a + b_a)        candidate
   * q = g(x_t W_q + h_{t-1} RW_q + b_q)        forget gate
   * o = g(x_t W_o + h_{t-1} RW_o + b_o)        output gate
   * i = g(x_t W_i + h_{t-1} RW_i + b_i)        input gate
   * c_t = q (.) c_{t-1} + i (.) a              memory
   * h_t = o (.) f(c_t)
   * </pre>
   *
   * The blocks stand in this order, a q o i, which Deeplearning4j calls I F O G.
   *
   * @param inputs D
   * @param hidden H
   * @param activation f
   * @param gateActivation g
   */
  record Lstm(int inputs, int hidden, CellActivation activation, CellActivation gateActivation)
      implements Cell {
    @Override
    public int gates() {
      return 4;
    }
  }

  /**
   * The dual recurrence of {@link io.github.recurrentzoo.layers.Rrnn}, whose javadoc gives the
   * equations; its parameters are W, RW, b, GW, OW and bo, in the layout of {@link
   * io.github.recurrentzoo.layers.RrnnParams}.
   *
   * @param inputs D
   * @param hidden H
   * @param activation f
   * @param gateActivation g
   * @param outputActivation of the output
   * @param carry which state is carried
   */
  record Rrnn(
      int inputs,
      int hidden,
      CellActivation activation,
      CellActivation gateActivation,
      CellActivation outputActivation,
      StateCarry carry)
      implements Cell {
    @Override
    public int gates() {
      return 3;
    }
  }
}
