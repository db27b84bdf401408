package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.kernel.KernelThreads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Asks an {@link InferenceNetwork}, with arrays that are kept from question to question. For one
 * thread; many rows are shared out among the threads of the kernels.
 *
 * <pre>{@code
 * inference.begin(lengths).symbols(0, ids).run();
 * float[][] probabilities = inference.output(0);
 * }</pre>
 */
public final class Inference {

  /** Fewer rows, steps taken together, are not worth waking a thread. */
  private static final int WORTH_A_THREAD = 256;

  /** The rows of one thread. */
  private static final class Part {
    final Map<String, Node> nodes;
    int first; // of all rows
    Node.Pass pass;

    Part(InferenceNetwork network) {
      nodes = network.newNodes();
    }
  }

  private final InferenceNetwork network;
  private final List<Part> parts = new ArrayList<>();
  private int used;
  private int rows;
  private int steps;

  Inference(InferenceNetwork network) {
    this.network = network;
  }

  /**
   * Begins with a question.
   *
   * @param lengths the number of steps of each row, 1 at least
   * @throws IllegalArgumentException if there is no row, or one without a step
   */
  public Inference begin(int... lengths) {
    rows = lengths.length;
    steps = Arrays.stream(lengths).max().orElse(0);
    if (rows == 0 || Arrays.stream(lengths).min().getAsInt() < 1) {
      throw new IllegalArgumentException(
          "Each row needs a step at least, and there must be a row, but the lengths are "
              + Arrays.toString(lengths));
    }
    int worthwhile = (int) Math.max(1, (long) rows * steps / WORTH_A_THREAD);
    used = Math.min(Math.min(KernelThreads.count(), rows), worthwhile);
    while (parts.size() < used) {
      parts.add(new Part(network));
    }
    for (int i = 0; i < used; i++) {
      Part part = parts.get(i);
      part.first = firstRow(i);
      int[] own = Arrays.copyOfRange(lengths, part.first, firstRow(i + 1));
      part.pass = new Node.Pass(own.length, steps, own);
    }
    return this;
  }

  private int firstRow(int part) {
    return (int) ((long) rows * part / used);
  }

  /**
   * Sets an input that is read by an embedding.
   *
   * @param input its number among {@link InferenceNetwork#inputs}
   * @param ids of each row, as many as it has steps at least; read in {@link #run}
   * @throws IllegalArgumentException if the input is another one, or rows are missing
   */
  public Inference symbols(int input, int[][] ids) {
    requireCount(ids.length, rows);
    for (Part part : parts.subList(0, used)) {
      if (!(node(part, input) instanceof Nodes.Symbols symbols)) {
        throw new IllegalArgumentException(
            "The input " + network.inputs().get(input) + " takes numbers, not symbols");
      }
      symbols.ids = Arrays.copyOfRange(ids, part.first, part.first + part.pass.rows());
    }
    return this;
  }

  /**
   * Sets an input of numbers.
   *
   * @param input its number among {@link InferenceNetwork#inputs}
   * @param lines a line for each row, [R][S], or for each step of each row, time-major, [T*R][S], T
   *     being the largest length; read in {@link #run}
   * @throws IllegalArgumentException if the input is another one, or lines are missing
   */
  public Inference numbers(int input, float[][] lines) {
    for (Part part : parts.subList(0, used)) {
      Node node = node(part, input);
      if (!(node instanceof Nodes.Numbers)) {
        throw new IllegalArgumentException(
            "The input " + network.inputs().get(input) + " takes symbols, not numbers");
      }
      requireCount(lines.length, node.isSequence() ? steps * rows : rows);
      node.lines = linesOf(part, lines, node);
    }
    return this;
  }

  private float[][] linesOf(Part part, float[][] lines, Node node) {
    if (used == 1) {
      return lines;
    }
    int own = part.pass.rows();
    float[][] selected = new float[node.count(part.pass)][];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = lines[i / own * rows + part.first + i % own];
    }
    return selected;
  }

  private static void requireCount(int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(found + " lines; expected " + expected);
    }
  }

  private Node node(Part part, int input) {
    return part.nodes.get(network.inputs().get(input));
  }

  /**
   * Computes the outputs.
   *
   * @throws IllegalArgumentException if a symbol is not in the vocabulary
   */
  public Inference run() {
    KernelThreads.run(
        used,
        i -> {
          Part part = parts.get(i);
          for (Node node : part.nodes.values()) {
            node.run(part.pass);
          }
        });
    return this;
  }

  /** The number of lines of an output. */
  public int lines(int index) {
    return isSequence(index) ? steps * rows : rows;
  }

  private boolean isSequence(int index) {
    return parts.get(0).nodes.get(network.outputs().get(index)).isSequence();
  }

  /**
   * An output: a line for each row, or for each step of each row, time-major; at steps beyond a
   * row's length whatever came out. Not to be written to, and valid until the next {@link #run}.
   * There may be more lines than asked for.
   */
  public float[][] output(int index) {
    String name = network.outputs().get(index);
    if (used == 1) {
      return parts.get(0).nodes.get(name).lines;
    }
    float[][] all = new float[lines(index)][];
    for (Part part : parts.subList(0, used)) {
      Node node = part.nodes.get(name);
      int own = part.pass.rows();
      for (int i = 0; i < node.count(part.pass); i++) {
        all[i / own * rows + part.first + i % own] = node.lines[i];
      }
    }
    return all;
  }
}
