package io.github.recurrentzoo.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The network of {@link TranslationProblem}, an LSTM with attention, in PyTorch's operations
 * through Deep Java Library, from the weights of ours. Time goes first, as PyTorch has it.
 */
final class TorchTranslation implements AutoCloseable {

  static {
    // DJL would look for newer natives and report its use.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private static final int[] GATES = {3, 1, 0, 2}; // ours: candidate, forget, output, input
  private static final String ZERO = "zero"; // PyTorch's second bias

  private final Engine engine = Engine.getEngine("PyTorch");
  private final NDManager manager = engine.newBaseManager();
  private final Optimizer adam =
      Adam.builder().optLearningRateTracker(Tracker.fixed((float) Contender.LEARNING_RATE)).build();
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private final NDArray source; // [S, B]
  private final NDArray target; // [T, B]
  private final NDArray labels; // [B, T, V]

  TorchTranslation(TranslationProblem problem, ComputationGraph ours) {
    JniUtils.setGradMode(false); // this thread's; a gradient collector turns it on
    source = ids(problem.source());
    target = ids(problem.target());
    labels =
        array(problem.labels())
            .toType(DataType.INT64, false)
            .oneHot(TranslationProblem.SYMBOLS)
            .toType(DataType.FLOAT32, false);
    for (String layer : new String[] {"encoder-1-forward", "encoder-1-backward", "decoder-1"}) {
      lstm(ours, layer);
    }
    for (String layer : new String[] {"source-embedding", "target-embedding"}) {
      parameters.put(layer, array(matrix(ours, layer, "W")));
    }
    for (String layer : new String[] {"context", "symbols"}) {
      parameters.put(layer, array(matrix(ours, layer, "W").transposed()));
      parameters.put(layer + "-b", array(matrix(ours, layer, "b")).squeeze(0));
    }
    parameters.put("score", array(matrix(ours, "attention", "W")));
    parameters.put("attention", array(matrix(ours, "attention", "Wc").transposed()));
    parameters.put("attention-b", array(matrix(ours, "attention", "b")).squeeze(0));
  }

  private void lstm(ComputationGraph ours, String layer) {
    int h = TranslationProblem.UNITS;
    parameters.put(layer + "-W", array(gates(matrix(ours, layer, "W")).transposed()));
    parameters.put(layer + "-RW", array(gates(matrix(ours, layer, "RW")).transposed()));
    parameters.put(layer + "-b", array(gates(matrix(ours, layer, "b"))).squeeze(0));
    parameters.put(ZERO, manager.zeros(new Shape(4L * h)));
  }

  private static Matrix gates(Matrix weights) {
    return weights.blocks(TranslationProblem.UNITS, GATES);
  }

  private static Matrix matrix(ComputationGraph ours, String vertex, String key) {
    INDArray weights = ours.getVertex(vertex).paramTable(false).get(key).dup('c');
    int columns = (int) weights.size(weights.rank() - 1); // a bias has one row, or none
    return new Matrix((int) weights.length() / columns, columns, weights.data().asFloat());
  }

  private NDArray array(Matrix matrix) {
    return manager.create(matrix.values(), new Shape(matrix.rows(), matrix.columns()));
  }

  private NDArray ids(Matrix matrix) {
    return array(matrix.transposed()).toType(DataType.INT64, false);
  }

  /** Forward, loss, backward and Adam; the loss before, a sum over the steps of a row. */
  double trainingStep() {
    try (NDManager call = manager.newSubManager()) {
      Map<String, NDArray> leaves = new LinkedHashMap<>();
      parameters.forEach(
          (name, array) -> {
            NDArray leaf = array.stopGradient();
            leaf.attach(call);
            leaf.setRequiresGradient(!name.equals(ZERO));
            leaves.put(name, leaf);
          });
      double before;
      try (GradientCollector collector = engine.newGradientCollector()) {
        NDArray loss = loss(call, leaves);
        before = loss.getFloat();
        collector.backward(loss);
      }
      leaves.forEach(
          (name, leaf) -> {
            if (!name.equals(ZERO)) {
              adam.update(name, parameters.get(name), leaf.getGradient());
            }
          });
      return before;
    }
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
      encoder.addAll(of(w, layer));
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
            .lstm(into, new NDList(zero, zero), of(w, "decoder-1"), true, 1, 0, true, false, false)
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

  private static NDList of(Map<String, NDArray> w, String layer) {
    return new NDList(w.get(layer + "-W"), w.get(layer + "-RW"), w.get(layer + "-b"), w.get(ZERO));
  }

  @Override
  public void close() {
    manager.close();
  }
}
