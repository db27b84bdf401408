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
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.step.StepSolver;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.Solver;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A step of the training of {@link TextGeneration}, Embedding - LSTM - softmax at each step: a
 * segment of text whose state is carried on, truncated BPTT, clipped by the norm (not in PyTorch),
 * Adam. Ours reads what comes next as ids; through Deeplearning4j's solver, with the same kernels,
 * it is one-hot.
 */
final class Segments {
  private static final int STREAMS = 32;
  private static final int STEPS = 64;
  private static final int EMBEDDING = 64;
  private static final int HIDDEN = 256;
  private static final float RATE = 1e-3f;

  private final int vocabulary;
  private final int[][] ids = new int[STREAMS][STEPS + 1];

  Segments(int vocabulary) {
    this.vocabulary = vocabulary;
    Random random = new Random(5);
    for (int[] row : ids) {
      for (int t = 0; t < row.length; t++) {
        row[t] = random.nextInt(vocabulary);
      }
    }
  }

  /** A row of the table. */
  String row(int calls) {
    Map<String, Runnable> contenders = new LinkedHashMap<>();
    contenders.put("ours", onKernels());
    contenders.put("through", throughDeeplearning4j());
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      contenders.put("PyTorch", pyTorch(manager));
      Map<String, Double> medians = InTurn.medians(contenders, calls);
      return String.format(
          Locale.ROOT,
          "| training step of text | LSTM | E=%d, H=%d, V=%,d, T=%d, B=%d | %.2f ms | %.2f ms | %.2f ms | %.2f | %.2f |",
          EMBEDDING,
          HIDDEN,
          vocabulary,
          STEPS,
          STREAMS,
          medians.get("ours"),
          medians.get("through"),
          medians.get("PyTorch"),
          medians.get("ours") / medians.get("through"),
          medians.get("ours") / medians.get("PyTorch"));
    }
  }

  private ComputationGraph network(String step) {
    System.setProperty(FusedKernels.STEP, step);
    return TextGeneration.builder()
        .vocabularySize(vocabulary)
        .embeddingSize(EMBEDDING)
        .hiddenSize(HIDDEN)
        .segmentLength(STEPS)
        .updater(new org.nd4j.linalg.learning.config.Adam(RATE))
        .build()
        .init();
  }

  private Runnable onKernels() {
    ComputationGraph network = network("on");
    Solver solver = StepSolver.of(network).orElseThrow();
    return () ->
        step(network, solver, Nd4j.create(numbers(1), new long[] {STREAMS, 1, STEPS}, 'c'));
  }

  private Runnable throughDeeplearning4j() {
    ComputationGraph network = network("off");
    Solver solver = new Solver.Builder().configure(network.conf()).model(network).build();
    solver.getOptimizer().setUpdaterComputationGraph(network.getUpdater());
    return () -> step(network, solver, oneHot());
  }

  private void step(ComputationGraph network, Solver solver, INDArray labels) {
    network.setInputs(Nd4j.create(numbers(0), new long[] {STREAMS, STEPS}, 'c'));
    network.setLabels(labels);
    solver.optimize(LayerWorkspaceMgr.noWorkspaces());
  }

  /** The ids from a place on, [B, T]. */
  private float[] numbers(int from) {
    float[] numbers = new float[STREAMS * STEPS];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = ids[i / STEPS][from + i % STEPS];
    }
    return numbers;
  }

  /** [B, V, T] in time-major memory. */
  private INDArray oneHot() {
    float[] oneHot = new float[STEPS * STREAMS * vocabulary];
    for (int t = 0; t < STEPS; t++) {
      for (int b = 0; b < STREAMS; b++) {
        oneHot[(t * STREAMS + b) * vocabulary + ids[b][t + 1]] = 1;
      }
    }
    return Nd4j.create(oneHot, new long[] {STEPS, STREAMS, vocabulary}, 'c').permute(1, 2, 0);
  }

  private Runnable pyTorch(NDManager manager) {
    JniUtils.setGradMode(false); // this thread's; a gradient collector turns it on
    NDList weights =
        new NDList(
            random(manager, vocabulary, EMBEDDING),
            random(manager, 4 * HIDDEN, EMBEDDING),
            random(manager, 4 * HIDDEN, HIDDEN),
            random(manager, 4 * HIDDEN),
            random(manager, 4 * HIDDEN),
            random(manager, vocabulary, HIDDEN),
            random(manager, vocabulary));
    NDArray inputs = timeFirst(manager, 0);
    NDArray labels = timeFirst(manager, 1).flatten();
    Loss loss = Loss.softmaxCrossEntropyLoss();
    Optimizer adam = Adam.builder().optLearningRateTracker(Tracker.fixed(RATE)).build();
    NDList state =
        new NDList(
            manager.zeros(new Shape(1, STREAMS, HIDDEN)),
            manager.zeros(new Shape(1, STREAMS, HIDDEN)));
    return () -> pyTorchStep(manager, weights, inputs, labels, state, loss, adam);
  }

  private void pyTorchStep(
      NDManager manager,
      NDList weights,
      NDArray inputs,
      NDArray labels,
      NDList state,
      Loss loss,
      Optimizer adam) {
    try (NDManager call = manager.newSubManager()) {
      NDList leaves = new NDList();
      weights.forEach(weight -> leaves.add(PyTorchContender.leaf(call, weight)));
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray x =
            Embedding.embedding(
                    PyTorchContender.in(call, inputs), leaves.get(0), SparseFormat.DENSE)
                .singletonOrThrow();
        NDList output =
            x.getNDArrayInternal()
                .lstm(x, state, new NDList(leaves.subList(1, 5)), true, 1, 0, true, false, false);
        NDArray logits =
            Linear.linear(output.get(0).reshape(-1, HIDDEN), leaves.get(5), leaves.get(6))
                .singletonOrThrow();
        NDArray mean =
            loss.evaluate(new NDList(PyTorchContender.in(call, labels)), new NDList(logits));
        collector.backward(mean);
        for (int i = 0; i < 2; i++) { // the state goes on
          NDArray next = output.get(i + 1).stopGradient();
          next.attach(manager);
          state.set(i, next).close();
        }
      }
      for (int i = 0; i < leaves.size(); i++) {
        adam.update("" + i, weights.get(i), leaves.get(i).getGradient());
      }
    }
  }

  private static NDArray random(NDManager manager, long... shape) {
    return manager.randomUniform(-0.08f, 0.08f, new Shape(shape));
  }

  /** The ids from a place on, [T, B]. */
  private NDArray timeFirst(NDManager manager, int from) {
    return manager
        .create(numbers(from), new Shape(STREAMS, STEPS))
        .transpose()
        .toType(DataType.INT64, true);
  }
}
