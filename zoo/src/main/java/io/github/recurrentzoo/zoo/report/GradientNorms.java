package io.github.recurrentzoo.zoo.report;

import io.github.recurrentzoo.zoo.training.Resumable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Measures the L2 norm of each layer's gradient while a network is trained: where a norm falls
 * towards 0 from layer to layer, gradients vanish; where it jumps up, they explode.
 *
 * <p>The gradients are raw: of the mean loss of the minibatch, before clipping, without L1 and L2
 * penalties, before the updater. A listener of any network of Deeplearning4j, for one training.
 *
 * <p>Not each step is measured: at most {@value #POINTS} points are kept. When they are full, each
 * second one is dropped, and from then on every second step that would have been measured is left
 * out. So the points lie evenly over the training however long it is, and the longer it is, the
 * less it costs.
 */
public final class GradientNorms extends BaseTrainingListener implements Resumable {
  static final int POINTS = 256;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Point> points = new ArrayList<>();
  private long steps;
  private long interval = 1;

  /** Nothing measured yet. */
  public GradientNorms() {}

  /**
   * One step of the optimiser.
   *
   * @param step from 1
   * @param epoch from 1
   * @param norms of each layer, from the input on
   */
  public record Point(long step, int epoch, Map<String, Double> norms) {}

  @Override
  public void onGradientCalculation(Model model) {
    steps++;
    if ((steps - 1) % interval != 0) {
      return;
    }
    points.add(new Point(steps, epoch(model) + 1, norms(model)));
    if (points.size() == POINTS) {
      for (int i = POINTS - 1; i > 0; i -= 2) {
        points.remove(i);
      }
      interval *= 2;
    }
  }

  /** What was measured so far. */
  private record State(long steps, long interval, List<Point> points) {}

  @Override
  public String saveState() {
    try {
      return JSON.writeValueAsString(new State(steps, interval, points));
    } catch (JsonProcessingException e) {
      throw new AssertionError("Numbers can be written as JSON", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the state is none that this class gave
   */
  @Override
  public void restoreState(String state) {
    State read;
    try {
      read = JSON.readValue(state, State.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Expected a state of gradient norms, but was " + state, e);
    }
    steps = read.steps();
    interval = read.interval();
    points.clear();
    points.addAll(read.points());
  }

  private static int epoch(Model model) {
    return model instanceof ComputationGraph graph
        ? graph.getEpochCount()
        : model instanceof MultiLayerNetwork network ? network.getEpochCount() : 0;
  }

  private static Map<String, Double> norms(Model model) {
    // Deeplearning4j sums over the rows here, and divides later, in the updater.
    double rows = model.conf().isMiniBatch() ? model.batchSize() : 1;
    Map<String, Double> squares = new LinkedHashMap<>();
    for (Map.Entry<String, INDArray> entry : model.gradient().gradientForVariable().entrySet()) {
      String key = entry.getKey(); // layer_parameter
      double norm = norm(entry.getValue()) / rows;
      squares.merge(key.substring(0, key.lastIndexOf('_')), norm * norm, Double::sum);
    }
    squares.replaceAll((layer, square) -> Math.sqrt(square));
    return squares;
  }

  /** BLAS is several times faster than ND4J's reduction over rows and columns. */
  private static double norm(INDArray gradient) {
    return Nd4j.getBlasWrapper()
        .nrm2(gradient.reshape(gradient.ordering(), new long[] {gradient.length()}));
  }

  /** The points that were kept, in their order. */
  public List<Point> points() {
    return List.copyOf(points);
  }

  /** Of how many steps one was measured, at the end. */
  public long interval() {
    return interval;
  }

  /** The layers, from the input on. */
  public List<String> layers() {
    return points.isEmpty() ? List.of() : List.copyOf(points.get(0).norms().keySet());
  }

  /** The norms of one layer, point by point. */
  double[] norms(String layer) {
    return points.stream()
        .mapToDouble(point -> point.norms().getOrDefault(layer, Double.NaN))
        .toArray();
  }
}
