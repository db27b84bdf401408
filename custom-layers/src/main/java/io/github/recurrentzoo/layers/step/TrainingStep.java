package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.ConvexOptimizer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.solvers.StochasticGradientDescent;
import org.deeplearning4j.optimize.stepfunctions.NegativeGradientStepFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step of the optimizer on the kernels, in place of the passes of {@link ComputationGraph#fit}:
 * forward, loss, backward, update. The network holds the parameters, the updater its state, and
 * listeners are told what they are told otherwise; all other arrays are kept here from step to
 * step. The results are those of {@code fit} but for rounding.
 *
 * <p>What is different: after the update, {@code network.gradient()} has the gradients still, as
 * sums over the rows, where Deeplearning4j has the update in their place.
 */
public final class TrainingStep {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingStep.class);
  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  private final ComputationGraph graph;
  private StepPlan plan;
  private int steps;

  TrainingStep(ComputationGraph graph) {
    this.graph = graph;
  }

  /** Why there is no step for a network as it is now; empty if there is one. */
  public static Optional<String> obstacle(ComputationGraph graph) {
    try {
      StepGraph.of(graph);
      return Optional.empty();
    } catch (StepGraph.Obstacle e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Whether a recurrent layer read a table in the last step; for tests. */
  boolean readTables() {
    return plan != null && plan.nodes().stream().anyMatch(node -> node.table() != null);
  }

  /** How many steps were made; for tests. */
  int steps() {
    return steps;
  }

  /**
   * Makes a step with the network's inputs, labels and masks.
   *
   * @return false if nothing was done, since Deeplearning4j must
   */
  boolean run(ConvexOptimizer optimizer) {
    if (optimizer.getClass() != StochasticGradientDescent.class
        || !(optimizer.getStepFunction() instanceof NegativeGradientStepFunction)
        || optimizer.getGradientsAccumulator() != null) {
      return unserved("the network has another optimizer than stochastic gradient descent");
    }
    Collection<TrainingListener> listeners = graph.getListeners();
    if (listeners.stream().anyMatch(TrainingStep::readsActivations)) {
      return unserved("a listener reads the activations of all layers");
    }
    StepPlan now = plan(optimizer.getComputationGraphUpdater());
    if (now.nodes().isEmpty()) {
      return false;
    }
    StepPass pass = new StepPass(graph, StepSolver.labels(graph));
    List<StepNode> nodes = now.nodes();
    try {
      for (StepNode node : nodes) {
        node.begin(pass);
      }
      compute(now, pass);
    } catch (Unserved e) {
      return unserved(e.getMessage());
    } finally {
      nodes.forEach(StepNode::end);
    }
    finish(now, optimizer, listeners);
    return true;
  }

  private static boolean unserved(String reason) {
    if (LOGGED.add(reason)) {
      LOG.info("Deeplearning4j trains without the step on kernels: {} (said once)", reason);
    }
    return false;
  }

  private static boolean readsActivations(TrainingListener listener) {
    try {
      Method method = listener.getClass().getMethod("onForwardPass", Model.class, Map.class);
      Class<?> by = method.getDeclaringClass();
      return by != BaseTrainingListener.class && by != TrainingListener.class;
    } catch (NoSuchMethodException e) {
      return true;
    }
  }

  private StepPlan plan(ComputationGraphUpdater updater) {
    if (plan == null || !plan.holds(updater)) {
      try {
        plan = StepPlan.of(graph, updater);
      } catch (StepGraph.Obstacle e) {
        unserved(e.getMessage());
        plan = StepPlan.none(graph, updater);
      }
    }
    return plan;
  }

  private void compute(StepPlan now, StepPass pass) {
    now.nodes().forEach(node -> node.forward(pass));
    now.learning().forEach(node -> node.backward(pass));
    now.gradient().renew();
    graph.setGradient(now.gradient());
    double rows = graph.batchSize();
    double score = penalties(now);
    for (StepOutput output : now.outputs()) {
      score += output.loss() / rows;
    }
    graph.setScore(score);
    if (!graph.getListeners().isEmpty()) {
      LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
      for (StepOutput output : now.outputs()) { // some listeners ask it
        output.layer().setInput(output.input(), none);
        output.layer().setLabels(output.labels(pass));
      }
      graph.getListeners().forEach(listener -> listener.onBackwardPass(graph));
    }
  }

  private double penalties(StepPlan now) {
    if (now.update().isEmpty()) {
      return graph.calcRegularizationScore(true);
    }
    double sum = now.update().get().penalty(graph.getIterationCount(), graph.getEpochCount());
    for (GraphVertex vertex : graph.getVertices()) {
      if (vertex instanceof FrozenVertex && vertex.hasLayer()) {
        sum += vertex.getLayer().calcRegularizationScore(true);
      }
    }
    return sum;
  }

  /** The update, and what Deeplearning4j does after it. */
  private void finish(
      StepPlan now, ConvexOptimizer optimizer, Collection<TrainingListener> listeners) {
    int iteration = graph.getIterationCount();
    int epoch = graph.getEpochCount();
    forEach(listeners, listener -> listener.onGradientCalculation(graph));
    if (now.update().isPresent()) {
      now.update().get().run(graph.batchSize(), iteration, epoch);
    } else {
      now.updater()
          .update(
              now.gradient(),
              iteration,
              epoch,
              graph.batchSize(),
              LayerWorkspaceMgr.noWorkspaces());
      INDArray update = now.gradient().gradient();
      optimizer.getStepFunction().step(graph.params(), update.reshape(update.length()));
    }
    steps++;
    forEach(listeners, listener -> listener.iterationDone(graph, iteration, epoch));
    graph.getConfiguration().setIterationCount(iteration + 1);
    graph.applyConstraints(iteration + 1, epoch);
  }

  private static void forEach(
      Collection<TrainingListener> listeners, Consumer<TrainingListener> action) {
    listeners.forEach(action);
  }
}
