package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.kernel.RecurrentKernel.State;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The state that rnnTimeStep carries from call to call, under the keys of Deeplearning4j's layers.
 * Its arrays are nobody else's: what comes in or goes out is a copy, so that a step may write the
 * new state where it read the old one. A new array takes ND4J longer than a step.
 */
final class StepState {

  private static final String HIDDEN = LSTM.STATE_KEY_PREV_ACTIVATION;
  private static final String MEMORY = LSTM.STATE_KEY_PREV_MEMCELL;

  private final DataType dataType;
  private State state;

  StepState(DataType dataType) {
    this.dataType = dataType;
  }

  /** The arrays; null before the first step. */
  State get() {
    return state;
  }

  /** These arrays are the state's from now on. */
  void own(State arrays) {
    state = arrays;
  }

  void clear() {
    state = null;
  }

  /** Copies, by key; empty before the first step. */
  Map<String, INDArray> copies() {
    Map<String, INDArray> copies = new LinkedHashMap<>();
    if (state != null) {
      copies.put(HIDDEN, copy(state.hidden()));
      if (state.memory() != null) {
        copies.put(MEMORY, copy(state.memory()));
      }
    }
    return copies;
  }

  /**
   * Copies arrays in; what is missing is zero.
   *
   * @param hasMemory whether the layer has a memory beside its hidden state
   */
  void copyFrom(Map<String, INDArray> arrays, boolean hasMemory) {
    INDArray hidden = arrays.get(HIDDEN);
    INDArray memory = hasMemory ? arrays.get(MEMORY) : null;
    if (hidden == null && memory == null) {
      state = null;
      return;
    }
    INDArray newHidden = hidden == null ? copy(memory).assign(0) : copy(hidden);
    INDArray newMemory = memory == null ? copy(hidden).assign(0) : copy(memory);
    state = new State(newHidden, hasMemory ? newMemory : null);
  }

  private INDArray copy(INDArray array) {
    return Workspaces.outside(() -> array.castTo(dataType).dup('c'));
  }
}
