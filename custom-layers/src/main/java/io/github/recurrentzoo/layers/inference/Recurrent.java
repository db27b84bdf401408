package io.github.recurrentzoo.layers.inference;

import java.util.List;

/**
 * A recurrent layer in one direction. All rows take a step together, and each its own steps: from
 * its first to its last one, or from its last to its first. What it does on padding after them
 * reaches no other row.
 */
final class Recurrent extends Node {

  private final SteppedCell cell;
  private final SymbolTable table; // of x W + b by symbol, if an embedding lies below; or null
  private final boolean forward;
  private final boolean returnsSequences;
  private final CellState state;
  private float[][] inputs = {}; // [R][] of one step

  Recurrent(
      Node below, SteppedCell cell, SymbolTable table, boolean forward, boolean returnsSequences) {
    super(List.of(below));
    this.cell = cell;
    this.table = table;
    this.forward = forward;
    this.returnsSequences = returnsSequences;
    this.state = cell.newState();
    Nodes.readAsSequence(below);
  }

  @Override
  int size() {
    return cell.hidden;
  }

  @Override
  boolean isSequence() {
    return returnsSequences;
  }

  @Override
  void run(Pass pass) {
    if (table == null) {
      requireSize(cell.input().rows());
    }
    ensure(pass);
    if (inputs.length < pass.rows()) {
      inputs = new float[pass.rows()][];
    }
    state.begin(pass.rows());
    for (int i = 0; i < pass.steps(); i++) {
      for (int row = 0; row < pass.rows(); row++) {
        inputs[row] = input(pass, time(pass, i, row), row);
      }
      if (table == null) {
        cell.step(inputs, pass.rows(), state);
      } else {
        cell.stepRead(inputs, pass.rows(), state);
      }
      write(pass, i, cell.output(state));
    }
  }

  private float[] input(Pass pass, int time, int row) {
    return table == null
        ? below().lines[pass.line(time, row)]
        : table.row(((Nodes.Symbols) below()).at(pass, time, row));
  }

  /** The time of step i of a row; after its end the padding, in order. */
  private int time(Pass pass, int i, int row) {
    int length = pass.lengths()[row];
    return forward || i >= length ? i : length - 1 - i;
  }

  private void write(Pass pass, int i, float[][] output) {
    for (int row = 0; row < pass.rows(); row++) {
      if (returnsSequences) {
        int line = pass.line(time(pass, i, row), row);
        System.arraycopy(output[row], 0, lines[line], 0, cell.hidden);
      } else if (i == pass.lengths()[row] - 1) {
        System.arraycopy(output[row], 0, lines[row], 0, cell.hidden);
      }
    }
  }
}
