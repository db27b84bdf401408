package io.github.recurrentzoo.layers.inference;

import java.util.Arrays;
import java.util.List;

/**
 * The states of some rows that a {@link SymbolNetwork} reads step by step, for one thread. Arrays
 * are kept from step to step.
 */
public final class SymbolSteps {

  private final SymbolNetwork network;
  private final CellState[] states;
  private int[] sources = {}; // [R], which of the rows that were begun with
  private int time;
  private float[][]
      contexts = {}; // [B][G*H] of the rows that were begun with; none without context
  private SteppedAttention.Inputs inputs;
  private float[][] attended = {}; // [R][A]
  private float[][] weights = {}; // [R][S]
  private float[][] probabilities = {}; // [R][V]

  SymbolSteps(SymbolNetwork network) {
    this.network = network;
    this.states = network.cells.stream().map(SteppedCell::newState).toArray(CellState[]::new);
  }

  /**
   * Begins with states of zeros.
   *
   * @param rows R
   * @throws IllegalStateException if the network reads a context, or attends
   */
  public void begin(int rows) {
    if (network.context != null || network.attention != null) {
      throw new IllegalStateException("The network needs a context, or the states of an encoder");
    }
    beginStates(rows);
  }

  /**
   * Begins with states of zeros and what an encoder gave.
   *
   * @param context [R][C], or more lines
   * @param encoded the states to attend to, each time-major, [S*R][E1], [S*R][E2] ..., or more
   *     lines, which are taken together; none without attention
   * @param lengths how many states of each row are there, [R]; S is the largest
   */
  public void begin(float[][] context, List<float[][]> encoded, int[] lengths) {
    beginStates(lengths.length);
    contexts = network.context.read(context, lengths.length);
    if (network.attention != null) {
      inputs = network.attention.read(encoded, lengths);
      weights = new float[0][];
    }
  }

  private void beginStates(int rows) {
    for (CellState state : states) {
      state.begin(rows);
    }
    sources = new int[rows];
    Arrays.setAll(sources, row -> row);
    time = 0;
  }

  /**
   * Reads a symbol of each row, without answering.
   *
   * @param symbols [R]
   * @throws IllegalArgumentException if they are not as many as there are rows, or one is not in
   *     the vocabulary
   */
  public void read(int... symbols) {
    advance(symbols, false);
  }

  private void advance(int[] symbols, boolean answers) {
    if (symbols.length != sources.length) {
      throw new IllegalArgumentException(
          "%d symbols for %d rows".formatted(symbols.length, sources.length));
    }
    float[][] z = states[0].z;
    for (int row = 0; row < symbols.length; row++) {
      float[] ofSymbol = network.table.row(symbols[row]);
      System.arraycopy(ofSymbol, 0, z[row], 0, ofSymbol.length);
      if (network.context != null) {
        add(contexts[sources[row]], z[row], ofSymbol.length);
      }
    }
    for (int i = 0; i < states.length; i++) {
      SteppedCell cell = network.cells.get(i);
      boolean isTop = i == states.length - 1;
      if (isTop && !answers) {
        cell.carry(i == 0 ? z : output(i - 1), i == 0, symbols.length, states[i]);
      } else if (i == 0) {
        cell.stepRead(symbols.length, states[0]);
      } else {
        cell.step(output(i - 1), symbols.length, states[i]);
      }
    }
    time++;
  }

  private static void add(float[] part, float[] z, int n) {
    for (int j = 0; j < n; j++) {
      z[j] += part[j];
    }
  }

  private float[][] output(int cell) {
    return network.cells.get(cell).output(states[cell]);
  }

  /**
   * Reads a symbol of each row, and answers.
   *
   * @param symbols [R]
   * @return the probabilities of the next symbol, [R][V]; they are overwritten by the next step
   * @throws IllegalArgumentException as {@link #read} does
   */
  public float[][] next(int... symbols) {
    advance(symbols, true);
    float[][] top = output(states.length - 1);
    int rows = symbols.length;
    if (network.attention != null) {
      attended = CellState.grown(attended, rows, network.attention.outputs());
      weights = CellState.grown(weights, rows, inputs.states);
      network.attention.attend(inputs, sources, time - 1, top, weights, attended);
      top = attended;
    }
    probabilities = CellState.grown(probabilities, rows, network.symbols());
    network.softmax.activate(top, rows, probabilities);
    return probabilities;
  }

  /**
   * The attention's weights in the last step, [R][S]; overwritten by the next one.
   *
   * @throws IllegalStateException if the network has no attention
   */
  public float[][] weights() {
    if (network.attention == null) {
      throw new IllegalStateException("The network has no attention");
    }
    return weights;
  }

  /**
   * Goes on with these rows, in this order.
   *
   * @param rows indices of rows as they were; a row may come several times or not at all
   */
  public void select(int... rows) {
    for (CellState state : states) {
      state.select(rows);
    }
    sources = Arrays.stream(rows).map(row -> sources[row]).toArray();
  }
}
