package io.github.recurrentzoo.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The network of {@link TextProblem} in PyTorch's operations through Deep Java Library, from the
 * weights of ours. Time goes first, as PyTorch has it.
 */
final class TorchText implements AutoCloseable {

  private final TextProblem problem;
  private final TorchParameters parameters;

  /**
   * One minibatch.
   *
   * @param words [T, B]
   * @param classes one-hot, [B, C]
   */
  record Rows(NDArray words, NDArray classes) {}

  TorchText(TextProblem problem, ComputationGraph ours) {
    this.problem = problem;
    parameters = new TorchParameters(ours);
    problem.recurrentLayers().forEach(layer -> parameters.lstm(layer, TextProblem.UNITS));
    parameters.matrix("embedding", "embedding", "W");
    parameters.dense("output", TextClassification.OUTPUT, "W");
  }

  /** A minibatch in PyTorch's memory, which stays there. */
  Rows rows(TextProblem.Rows rows) {
    NDArray classes = parameters.array(rows.classes()).squeeze(1);
    return new Rows(
        parameters.ids(rows.words()), TorchParameters.oneHot(classes, TextProblem.CLASSES));
  }

  /** Forward, loss, backward and Adam; the loss before, a mean over the rows. */
  double trainingStep(Rows rows) {
    return parameters.trainingStep((call, weights) -> loss(call, rows, weights));
  }

  private NDArray loss(NDManager call, Rows rows, Map<String, NDArray> w) {
    rows.words().tempAttach(call);
    rows.classes().tempAttach(call);
    NDList weights = new NDList();
    problem.recurrentLayers().forEach(layer -> weights.addAll(TorchParameters.of(w, layer)));
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
    parameters.close();
  }
}
