package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.RecurrentKernel.State;
import io.github.recurrentzoo.layers.runtime.Workspaces;
import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state that a layer carries from segment to segment of truncated BPTT. It is read and put
 * where Deeplearning4j's layers have it, so that a training may change between the two at any step;
 * two states are kept here in turn, since the backward pass reads the one that a segment began
 * with.
 */
final class StepCarry {

  private static final String HIDDEN = LSTM.STATE_KEY_PREV_ACTIVATION;
  private static final String MEMORY = LSTM.STATE_KEY_PREV_MEMCELL;

  private final RecurrentLayer layer;
  private final long units;
  private final boolean hasMemory;
  private State initial;
  private State last;
  private State spare;

  /**
   * For one layer.
   *
   * @param units H
   * @param hasMemory whether there is a memory beside the hidden state
   */
  StepCarry(RecurrentLayer layer, long units, boolean hasMemory) {
    this.layer = layer;
    this.units = units;
    this.hasMemory = hasMemory;
  }

  /** Looks at the state that a segment of so many rows begins with. */
  void prepare(long rows) throws Unserved {
    Map<String, INDArray> stored = layer.rnnGetTBPTTState();
    initial = null;
    if (!stored.isEmpty()) {
      requireState(stored.get(HIDDEN), rows);
      if (hasMemory) {
        requireState(stored.get(MEMORY), rows);
      }
      initial = new State(stored.get(HIDDEN), hasMemory ? stored.get(MEMORY) : null);
    }
    if (spare == null || spare.hidden().size(0) != rows || isInitial(spare)) {
      spare = Workspaces.outside(() -> new State(zeros(rows), hasMemory ? zeros(rows) : null));
    }
  }

  private void requireState(INDArray state, long rows) throws Unserved {
    if (state == null
        || state.dataType() != DataType.FLOAT
        || state.rank() != 2
        || state.size(0) != rows
        || state.size(1) != units) {
      throw new Unserved("a carried state has another shape or type than the layer");
    }
  }

  @SuppressWarnings("ReferenceEquality") // whether it is the same memory
  private boolean isInitial(State state) {
    return initial != null
        && (state.hidden() == initial.hidden()
            || (hasMemory && state.memory() == initial.memory()));
  }

  private INDArray zeros(long rows) {
    return Nd4j.create(DataType.FLOAT, rows, units);
  }

  /** What the segment begins with; null for zeros. */
  State initial() {
    return initial;
  }

  /** Where the state after the segment goes. */
  State last() {
    return spare;
  }

  /** The segment has been read: the next one begins with what is in {@link #last}. */
  void store() {
    Map<String, INDArray> state = new HashMap<>();
    state.put(HIDDEN, spare.hidden());
    if (hasMemory) {
      state.put(MEMORY, spare.memory());
    }
    layer.rnnSetTBPTTState(state);
    State before = last;
    last = spare;
    spare = before;
  }
}
