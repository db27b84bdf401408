package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.kernel.LstmBlocks;
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
  private final LstmBlocks blocks; // for many rows; null for other cells
  private float[][] inputs = {}; // [R][] of one step

  Recurrent(
      Node below, SteppedCell cell, SymbolTable table, boolean forward, boolean returnsSequences) {
    super(List.of(below));
    this.cell = cell;
    this.table = table;
    this.forward = forward;
    this.returnsSequences = returnsSequences;
    this.state = cell.newState();
    this.blocks = cell.newBlocks();
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
    boolean inBlocks = blocks != null && pass.rows() >= LstmBlocks.ROWS;
    if (inBlocks) {
      blocks.begin(pass.rows());
    } else {
      state.begin(pass.rows());
    }
    for (int i = 0; i < pass.steps(); i++) {
      for (int row = 0; row < pass.rows(); row++) {
        inputs[row] = input(pass, time(pass, i, row), row);
      }
      if (inBlocks) {
        stepInBlocks();
      } else if (!isAsked(pass, i)) {
        cell.carry(inputs, table != null, pass.rows(), state);
      } else if (table == null) {
        cell.step(inputs, pass.rows(), state);
      } else {
        cell.stepRead(inputs, pass.rows(), state);
      }
      write(pass, i, inBlocks);
    }
  }

  /** Whether anybody reads the output of a step. */
  private boolean isAsked(Pass pass, int i) {
    boolean asked = returnsSequences;
    for (int row = 0; !asked && row < pass.rows(); row++) {
      asked = pass.lengths()[row] - 1 == i;
    }
    return asked;
  }

  private void stepInBlocks() {
    if (table == null) {
      blocks.step(inputs);
    } else {
      blocks.stepRead(inputs);
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

  private void write(Pass pass, int i, boolean inBlocks) {
    for (int row = 0; row < pass.rows(); row++) {
      if (returnsSequences || i == pass.lengths()[row] - 1) {
        float[] to = lines[returnsSequences ? pass.line(time(pass, i, row), row) : row];
        if (inBlocks) {
          blocks.copyOutput(row, to);
        } else {
          System.arraycopy(cell.output(state)[row], 0, to, 0, cell.hidden);
        }
      }
    }
  }
}
