package io.github.recurrentzoo.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.List;

/**
 * PyTorch through Deep Java Library: DJL's thin layer over PyTorch's operations, without its blocks
 * and its trainer, which would only add to the time. Time goes first, as PyTorch has it.
 *
 * <p>A step trains on detached copies of the parameters that share their memory, so that each
 * backward pass sets gradients rather than adds to them: what {@code
 * optimizer.zero_grad(set_to_none=True)}, the default, does in Python. DJL's own way, which fills
 * the gradients with zeros, is slower.
 */
final class PyTorchContender implements Contender {

  static {
    // DJL would look for newer natives and report its use.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private final Engine engine = Engine.getEngine("PyTorch");
  private final NDManager manager = engine.newBaseManager();
  private final Loss loss = Loss.sigmoidBinaryCrossEntropyLoss();
  private final Optimizer adam =
      Adam.builder().optLearningRateTracker(Tracker.fixed((float) LEARNING_RATE)).build();
  private final TorchRecurrence recurrence;
  private final List<TorchRecurrence.Parameter> parameters;
  private final NDArray embedding; // [words, D]
  private final NDArray dense; // [1, H]
  private final NDArray denseBias; // [1]
  private final NDList recurrent;
  private final NDArray inputs; // [T, B, D]
  private final NDArray oneInput; // [1, 1, D]
  private final NDArray outputGradient; // [T, B, H] or [B, H]
  private final NDArray tokens; // [T, B]
  private final NDArray oneRow; // [T, 1]
  private final NDArray labels; // [B, 1]
  private final NDArray characters; // [characters, D]
  private final NDArray next; // [characters, H]
  private NDList state;
  private NDList writerState;
  private int character;

  PyTorchContender(Problem problem) {
    JniUtils.setGradMode(false); // this thread's; a gradient collector turns it on
    this.recurrence =
        switch (problem.cell()) {
          case SIMPLE_RNN -> new TorchSimpleRnn();
          case LSTM -> new TorchLstm();
          case GRU -> new TorchGru();
          case RRNN -> new TorchRrnn(false);
          case RRNN_LAST -> new TorchRrnn(true);
        };
    this.parameters = recurrence.parameters(problem);
    this.recurrent = new NDList();
    for (TorchRecurrence.Parameter parameter : parameters) {
      NDArray array = array(parameter.value());
      recurrent.add(parameter.isVector() ? array.squeeze(0) : array);
    }
    this.embedding = array(problem.embedding());
    this.dense = array(problem.dense().transposed());
    this.denseBias = array(problem.denseBias()).squeeze(0);
    int steps = problem.shape().steps();
    int batch = problem.shape().batch();
    int size = problem.shape().size();
    this.inputs = array(problem.inputs()).reshape(steps, batch, size);
    this.oneInput = array(problem.inputs().rows(0, 1)).reshape(1, 1, size);
    NDArray gradient = array(problem.outputGradient());
    this.outputGradient =
        problem.cell().isLastStepOnly() ? gradient : gradient.reshape(steps, batch, size);
    this.tokens = array(problem.tokens().transposed()).toType(DataType.INT64, false);
    this.oneRow = array(problem.tokens().rows(0, 1).transposed()).toType(DataType.INT64, false);
    this.labels = array(problem.labels());
    this.characters = array(problem.characters());
    this.next = array(problem.next().transposed());
    this.state = zeroState(size);
    this.writerState = zeroState(size);
  }

  private NDList zeroState(int size) {
    NDList zeros = new NDList();
    for (int i = 0; i < recurrence.states(); i++) {
      zeros.add(manager.zeros(new Shape(1, 1, size)));
    }
    return zeros;
  }

  private NDArray array(Matrix matrix) {
    return manager.create(matrix.values(), new Shape(matrix.rows(), matrix.columns()));
  }

  @Override
  public void layerForward() {
    try (NDManager call = manager.newSubManager()) {
      recurrence.forward(in(call, inputs), recurrent, false);
    }
  }

  @Override
  public void layerForwardBackward() {
    try (NDManager call = manager.newSubManager()) {
      backward(call);
    }
  }

  /** The gradient of the input. */
  private NDArray backward(NDManager call) {
    NDArray x = leaf(call, inputs);
    NDList leaves = leaves(call);
    // What a gradient collector does, but it begins with gradients of one.
    JniUtils.setGradMode(true);
    NDArray output = recurrence.forward(x, leaves, true);
    JniUtils.backward((PtNDArray) output, (PtNDArray) outputGradient, false, false);
    JniUtils.setGradMode(false);
    return x.getGradient();
  }

  @Override
  public void trainingStep() {
    try (NDManager call = manager.newSubManager()) {
      NDArray embeddingLeaf = leaf(call, embedding);
      NDArray denseLeaf = leaf(call, dense);
      NDArray biasLeaf = leaf(call, denseBias);
      NDList leaves = leaves(call);
      try (GradientCollector collector = engine.newGradientCollector()) {
        NDArray logits = logits(call, tokens, embeddingLeaf, leaves, denseLeaf, biasLeaf, true);
        NDArray mean = loss.evaluate(new NDList(in(call, labels)), new NDList(logits));
        collector.backward(mean);
      }
      adam.update("embedding", embedding, embeddingLeaf.getGradient());
      adam.update("dense", dense, denseLeaf.getGradient());
      adam.update("bias", denseBias, biasLeaf.getGradient());
      for (int i = 0; i < leaves.size(); i++) {
        if (parameters.get(i).trained()) {
          adam.update("recurrent" + i, recurrent.get(i), leaves.get(i).getGradient());
        }
      }
    }
  }

  /** What the sigmoid is taken of, [B, 1]. */
  private NDArray logits(
      NDManager call,
      NDArray ids,
      NDArray words,
      NDList weights,
      NDArray w,
      NDArray b,
      boolean training) {
    NDArray x = Embedding.embedding(in(call, ids), words, SparseFormat.DENSE).singletonOrThrow();
    NDArray last = recurrence.last(x, weights, training);
    return Linear.linear(last, w, b).singletonOrThrow();
  }

  @Override
  public float[] inference() {
    try (NDManager call = manager.newSubManager()) {
      return Activation.sigmoid(logits(call, tokens, embedding, recurrent, dense, denseBias, false))
          .toFloatArray();
    }
  }

  @Override
  public float[] answer() {
    try (NDManager call = manager.newSubManager()) {
      return Activation.sigmoid(logits(call, oneRow, embedding, recurrent, dense, denseBias, false))
          .toFloatArray();
    }
  }

  @Override
  public void streamingStep() {
    try (NDManager call = manager.newSubManager()) {
      step(call);
    }
  }

  private NDArray step(NDManager call) {
    NDList outputAndState = recurrence.step(in(call, oneInput), state, recurrent);
    state.close();
    state = outputAndState.subNDList(1);
    state.attach(manager);
    return outputAndState.get(0);
  }

  @Override
  public float[] generateCharacter() {
    try (NDManager call = manager.newSubManager()) {
      NDArray x = in(call, characters).get(call, character).reshape(1, 1, -1);
      NDList outputAndState = recurrence.step(x, writerState, recurrent);
      writerState.close();
      writerState = outputAndState.subNDList(1);
      writerState.attach(manager);
      NDArray logits = Linear.linear(outputAndState.get(0), in(call, next)).singletonOrThrow();
      float[] probabilities = logits.softmax(-1).toFloatArray();
      character = Contender.likeliest(probabilities);
      return probabilities;
    }
  }

  @Override
  public float[] layerOutput() {
    try (NDManager call = manager.newSubManager()) {
      return recurrence.forward(in(call, inputs), recurrent, false).toFloatArray();
    }
  }

  @Override
  public float[] layerInputGradient() {
    try (NDManager call = manager.newSubManager()) {
      return backward(call).toFloatArray();
    }
  }

  @Override
  public float[] streamingOutput() {
    try (NDManager call = manager.newSubManager()) {
      return step(call).toFloatArray();
    }
  }

  /** Lets the results of operations on an array go with the call's manager. */
  static NDArray in(NDManager call, NDArray array) {
    array.tempAttach(call);
    return array;
  }

  private NDList leaves(NDManager call) {
    NDList leaves = new NDList();
    for (int i = 0; i < parameters.size(); i++) {
      boolean trained = parameters.get(i).trained();
      leaves.add(trained ? leaf(call, recurrent.get(i)) : recurrent.get(i));
    }
    return leaves;
  }

  /** The same memory, to gather a gradient of its own. */
  static NDArray leaf(NDManager call, NDArray array) {
    NDArray leaf = array.stopGradient();
    leaf.attach(call);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  @Override
  public void close() {
    manager.close();
  }
}
