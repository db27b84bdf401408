package io.github.recurrentzoo.zoo.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.KernelMode;
import io.github.recurrentzoo.zoo.network.Recurrence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

/** The state is carried from segment to segment, and gradients stop at the border between them. */
class CarriedStepsTest {

  private static final int VOCABULARY = 5;
  private static final int SEGMENT = 4;
  private static final int STREAMS = 2;
  private static final double EPSILON = 1e-5;
  private static final int STRIDE = 9; // of the parameters that are looked at

  private final UnitStreams text =
      UnitStreams.whole(
          new Random(5).ints(STREAMS * 3 * SEGMENT + 1, 0, VOCABULARY).toArray(), STREAMS, SEGMENT);

  private static ComputationGraph network(Recurrence recurrence, int layers, DataType type) {
    ComputationGraph network =
        new ComputationGraph(
            TextGeneration.builder()
                .recurrence(recurrence)
                .layers(layers)
                .vocabularySize(VOCABULARY)
                .embeddingSize(3)
                .hiddenSize(3)
                .segmentLength(SEGMENT)
                .clipNorm(0)
                .updater(new Sgd(0))
                .dataType(type)
                .build()
                .configuration());
    network.init();
    if (recurrence != Recurrence.RRNN) { // whose state is kept by how it starts
      network.params().muli(2); // so that the state matters
    }
    // The fused kernels are for float; the reference shows that it is right in double.
    FusedKernels.attach(network, type == DataType.DOUBLE ? KernelMode.REFERENCE : KernelMode.AUTO);
    return network;
  }

  private INDArray inputs(int segment, DataType type) {
    return UnitStreams.array(text.inputs(segment)).castTo(type);
  }

  private INDArray labels(int segment, DataType type) {
    return UnitStreams.oneHot(text.next(segment), VOCABULARY).castTo(type);
  }

  /** Steps whose state is the one after all segments before this one. */
  private CarriedSteps before(ComputationGraph network, int segment) {
    CarriedSteps steps = new CarriedSteps(network);
    steps.reset();
    for (int earlier = 0; earlier < segment; earlier++) {
      steps.answer(inputs(earlier, DataType.DOUBLE), true);
    }
    return steps;
  }

  /** The loss of a segment, from the state that is there and stays. */
  private double loss(CarriedSteps steps, int segment) {
    INDArray p = steps.answer(inputs(segment, DataType.DOUBLE), false);
    double loss = 0;
    for (int b = 0; b < STREAMS; b++) {
      for (int t = 0; t < SEGMENT; t++) {
        loss -= Math.log(p.getDouble(b, text.next(segment, b, t), t));
      }
    }
    return loss;
  }

  @ParameterizedTest
  @CsvSource({
    "SIMPLE_RNN, 1",
    "LSTM, 1",
    "LSTM, 2",
    "GRU, 2",
    "RRNN, 1",
    "RRNN_UPDATED, 1",
    "RRNN_UPDATED, 2"
  })
  void gradientsOfEachSegmentHoldTheCarriedStateConstant(Recurrence recurrence, int layers) {
    ComputationGraph network = network(recurrence, layers, DataType.DOUBLE);
    List<INDArray> gradients = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onGradientCalculation(Model model) {
            gradients.add(((ComputationGraph) model).getGradientsViewArray().reshape(-1).dup());
          }
        });
    CarriedSteps steps = new CarriedSteps(network);
    steps.reset();
    for (int segment = 0; segment < 3; segment++) {
      double loss = steps.train(inputs(segment, DataType.DOUBLE), labels(segment, DataType.DOUBLE));
      losses.add(loss * STREAMS);
    }
    for (int segment = 0; segment < 3; segment++) {
      CarriedSteps numeric = before(network, segment);
      assertEquals(loss(numeric, segment), losses.get(segment), 1e-9);
      if (segment > 0) {
        assertGradient(network, numeric, gradients.get(segment), segment);
      }
    }
  }

  private void assertGradient(
      ComputationGraph network, CarriedSteps steps, INDArray gradient, int segment) {
    INDArray params = network.params();
    double largest = 0;
    double scale = 0;
    for (long i = 0; i < params.length(); i += STRIDE) {
      double value = params.getDouble(i);
      params.putScalar(i, value + EPSILON);
      double plus = loss(steps, segment);
      params.putScalar(i, value - EPSILON);
      double minus = loss(steps, segment);
      params.putScalar(i, value);
      double numeric = (plus - minus) / (2 * EPSILON);
      largest = Math.max(largest, Math.abs(numeric - gradient.getDouble(i)));
      scale = Math.max(scale, Math.abs(numeric));
    }
    assertTrue(scale > 0.01, "gradients are large enough to differ");
    assertEquals(0, largest / scale, 1e-6, "segment " + segment);
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN", "LSTM", "GRU", "RRNN", "RRNN_UPDATED"})
  void theStateIsCarriedUntilItIsReset(Recurrence recurrence) {
    ComputationGraph network = network(recurrence, 2, DataType.FLOAT);
    CarriedSteps steps = new CarriedSteps(network);
    steps.reset();
    INDArray x = inputs(1, DataType.FLOAT);
    INDArray y = labels(1, DataType.FLOAT);
    double fresh = steps.train(x, y);
    steps.reset();
    steps.train(inputs(0, DataType.FLOAT), labels(0, DataType.FLOAT));
    double carried = steps.train(x, y);
    assertTrue(Math.abs(fresh - carried) > 1e-3, fresh + " and " + carried);
    steps.reset();
    assertEquals(fresh, steps.train(x, y), "after a reset as at first");
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN", "LSTM", "GRU", "RRNN", "RRNN_UPDATED"})
  void oneStreamCanBeginAnew(Recurrence recurrence) {
    ComputationGraph network = network(recurrence, 2, DataType.FLOAT);
    CarriedSteps steps = new CarriedSteps(network);
    steps.reset();
    INDArray x = inputs(1, DataType.FLOAT);
    INDArray fresh = steps.answer(x, false);
    steps.train(inputs(0, DataType.FLOAT), labels(0, DataType.FLOAT));
    INDArray carried = steps.answer(x, false);
    steps.reset(1);
    INDArray half = steps.answer(x, false);
    assertEquals(0, difference(half, carried, 0), 1e-6, "the other stream goes on");
    assertEquals(0, difference(half, fresh, 1), 1e-6, "this one begins");
    assertTrue(difference(carried, fresh, 1) > 1e-3);
  }

  private static double difference(INDArray a, INDArray b, int row) {
    return a.slice(row).sub(b.slice(row)).amaxNumber().doubleValue();
  }
}
