package io.github.recurrentzoo.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of one of our networks of LSTMs in PyTorch's memory, by name, and its steps with Adam
 * through Deep Java Library. LSTMs are told by the name of their layer.
 */
final class TorchParameters implements AutoCloseable {

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
  private final ComputationGraph ours;

  TorchParameters(ComputationGraph ours) {
    JniUtils.setGradMode(false); // this thread's; a gradient collector turns it on
    this.ours = ours;
  }

  /** Takes an LSTM over. */
  void lstm(String layer, int units) {
    parameters.put(layer + "-W", array(matrix(layer, "W").blocks(units, GATES).transposed()));
    parameters.put(layer + "-RW", array(matrix(layer, "RW").blocks(units, GATES).transposed()));
    parameters.put(layer + "-b", array(matrix(layer, "b").blocks(units, GATES)).squeeze(0));
    parameters.put(ZERO, manager.zeros(new Shape(4L * units)));
  }

  /** Takes a matrix over as it is. */
  void matrix(String name, String vertex, String key) {
    parameters.put(name, array(matrix(vertex, key)));
  }

  /** Takes a dense layer over: {@code name} and {@code name-b}. */
  void dense(String name, String vertex, String weights) {
    parameters.put(name, array(matrix(vertex, weights).transposed()));
    parameters.put(name + "-b", array(matrix(vertex, "b")).squeeze(0));
  }

  private Matrix matrix(String vertex, String key) {
    INDArray weights = ours.getVertex(vertex).paramTable(false).get(key).dup('c');
    int columns = (int) weights.size(weights.rank() - 1); // a bias has one row, or none
    return new Matrix((int) weights.length() / columns, columns, weights.data().asFloat());
  }

  /** Numbers that stay in PyTorch's memory. */
  NDArray array(Matrix matrix) {
    return manager.create(matrix.values(), new Shape(matrix.rows(), matrix.columns()));
  }

  /** Ids [B, T] as PyTorch reads them, [T, B]. */
  NDArray ids(Matrix matrix) {
    return array(matrix.transposed()).toType(DataType.INT64, false);
  }

  /** Ids one-hot, in one dimension more. */
  static NDArray oneHot(NDArray ids, int count) {
    return ids.toType(DataType.INT64, false).oneHot(count).toType(DataType.FLOAT32, false);
  }

  /** The weights of an LSTM as PyTorch takes them. */
  static NDList of(Map<String, NDArray> w, String layer) {
    return new NDList(w.get(layer + "-W"), w.get(layer + "-RW"), w.get(layer + "-b"), w.get(ZERO));
  }

  /** Forward, loss, backward and Adam; the loss before. */
  double trainingStep(BiFunction<NDManager, Map<String, NDArray>, NDArray> loss) {
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
        NDArray found = loss.apply(call, leaves);
        before = found.getFloat();
        collector.backward(found);
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

  @Override
  public void close() {
    manager.close();
  }
}
