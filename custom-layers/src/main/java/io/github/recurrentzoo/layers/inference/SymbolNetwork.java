package io.github.recurrentzoo.layers.inference;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network that reads symbols one after the other and answers with the probabilities of the next
 * one, as copies of its weights on the Java heap:
 *
 * <pre>
 * embedding [- context] - recurrent layers [- attention] - softmax
 * </pre>
 *
 * <p>The answers are those of {@code rnnTimeStep} but for rounding. It does not change when the
 * network does. Any number of threads may ask it, each with {@link #newSteps} of its own.
 */
public final class SymbolNetwork {

  final SymbolTable table; // of the lowest cell, without its context
  final ContextPart context; // null for none
  final List<SteppedCell> cells; // from the lowest one on
  final SteppedAttention attention; // null for none
  final SteppedSoftmax softmax;

  SymbolNetwork(
      SymbolTable table,
      ContextPart context,
      List<SteppedCell> cells,
      SteppedAttention attention,
      SteppedSoftmax softmax) {
    this.table = table;
    this.context = context;
    this.cells = List.copyOf(cells);
    this.attention = attention;
    this.softmax = softmax;
  }

  /**
   * Reads a network down from an output layer: to its input, or to the context and the states of an
   * encoder, which come from elsewhere.
   *
   * @param output the name of a softmax over sequences
   * @return empty if there is something else on the way, or where kernels do not serve
   */
  public static Optional<SymbolNetwork> of(ComputationGraph graph, String output) {
    return SymbolReader.read(graph, output);
  }

  /** Steps with states of their own, for one thread. */
  public SymbolSteps newSteps() {
    return new SymbolSteps(this);
  }

  /** V, the number of symbols that an answer has probabilities for. */
  public int symbols() {
    return softmax.symbols();
  }
}
