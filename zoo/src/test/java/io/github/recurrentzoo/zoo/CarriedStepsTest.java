package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.KernelMode;
import io.github.recurrentzoo.layers.StateCarry;
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

  private final CharacterStreams text =
      CharacterStreams.whole(
          new Random(5).ints(STREAMS * 3 * SEGMENT + 1, 0, VOCABULARY).toArray(), STREAMS, SEGMENT);

  private static ComputationGraph network(
      Recurrence recurrence, StateCarry carry, int layers, DataType type) {
    ComputationGraph network =
        new ComputationGraph(
            TextGeneration.builder()
                .recurrence(recurrence)
                .stateCarry(carry)
                .layers(layers)
                .vocabularySize(VOCABULARY)
                .embeddingSize(3)
                .hiddenSize(4)
                .segmentLength(SEGMENT)
                .clipGradientNorm(0)
                .updater(new Sgd(0))
                .dataType(type)
                .build()
                .configuration());
    network.init();
    network.params().muli(2); // so that the state matters
    // The fused kernels are for float; the reference shows that it is right in double.
    FusedKernels.attach(network, type == DataType.DOUBLE ? KernelMode.REFERENCE : KernelMode.AUTO);
    return network;
  }

  private INDArray inputs(int segment, DataType type) {
    return CharacterStreams.array(text.inputs(segment)).castTo(type);
  }

  private INDArray labels(int segment, DataType type) {
    return text.labels(segment, VOCABULARY).castTo(type);
  }

  /** The loss of the segment when it begins with the state after those before it. */
  private double loss(ComputationGraph network, INDArray params, int segment) {
    INDArray saved = network.params().dup();
    CarriedSteps steps = new CarriedSteps(network);
    steps.reset();
    for (int before = 0; before < segment; before++) {
      steps.answer(inputs(before, DataType.DOUBLE), true);
    }
    network.setParams(params); // the state is that of the parameters before
    INDArray p = steps.answer(inputs(segment, DataType.DOUBLE), false);
    network.setParams(saved);
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
    "SIMPLE_RNN, MAIN, 1",
    "LSTM, MAIN, 1",
    "LSTM, MAIN, 2",
    "RRNN, MAIN, 1",
    "RRNN, UPDATED, 1",
    "RRNN, UPDATED, 2"
  })
  void gradientsOfEachSegmentHoldTheCarriedStateConstant(
      Recurrence recurrence, StateCarry carry, int layers) {
    ComputationGraph network = network(recurrence, carry, layers, DataType.DOUBLE);
    List<INDArray> gradients = new ArrayList<>();
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
      assertEquals(loss(network.clone(), network.params(), segment), loss * STREAMS, 1e-9);
    }
    ComputationGraph numeric = network.clone();
    FusedKernels.attach(numeric, KernelMode.REFERENCE);
    for (int segment = 0; segment < 3; segment++) {
      assertGradient(numeric, gradients.get(segment), segment);
    }
  }

  private void assertGradient(ComputationGraph network, INDArray gradient, int segment) {
    INDArray params = network.params().dup();
    double largest = 0;
    double scale = 0;
    for (long i = 0; i < params.length(); i++) {
      double value = params.getDouble(i);
      params.putScalar(i, value + EPSILON);
      double plus = loss(network, params, segment);
      params.putScalar(i, value - EPSILON);
      double minus = loss(network, params, segment);
      params.putScalar(i, value);
      double numericGradient = (plus - minus) / (2 * EPSILON);
      largest = Math.max(largest, Math.abs(numericGradient - gradient.getDouble(i)));
      scale = Math.max(scale, Math.abs(numericGradient));
    }
    assertEquals(0, largest / scale, 1e-6, "segment " + segment);
    assertTrue(scale > 0.01);
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, MAIN", "LSTM, MAIN", "RRNN, MAIN", "RRNN, UPDATED"})
  void theStateIsCarriedUntilItIsReset(Recurrence recurrence, StateCarry carry) {
    ComputationGraph network = network(recurrence, carry, 2, DataType.FLOAT);
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
  @CsvSource({"SIMPLE_RNN, MAIN", "LSTM, MAIN", "RRNN, MAIN", "RRNN, UPDATED"})
  void oneStreamCanBeginAnew(Recurrence recurrence, StateCarry carry) {
    ComputationGraph network = network(recurrence, carry, 2, DataType.FLOAT);
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
