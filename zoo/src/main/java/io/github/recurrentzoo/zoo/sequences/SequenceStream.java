package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.layers.ConcatPoolingVertex;
import io.github.recurrentzoo.layers.FinalStateVertex;
import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.network.TimeMajor;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A sequence that comes in step by step, with an answer after each. After T steps the answer is
 * that to the sequence of these T steps, but for rounding; a step costs the same however long the
 * sequence is, since the recurrent layers carry their state (Deeplearning4j's {@code rnnTimeStep}).
 *
 * <p>With concat pooling, mean and maximum of all states are kept up to date. With a convolution
 * the answer changes where a frame is complete: every {@code stride} steps.
 *
 * <p>For one thread at a time; each stream has a network of its own.
 */
public final class SequenceStream {
  private final SequenceEncoder encoder;
  private final Frames frames;
  private final List<String> labels;
  private final ComputationGraph states;
  private final boolean concat;
  private final double[][] weights; // [P][C]
  private final double[] bias;
  private final Deque<float[]> window = new ArrayDeque<>(); // the steps of the next frame
  private int steps;
  private int read; // frames
  private double[] sum;
  private double[] largest;
  private SequencePrediction answer;

  SequenceStream(
      ComputationGraph trained, SequenceEncoder encoder, Frames frames, List<String> labels) {
    NativeThreads.useOne();
    this.encoder = encoder;
    this.frames = frames;
    this.labels = labels;
    ComputationGraphConfiguration configuration = trained.getConfiguration().clone();
    Map<String, GraphVertex> vertices = configuration.getVertices();
    Map<String, List<String>> inputs = configuration.getVertexInputs();
    String top = inputs.get(SequenceClassification.OUTPUT).get(0);
    vertices.remove(SequenceClassification.OUTPUT);
    inputs.remove(SequenceClassification.OUTPUT);
    concat = vertices.get(top) instanceof ConcatPoolingVertex;
    if (concat || vertices.get(top) instanceof FinalStateVertex) {
      String below = inputs.get(top).get(0);
      vertices.remove(top);
      inputs.remove(top);
      top = below;
    }
    configuration.setNetworkOutputs(List.of(top));
    // Where no output layer is on top, Deeplearning4j closes a workspace that is in use still.
    configuration.setInferenceWorkspaceMode(WorkspaceMode.NONE);
    configuration.setTopologicalOrder(null);
    configuration.setTopologicalOrderStr(null);
    states = new ComputationGraph(configuration);
    states.init();
    for (org.deeplearning4j.nn.graph.vertex.GraphVertex vertex : states.getVertices()) {
      Map<String, INDArray> from = trained.getVertex(vertex.getVertexName()).paramTable(false);
      if (from != null) {
        vertex.paramTable(false).forEach((name, array) -> array.assign(from.get(name)));
      }
    }
    FusedKernels.attach(states);
    weights =
        Networks.matrix(trained.getLayer(SequenceClassification.OUTPUT).getParam("W"))
            .toDoubleMatrix();
    bias = trained.getLayer(SequenceClassification.OUTPUT).getParam("b").toDoubleVector();
    reset();
  }

  /** Begins a new sequence. */
  public void reset() {
    states.rnnClearPreviousState();
    window.clear();
    steps = 0;
    read = 0;
    sum = null;
    largest = null;
    answer = null;
  }

  /** The number of steps so far. */
  public int steps() {
    return steps;
  }

  /**
   * Takes the next step.
   *
   * @param values one of each channel, in the order of the training; NaN for a missing one
   * @return the answer to all steps so far
   * @throws io.github.recurrentzoo.zoo.data.DataException if there are more or fewer values, or one
   *     is missing where none may be; the stream is then as it was before
   * @throws IllegalArgumentException if a value is infinite
   */
  public SequencePrediction next(double... values) {
    encoder.checkChannels("", values.length);
    for (int c = 0; c < values.length; c++) {
      if (Double.isInfinite(values[c])) {
        throw new IllegalArgumentException(
            "The value of channel %d is infinite; expected a number, or NaN for a missing one"
                .formatted(c + 1));
      }
    }
    float[] step = new float[encoder.size()];
    encoder.encodeStep("", steps, values, step, 0);
    window.addLast(step);
    steps++;
    if (window.size() == frames.width()) {
      double[] pooled = pooled(state());
      read++;
      answer = answer(pooled);
      for (int i = 0; i < frames.stride(); i++) {
        window.removeFirst();
      }
    } else if (read == 0) { // what there is, as a frame with zeros behind it
      double[] pooled = pooled(state());
      states.rnnClearPreviousState();
      sum = null;
      largest = null;
      return answer(pooled);
    }
    return new SequencePrediction(
        answer.label(), answer.probability(), answer.probabilities(), steps);
  }

  /** The state after the frame that begins with the window. */
  private double[] state() {
    NativeThreads.useOne();
    float[] frame = new float[frames.frameSize()];
    int at = 0;
    for (float[] each : window) {
      System.arraycopy(each, 0, frame, at, each.length);
      at += each.length;
    }
    INDArray output = states.rnnTimeStep(TimeMajor.array(frame, 1, 1, frame.length))[0];
    return output.reshape(output.length()).toDoubleVector();
  }

  /** What the output layer reads. */
  private double[] pooled(double[] state) {
    if (!concat) {
      return state;
    }
    int size = state.length;
    if (sum == null) {
      sum = new double[size];
      largest = state.clone();
    }
    double[] pooled = Arrays.copyOf(state, 3 * size);
    for (int s = 0; s < size; s++) {
      sum[s] += state[s];
      largest[s] = Math.max(largest[s], state[s]);
      pooled[size + s] = sum[s] / (read + 1);
      pooled[2 * size + s] = largest[s];
    }
    return pooled;
  }

  /** softmax(p W + b). */
  private SequencePrediction answer(double[] pooled) {
    double[] logits = bias.clone();
    for (int p = 0; p < pooled.length; p++) {
      for (int c = 0; c < logits.length; c++) {
        logits[c] += pooled[p] * weights[p][c];
      }
    }
    double highest = Arrays.stream(logits).max().orElseThrow();
    double[] probabilities = Arrays.stream(logits).map(z -> Math.exp(z - highest)).toArray();
    double all = Arrays.stream(probabilities).sum();
    Arrays.setAll(probabilities, c -> probabilities[c] / all);
    if (Double.isNaN(all)) {
      throw SequenceProbabilities.notANumber();
    }
    return SequencePrediction.of(labels, probabilities, steps);
  }
}
