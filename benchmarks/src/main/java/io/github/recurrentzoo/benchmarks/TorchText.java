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
import io.github.recurrentzoo.zoo.classification.TextClassification;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The network of {@link TextProblem} in PyTorch's operations through Deep Java Library, from the
 * weights of ours. Time goes first, as PyTorch has it.
 */
final class TorchText implements AutoCloseable {

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
  private final TextProblem problem;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();

  /**
   * One minibatch.
   *
   * @param words [T, B]
   * @param classes one-hot, [B, C]
   */
  record Rows(NDArray words, NDArray classes) {}

  TorchText(TextProblem problem, ComputationGraph ours) {
    JniUtils.setGradMode(false); // this thread's; a gradient collector turns it on
    this.problem = problem;
    int h = TextProblem.UNITS;
    for (String layer : problem.recurrentLayers()) {
      parameters.put(layer + "-W", array(gates(matrix(ours, layer, "W")).transposed()));
      parameters.put(layer + "-RW", array(gates(matrix(ours, layer, "RW")).transposed()));
      parameters.put(layer + "-b", array(gates(matrix(ours, layer, "b"))).squeeze(0));
    }
    parameters.put(ZERO, manager.zeros(new Shape(4L * h)));
    parameters.put("embedding", array(matrix(ours, "embedding", "W")));
    parameters.put("output", array(matrix(ours, TextClassification.OUTPUT, "W").transposed()));
    parameters.put("output-b", array(matrix(ours, TextClassification.OUTPUT, "b")).squeeze(0));
  }

  private static Matrix gates(Matrix weights) {
    return weights.blocks(TextProblem.UNITS, GATES);
  }

  private static Matrix matrix(ComputationGraph ours, String vertex, String key) {
    INDArray weights = ours.getVertex(vertex).paramTable(false).get(key).dup('c');
    int columns = (int) weights.size(weights.rank() - 1); // a bias has one row, or none
    return new Matrix((int) weights.length() / columns, columns, weights.data().asFloat());
  }

  private NDArray array(Matrix matrix) {
    return manager.create(matrix.values(), new Shape(matrix.rows(), matrix.columns()));
  }

  /** A minibatch in PyTorch's memory, which stays there. */
  Rows rows(TextProblem.Rows rows) {
    return new Rows(
        array(rows.words().transposed()).toType(DataType.INT64, false),
        array(rows.classes())
            .squeeze(1)
            .toType(DataType.INT64, false)
            .oneHot(TextProblem.CLASSES)
            .toType(DataType.FLOAT32, false));
  }

  /** Forward, loss, backward and Adam; the loss before, a mean over the rows. */
  double trainingStep(Rows rows) {
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
        NDArray loss = loss(call, rows, leaves);
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

  private NDArray loss(NDManager call, Rows rows, Map<String, NDArray> w) {
    rows.words().tempAttach(call);
    rows.classes().tempAttach(call);
    NDList weights = new NDList();
    for (String layer : problem.recurrentLayers()) {
      weights.add(w.get(layer + "-W"));
      weights.add(w.get(layer + "-RW"));
      weights.add(w.get(layer + "-b"));
      weights.add(w.get(ZERO));
    }
    int each = problem.both() ? 2 : 1;
    int states = problem.layers() * each;
    NDArray read =
        Embedding.embedding(rows.words(), w.get("embedding"), SparseFormat.DENSE)
            .singletonOrThrow(); // [T, B, E]
    NDArray zeros = call.zeros(new Shape(states, read.size(1), TextProblem.UNITS));
    NDArray last =
        read.getNDArrayInternal()
            .lstm(
                read,
                new NDList(zeros, zeros),
                weights,
                true,
                problem.layers(),
                0,
                true,
                problem.both(),
                false)
            .get(1); // [layers * directions, B, H]
    NDArray state = last.get(states - 1);
    if (problem.both()) {
      state = last.get(states - 2).concat(state, 1);
    }
    NDArray logits = Linear.linear(state, w.get("output"), w.get("output-b")).singletonOrThrow();
    return logits.logSoftmax(-1).mul(rows.classes()).sum().neg().div(read.size(1));
  }

  @Override
  public void close() {
    manager.close();
  }
}
