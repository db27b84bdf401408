package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.kernel.CellActivation;
import io.github.recurrentzoo.layers.kernel.HeapMatrix;
import io.github.recurrentzoo.layers.kernel.VectorMath;
import java.util.Arrays;
import java.util.List;

/** The vertices of an {@link InferenceNetwork} that carry no state. */
final class Nodes {

  private Nodes() {}

  /** Inputs of numbers are read as sequences or as vectors. */
  static void readAsSequence(Node node) {
    if (node instanceof Numbers numbers) {
      numbers.sequence = true;
    }
  }

  /** Symbols, as an input of the network. */
  static final class Symbols extends Node {
    int[][] ids = {}; // [R][T_r]

    Symbols() {
      super(List.of());
    }

    @Override
    int size() {
      return 1;
    }

    @Override
    boolean isSequence() {
      return true;
    }

    @Override
    void run(Pass pass) {}

    /** Refuses symbols that are not in a vocabulary. */
    void requireBelow(int vocabulary) {
      for (int[] row : ids) {
        for (int id : row) {
          if (id < 0 || id >= vocabulary) {
            throw SymbolTable.unknown(id, vocabulary);
          }
        }
      }
    }

    /** The symbol of a row at a step; that of the first step where the row has ended. */
    int at(Pass pass, int step, int row) {
      return ids[row][step < pass.lengths()[row] ? step : 0];
    }
  }

  /** Numbers, as an input of the network; whoever asks sets the lines. */
  static final class Numbers extends Node {
    boolean sequence; // what reads it decides

    Numbers() {
      super(List.of());
    }

    @Override
    int size() {
      return lines.length == 0 ? 0 : lines[0].length;
    }

    @Override
    boolean isSequence() {
      return sequence;
    }

    @Override
    void run(Pass pass) {}
  }

  /** Rows of a table by symbol. */
  static final class Embedding extends Node {
    private final HeapMatrix table; // [V, D]

    Embedding(Node symbols, HeapMatrix table) {
      super(List.of(symbols));
      this.table = table;
    }

    @Override
    int size() {
      return table.columns();
    }

    @Override
    void run(Pass pass) {
      if (lines.length < count(pass)) {
        lines = new float[count(pass)][];
      }
      Symbols symbols = (Symbols) below();
      symbols.requireBelow(table.rows());
      for (int t = 0; t < pass.steps(); t++) {
        for (int row = 0; row < pass.rows(); row++) {
          lines[pass.line(t, row)] = table.row(symbols.at(pass, t, row));
        }
      }
    }
  }

  /** The last step of each row. */
  static final class LastStep extends Node {
    LastStep(Node below) {
      super(List.of(below));
    }

    @Override
    int size() {
      return below().size();
    }

    @Override
    boolean isSequence() {
      return false;
    }

    @Override
    void run(Pass pass) {
      if (lines.length < pass.rows()) {
        lines = new float[pass.rows()][];
      }
      for (int row = 0; row < pass.rows(); row++) {
        lines[row] = below().lines[pass.line(pass.lengths()[row] - 1, row)];
      }
    }
  }

  /** The steps of each row turned round; padding stays where it is. */
  static final class Reversed extends Node {
    Reversed(Node below) {
      super(List.of(below));
    }

    @Override
    int size() {
      return below().size();
    }

    @Override
    void run(Pass pass) {
      if (lines.length < count(pass)) {
        lines = new float[count(pass)][];
      }
      for (int row = 0; row < pass.rows(); row++) {
        int length = pass.lengths()[row];
        for (int t = 0; t < pass.steps(); t++) {
          int from = t < length ? length - 1 - t : t;
          lines[pass.line(t, row)] = below().lines[pass.line(from, row)];
        }
      }
    }
  }

  /** Vectors side by side. */
  static final class Merge extends Node {
    Merge(List<Node> below) {
      super(below);
      if (isSequence()) {
        below.forEach(Nodes::readAsSequence);
      }
    }

    @Override
    int size() {
      return allBelow().stream().mapToInt(Node::size).sum();
    }

    @Override
    boolean isSequence() {
      return allBelow().stream().anyMatch(Node::isSequence);
    }

    @Override
    void run(Pass pass) {
      ensure(pass);
      int at = 0;
      for (Node part : allBelow()) {
        for (int i = 0; i < count(pass); i++) {
          System.arraycopy(part.lines[i], 0, lines[i], at, part.size());
        }
        at += part.size();
      }
    }
  }

  /** Some units of a vector. */
  static final class Subset extends Node {
    private final int from;
    private final int until;

    Subset(Node below, int from, int until) {
      super(List.of(below));
      this.from = from;
      this.until = until;
    }

    @Override
    int size() {
      return until - from;
    }

    @Override
    void run(Pass pass) {
      ensure(pass);
      for (int i = 0; i < count(pass); i++) {
        System.arraycopy(below().lines[i], from, lines[i], 0, size());
      }
    }
  }

  /** {@code [end ; mean ; max]} over the steps of each row: see {@code ConcatPoolingVertex}. */
  static final class Pooling extends Node {
    private final int forward; // so many units end at the last step, the others at the first one

    Pooling(Node below, boolean bidirectional) {
      super(List.of(below));
      forward = bidirectional ? below.size() / 2 : below.size();
    }

    @Override
    int size() {
      return 3 * below().size();
    }

    @Override
    boolean isSequence() {
      return false;
    }

    @Override
    void run(Pass pass) {
      ensure(pass);
      int size = below().size();
      float[] mean = new float[size];
      float[] max = new float[size];
      for (int row = 0; row < pass.rows(); row++) {
        int length = pass.lengths()[row];
        float[] first = below().lines[pass.line(0, row)];
        float[] last = below().lines[pass.line(length - 1, row)];
        Arrays.fill(mean, 0);
        System.arraycopy(first, 0, max, 0, size);
        for (int t = 0; t < length; t++) {
          add(below().lines[pass.line(t, row)], mean, max, size);
        }
        for (int s = 0; s < size; s++) {
          mean[s] /= length;
        }
        float[] line = lines[row];
        System.arraycopy(last, 0, line, 0, forward);
        System.arraycopy(first, forward, line, forward, size - forward);
        System.arraycopy(mean, 0, line, size, size);
        System.arraycopy(max, 0, line, 2 * size, size);
      }
    }

    private static void add(float[] state, float[] mean, float[] max, int size) {
      for (int s = 0; s < size; s++) {
        mean[s] += state[s];
      }
      for (int s = 0; s < size; s++) {
        max[s] = Math.max(max[s], state[s]);
      }
    }
  }

  /** {@code f(x W + b)} of each line. */
  static final class Dense extends Node {
    private final HeapMatrix weights; // [D, N]
    private final float[] bias; // [N]
    private final CellActivation activation;
    private final float[] scratch;

    Dense(Node below, HeapMatrix weights, float[] bias, CellActivation activation) {
      super(List.of(below));
      this.weights = weights;
      this.bias = bias;
      this.activation = activation;
      this.scratch = new float[bias.length];
    }

    @Override
    int size() {
      return bias.length;
    }

    @Override
    void run(Pass pass) {
      requireSize(weights.rows());
      ensure(pass);
      int count = count(pass);
      for (int i = 0; i < count; i++) {
        System.arraycopy(bias, 0, lines[i], 0, bias.length);
      }
      weights.addProduct(below().lines, count, lines);
      for (int i = 0; i < count; i++) {
        VectorMath.activate(activation, lines[i], 0, bias.length, scratch);
      }
    }
  }

  /** {@code softmax(x W + b)} of each line. */
  static final class Softmax extends Node {
    private final SteppedSoftmax softmax;

    Softmax(Node below, SteppedSoftmax softmax) {
      super(List.of(below));
      this.softmax = softmax;
    }

    @Override
    int size() {
      return softmax.symbols();
    }

    @Override
    void run(Pass pass) {
      requireSize(softmax.inputs());
      ensure(pass);
      softmax.activate(below().lines, count(pass), lines);
    }
  }

  /** What lies below, as it is: a layer that only does something in training. */
  static final class Same extends Node {
    Same(Node below) {
      super(List.of(below));
    }

    @Override
    int size() {
      return below().size();
    }

    @Override
    void run(Pass pass) {
      lines = below().lines;
    }
  }
}
