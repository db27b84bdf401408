package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.CellParameter;
import io.github.recurrentzoo.layers.GruParams;
import io.github.recurrentzoo.layers.RrnnParams;
import io.github.recurrentzoo.layers.StateCarry;
import java.util.List;

/**
 * What a recurrent layer computes in one time step. D is the input size, H the hidden size; (.) is
 * the element-wise product. Each has the parameters W [D, G*H], RW [H, G*H] and b [G*H], in G
 * blocks of H columns, one a gate, and may have more.
 *
 * <p>A cell is its equations, its {@link #parameters}, a {@link #reference} and a {@link #shard}.
 */
public sealed interface Cell {

  /** D. */
  int inputs();

  /** H. */
  int hidden();

  /** G, the number of blocks of H columns in W, RW and b. */
  int gates();

  /** Whether a memory c, [H], is carried beside h. */
  default boolean hasMemory() {
    return false;
  }

  /**
   * Whether the fused kernel may read a table of rows in place of a sequence: x plays no part but
   * in x W + b, and the shard calls {@code endStepBack}.
   */
  default boolean readsTables() {
    return false;
  }

  /** All parameters, W, RW and b among them. */
  default List<CellParameter> parameters() {
    return List.of(
        CellParameter.weight(CellParameter.WEIGHT, inputs(), (long) gates() * hidden()),
        CellParameter.recurrentWeight(
            CellParameter.RECURRENT_WEIGHT, hidden(), (long) gates() * hidden()),
        CellParameter.bias(CellParameter.BIAS, (long) gates() * hidden()));
  }

  /**
   * A kernel in plain Java and in double, written to be read.
   *
   * @param spec of this cell
   */
  RecurrentKernel reference(RecurrentKernel.Spec spec);

  /**
   * What computes a part of the batch in the fused kernel.
   *
   * @param spec of this cell
   */
  Shard shard(RecurrentKernel.Spec spec);

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

    @Override
    public boolean readsTables() {
      return true;
    }

    @Override
    public RecurrentKernel reference(RecurrentKernel.Spec spec) {
      return new ReferenceSimpleRnn(spec, this);
    }

    @Override
    public Shard shard(RecurrentKernel.Spec spec) {
      return new SimpleRnnShard(spec, this);
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

    @Override
    public boolean readsTables() {
      return true;
    }

    @Override
    public boolean hasMemory() {
      return true;
    }

    @Override
    public RecurrentKernel reference(RecurrentKernel.Spec spec) {
      return new ReferenceLstm(spec, this);
    }

    @Override
    public Shard shard(RecurrentKernel.Spec spec) {
      return new LstmShard(spec, this);
    }
  }

  /**
   * The gated recurrent unit that resets after the product.
   *
   * <pre>
   * r_t = g(x_t W_xr + h_{t-1} W_hr + b_r)                   reset gate
   * z_t = g(x_t W_xz + h_{t-1} W_hz + b_z)                   update gate
   * n_t = f(x_t W_xn + b_n + r_t (.) (h_{t-1} W_hn + c_n))   candidate
   * h_t = (1 - z_t) (.) n_t + z_t (.) h_{t-1}
   * </pre>
   *
   * The blocks stand in the order r z n; {@link GruParams} has the rest.
   *
   * @param inputs D
   * @param hidden H
   * @param activation f
   * @param gateActivation g
   */
  record Gru(int inputs, int hidden, CellActivation activation, CellActivation gateActivation)
      implements Cell {
    @Override
    public int gates() {
      return 3;
    }

    @Override
    public boolean readsTables() {
      return true;
    }

    @Override
    public List<CellParameter> parameters() {
      return GruParams.of(inputs, hidden);
    }

    @Override
    public RecurrentKernel reference(RecurrentKernel.Spec spec) {
      return new ReferenceGru(spec, this);
    }

    @Override
    public Shard shard(RecurrentKernel.Spec spec) {
      return new GruShard(spec, this);
    }
  }

  /**
   * The dual recurrence of {@code Rrnn}, whose javadoc gives the equations, as does {@link
   * ReferenceRrnn}; its parameters are laid out as {@link RrnnParams} says.
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

    @Override
    public List<CellParameter> parameters() {
      return RrnnParams.of(inputs, hidden);
    }

    @Override
    public RecurrentKernel reference(RecurrentKernel.Spec spec) {
      return new ReferenceRrnn(spec, this);
    }

    @Override
    public Shard shard(RecurrentKernel.Spec spec) {
      return carry == StateCarry.MAIN
          ? new RrnnMainShard(spec, this)
          : new RrnnUpdatedShard(spec, this);
    }
  }
}
