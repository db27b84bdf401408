package io.github.recurrentzoo.layers.kernel;

import static io.github.recurrentzoo.layers.kernel.CellActivation.HARDSIGMOID;
import static io.github.recurrentzoo.layers.kernel.CellActivation.HARDTANH;
import static io.github.recurrentzoo.layers.kernel.CellActivation.IDENTITY;
import static io.github.recurrentzoo.layers.kernel.CellActivation.LEAKYRELU;
import static io.github.recurrentzoo.layers.kernel.CellActivation.RELU;
import static io.github.recurrentzoo.layers.kernel.CellActivation.RELU6;
import static io.github.recurrentzoo.layers.kernel.CellActivation.SIGMOID;
import static io.github.recurrentzoo.layers.kernel.CellActivation.SOFTSIGN;
import static io.github.recurrentzoo.layers.kernel.CellActivation.TANH;

import io.github.recurrentzoo.layers.StateCarry;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The cells that kernels are tested on. */
final class KernelCells {

  private KernelCells() {}

  /** Each cell with its usual activations. */
  static List<Cell> usual(int inputs, int hidden) {
    return List.of(
        new Cell.SimpleRnn(inputs, hidden, TANH),
        new Cell.Lstm(inputs, hidden, TANH, SIGMOID),
        new Cell.Rrnn(inputs, hidden, TANH, SIGMOID, SIGMOID, StateCarry.MAIN),
        new Cell.Rrnn(inputs, hidden, TANH, SIGMOID, SIGMOID, StateCarry.UPDATED),
        new Cell.Gru(inputs, hidden, TANH, SIGMOID));
  }

  /** Each cell with each activation in each place, where it makes sense. */
  static List<Cell> all(int inputs, int hidden) {
    List<Cell> cells = new ArrayList<>(usual(inputs, hidden));
    for (CellActivation f : EnumSet.complementOf(EnumSet.of(RELU6))) {
      cells.add(new Cell.SimpleRnn(inputs, hidden, f));
    }
    cells.add(new Cell.Lstm(inputs, hidden, SOFTSIGN, HARDSIGMOID));
    cells.add(new Cell.Lstm(inputs, hidden, RELU, SIGMOID));
    cells.add(new Cell.Lstm(inputs, hidden, IDENTITY, HARDSIGMOID));
    cells.add(new Cell.Lstm(inputs, hidden, LEAKYRELU, TANH));
    cells.add(new Cell.Lstm(inputs, hidden, HARDTANH, SOFTSIGN));
    cells.add(new Cell.Lstm(inputs, hidden, SIGMOID, HARDTANH));
    cells.add(new Cell.Gru(inputs, hidden, SOFTSIGN, HARDSIGMOID));
    cells.add(new Cell.Gru(inputs, hidden, RELU, SIGMOID));
    cells.add(new Cell.Gru(inputs, hidden, IDENTITY, SIGMOID));
    cells.add(new Cell.Gru(inputs, hidden, LEAKYRELU, TANH));
    cells.add(new Cell.Gru(inputs, hidden, HARDTANH, SOFTSIGN));
    cells.add(new Cell.Gru(inputs, hidden, SIGMOID, HARDTANH));
    for (StateCarry carry : StateCarry.values()) {
      cells.add(new Cell.Rrnn(inputs, hidden, SOFTSIGN, HARDSIGMOID, IDENTITY, carry));
      cells.add(new Cell.Rrnn(inputs, hidden, RELU, SIGMOID, TANH, carry));
      cells.add(new Cell.Rrnn(inputs, hidden, LEAKYRELU, TANH, SOFTSIGN, carry));
      cells.add(new Cell.Rrnn(inputs, hidden, HARDTANH, SOFTSIGN, HARDSIGMOID, carry));
      cells.add(new Cell.Rrnn(inputs, hidden, SIGMOID, HARDTANH, LEAKYRELU, carry));
      cells.add(new Cell.Rrnn(inputs, hidden, IDENTITY, SIGMOID, RELU, carry));
      cells.add(new Cell.Rrnn(inputs, hidden, TANH, SIGMOID, HARDTANH, carry));
    }
    return cells;
  }

  /** Each cell with RELU6, which came after the cases of {@link #all} had been drawn. */
  static List<Cell> withRelu6(int inputs, int hidden) {
    return List.of(
        new Cell.SimpleRnn(inputs, hidden, RELU6),
        new Cell.Lstm(inputs, hidden, RELU6, SIGMOID),
        new Cell.Gru(inputs, hidden, RELU6, SIGMOID),
        new Cell.Rrnn(inputs, hidden, RELU6, SIGMOID, IDENTITY, StateCarry.MAIN),
        new Cell.Rrnn(inputs, hidden, RELU6, SIGMOID, IDENTITY, StateCarry.UPDATED),
        new Cell.Rrnn(inputs, hidden, TANH, RELU6, RELU6, StateCarry.MAIN));
  }

  /** The activations of a cell. */
  static Set<CellActivation> activations(Cell cell) {
    Set<CellActivation> activations = EnumSet.noneOf(CellActivation.class);
    for (RecordComponent component : cell.getClass().getRecordComponents()) {
      if (component.getType() == CellActivation.class) {
        try {
          activations.add((CellActivation) component.getAccessor().invoke(cell));
        } catch (ReflectiveOperationException e) {
          throw new LinkageError("a component of a record", e);
        }
      }
    }
    return activations;
  }
}
