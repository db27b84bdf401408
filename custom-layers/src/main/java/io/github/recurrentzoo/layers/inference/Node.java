package io.github.recurrentzoo.layers.inference;

import java.util.List;

/**
 * A vertex of an {@link InferenceNetwork}, with arrays of one thread that are kept. A sequence is
 * time-major, [T*R][S]: step t of row r is line t*R + r. Lines may be those of another vertex, or
 * of a parameter: they are not to be written to.
 */
abstract class Node {

  /** What is asked: how many rows, steps at the most, and steps of each row. */
  static final class Pass {
    private final int rows;
    private final int steps;
    private final int[] lengths;

    Pass(int rows, int steps, int[] lengths) {
      this.rows = rows;
      this.steps = steps;
      this.lengths = lengths;
    }

    /** R. */
    int rows() {
      return rows;
    }

    /** T. */
    int steps() {
      return steps;
    }

    /** The number of steps of each row, [R]. */
    int[] lengths() {
      return lengths;
    }

    /** The line of a step. */
    int line(int step, int row) {
      return step * rows + row;
    }
  }

  private final List<Node> below;
  float[][] lines = {};

  Node(List<Node> below) {
    this.below = List.copyOf(below);
  }

  /** What the vertex reads, of several the first. */
  final Node below() {
    return below.get(0);
  }

  /** All that it reads. */
  final List<Node> allBelow() {
    return below;
  }

  /** S. */
  abstract int size();

  /** Whether there is a line for each step, or one for each row. */
  boolean isSequence() {
    return below().isSequence();
  }

  /** The number of lines. */
  final int count(Pass pass) {
    return isSequence() ? pass.steps() * pass.rows() : pass.rows();
  }

  /** Computes the lines. */
  abstract void run(Pass pass);

  /** Refuses lines below that are not of this size: numbers of the caller's, that is. */
  final void requireSize(int expected) {
    if (below().size() != expected) {
      throw new IllegalArgumentException(
          "A line has %d numbers; expected %d".formatted(below().size(), expected));
    }
  }

  /** Makes room for lines of its own. */
  final void ensure(Pass pass) {
    lines = CellState.grown(lines, count(pass), size());
  }
}
