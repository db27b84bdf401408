package io.github.recurrentzoo.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The network of {@link TranslationProblem}, an LSTM with attention, in PyTorch's operations
 * through Deep Java Library, from the weights of ours. Time goes first, as PyTorch has it.
 */
final class TorchTranslation implements AutoCloseable {

  private final TorchParameters parameters;
  private final NDArray source; // [S, B]
  private final NDArray target; // [T, B]
  private final NDArray labels; // [B, T, V]

  TorchTranslation(TranslationProblem problem, ComputationGraph ours) {
    parameters = new TorchParameters(ours);
    source = parameters.ids(problem.source());
    target = parameters.ids(problem.target());
    labels = TorchParameters.oneHot(parameters.array(problem.labels()), TranslationProblem.SYMBOLS);
    for (String layer : new String[] {"encoder-1-forward", "encoder-1-backward", "decoder-1"}) {
      parameters.lstm(layer, TranslationProblem.UNITS);
    }
    for (String layer : new String[] {"source-embedding", "target-embedding"}) {
      parameters.matrix(layer, layer, "W");
    }
    parameters.dense("context", "context", "W");
    parameters.dense("symbols", "symbols", "W");
    parameters.matrix("score", "attention", "W");
    parameters.dense("attention", "attention", "Wc");
  }

  /** Forward, loss, backward and Adam; the loss before, a sum over the steps of a row. */
  double trainingStep() {
    return parameters.trainingStep(this::loss);
  }

  private NDArray loss(NDManager call, Map<String, NDArray> w) {
    source.tempAttach(call);
    target.tempAttach(call);
    labels.tempAttach(call);
    int h = TranslationProblem.UNITS;
    int rows = TranslationProblem.ROWS;
    NDArray read = embedded(source, w.get("source-embedding")); // [S, B, E]
    NDList encoder = new NDList();
    for (String layer : new String[] {"encoder-1-forward", "encoder-1-backward"}) {
      encoder.addAll(TorchParameters.of(w, layer));
    }
    NDArray zeros = call.zeros(new Shape(2, rows, h));
    NDList encoded =
        read.getNDArrayInternal()
            .lstm(read, new NDList(zeros, zeros), encoder, true, 1, 0, true, true, false);
    NDArray last = encoded.get(1); // [2, B, H]
    NDArray context =
        Linear.linear(last.get(0).concat(last.get(1), 1), w.get("context"), w.get("context-b"))
            .singletonOrThrow()
            .tanh();
    NDArray written = embedded(target, w.get("target-embedding"));
    long steps = written.size(0);
    NDArray into = written.concat(context.expandDims(0).broadcast(new Shape(steps, rows, h)), 2);
    NDArray zero = call.zeros(new Shape(1, rows, h));
    NDArray decoded =
        into.getNDArrayInternal()
            .lstm(
                into,
                new NDList(zero, zero),
                TorchParameters.of(w, "decoder-1"),
                true,
                1,
                0,
                true,
                false,
                false)
            .get(0)
            .transpose(1, 0, 2); // [B, T, H]
    NDArray states = encoded.get(0).concat(read, 2).transpose(1, 0, 2); // [B, S, 2H + E]
    NDArray share = decoded.matMul(w.get("score")).matMul(states.transpose(0, 2, 1)).softmax(-1);
    NDArray both = share.matMul(states).concat(decoded, 2);
    NDArray attended =
        Linear.linear(both, w.get("attention"), w.get("attention-b")).singletonOrThrow().tanh();
    NDArray logits =
        Linear.linear(attended, w.get("symbols"), w.get("symbols-b")).singletonOrThrow();
    return logits.logSoftmax(-1).mul(labels).sum().neg().div(rows);
  }

  private static NDArray embedded(NDArray ids, NDArray table) {
    return Embedding.embedding(ids, table, SparseFormat.DENSE).singletonOrThrow();
  }

  @Override
  public void close() {
    parameters.close();
  }
}
