package io.github.recurrentzoo.layers.step;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.Solver;
import org.deeplearning4j.optimize.api.ConvexOptimizer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What {@link ComputationGraph#fit} calls once the network has its inputs, labels and masks: makes
 * the {@link TrainingStep}, or leaves it to the solver that was there before.
 */
public final class StepSolver extends Solver {

  private final Solver plain;
  private final TrainingStep step;

  private StepSolver(Solver plain, TrainingStep step) {
    this.plain = plain;
    this.step = step;
  }

  /**
   * Puts a step into a network, whose updater has been made.
   *
   * @return false if Deeplearning4j has no place for it where 1.0.0-M2.1 has one
   */
  public static boolean attach(ComputationGraph graph) {
    Optional<Field> solver = field("solver");
    if (solver.isEmpty() || field("labels").isEmpty()) {
      return false;
    }
    Object before = get(solver.get(), graph);
    if (!(before instanceof Solver plain)) {
      return false;
    }
    if (!(plain instanceof StepSolver)) {
      try {
        solver.get().set(graph, new StepSolver(plain, new TrainingStep(graph)));
      } catch (IllegalAccessException e) {
        return false;
      }
    }
    return true;
  }

  /**
   * What makes a step of a network with the inputs, labels and masks that it has; empty if it is
   * Deeplearning4j alone.
   */
  public static Optional<Solver> of(ComputationGraph graph) {
    return field("solver")
        .map(field -> get(field, graph))
        .filter(StepSolver.class::isInstance)
        .map(Solver.class::cast);
  }

  /** The step of a network, for tests. */
  public static Optional<TrainingStep> stepOf(ComputationGraph graph) {
    return of(graph).map(solver -> ((StepSolver) solver).step);
  }

  /** The labels of a network, which it does not tell. */
  static INDArray[] labels(ComputationGraph graph) {
    return (INDArray[]) get(field("labels").orElseThrow(), graph);
  }

  private static Optional<Field> field(String name) {
    try {
      Field field = ComputationGraph.class.getDeclaredField(name);
      field.setAccessible(true);
      return Optional.of(field);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Object get(Field field, ComputationGraph graph) {
    try {
      return field.get(graph);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void optimize(LayerWorkspaceMgr workspaces) {
    if (!step.run(plain.getOptimizer())) {
      plain.optimize(workspaces);
    }
  }

  @Override
  public void initOptimizer() {
    plain.initOptimizer();
  }

  @Override
  public ConvexOptimizer getOptimizer() {
    return plain.getOptimizer();
  }

  @Override
  public void setListeners(Collection<TrainingListener> listeners) {
    plain.setListeners(listeners);
  }
}
