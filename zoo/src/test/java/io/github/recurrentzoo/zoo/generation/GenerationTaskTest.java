package io.github.recurrentzoo.zoo.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import io.github.recurrentzoo.zoo.training.Measures;
import io.github.recurrentzoo.zoo.training.Minibatch;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

/** Minibatches of a text: carried state, restarts and teacher forcing. */
class GenerationTaskTest {

  private static final String TEXT = "abcdefgh hgfedcba ".repeat(20);
  private static final CharacterVocabulary VOCABULARY = CharacterVocabulary.of(TEXT, 50);

  private static final GeneratorUnits UNITS = new CharacterUnits(VOCABULARY);

  private final List<INDArray> inputs = new ArrayList<>(); // of each forward pass of training

  private ComputationGraph network(double learningRate) {
    ComputationGraph network =
        TextGeneration.builder()
            .vocabularySize(VOCABULARY.size())
            .embeddingSize(4)
            .hiddenSize(6)
            .segmentLength(10)
            .updater(new Sgd(learningRate))
            .build()
            .init();
    network.params().muli(4);
    network.setListeners(readInputs());
    return network;
  }

  private TrainingListener readInputs() {
    return new BaseTrainingListener() {
      @Override
      public void onForwardPass(Model model, Map<String, INDArray> activations) {
        inputs.add(((ComputationGraph) model).getInputs()[0].dup());
      }
    };
  }

  private static GenerationTask task(
      ComputationGraph network, int restartEvery, TrainingOptions.Builder options) {
    UnitStreams streams = UnitStreams.whole(VOCABULARY.ids(TEXT), 4, 10);
    return new GenerationTask(
        network, streams, UNITS.encode(TEXT), UNITS, restartEvery, options.build());
  }

  private double[] losses(GenerationTask task, ComputationGraph network, int epoch, long seed) {
    inputs.clear();
    return task.epoch(epoch, new Random(seed)).stream()
        .mapToDouble(segment -> segment.train(network).loss())
        .toArray();
  }

  private static TrainingOptions.Builder options() {
    return TrainingOptions.builder();
  }

  @Test
  void eachEpochBeginsWithAStateOfZeros() {
    ComputationGraph network = network(0);
    GenerationTask task = task(network, 0, options());
    double[] first = losses(task, network, 1, 1);
    assertEquals(9, first.length);
    assertArrayEquals(first, losses(task, network, 2, 1), "the same, as nothing is learned");
    task.validate(network);
    assertArrayEquals(first, losses(task, network, 3, 1), "validation in between");
  }

  @Test
  void theStateIsCarriedFromMinibatchToMinibatch() {
    ComputationGraph network = network(0);
    double[] carried = losses(task(network, 0, options()), network, 1, 1);
    double[] restarted = losses(task(network, 1, options()), network, 1, 1);
    assertEquals(carried[0], restarted[0]);
    for (int segment = 1; segment < carried.length; segment++) {
      assertTrue(Math.abs(carried[segment] - restarted[segment]) > 1e-4, "segment " + segment);
    }
    double[] sometimes = losses(task(network, 4, options()), network, 1, 1);
    assertFalse(Arrays.equals(carried, sometimes));
    assertFalse(Arrays.equals(restarted, sometimes));
  }

  @Test
  void lossAndMetricOfAMinibatch() {
    ComputationGraph network = network(0);
    GenerationTask task = task(network, 0, options());
    List<Minibatch> segments = task.epoch(1, new Random(1));
    assertEquals(4 * 10, segments.get(0).rows());
    assertEquals(4 * 9, segments.get(8).rows(), "the last one is shorter: 89 steps");
    Measures measures = segments.get(0).train(network);
    assertEquals(measures.loss() / Math.log(2), measures.metric(), 1e-9);
    assertTrue(measures.loss() > 0.5 && measures.loss() < 10);
  }

  @Test
  void penaltiesAreInTheLossOnly() {
    TextGeneration.Builder entry =
        TextGeneration.builder()
            .vocabularySize(VOCABULARY.size())
            .hiddenSize(6)
            .segmentLength(10)
            .updater(new Sgd(0));
    ComputationGraph without = entry.build().init();
    ComputationGraph with = entry.l2(0.1).build().init();
    Measures dry = task(without, 0, options()).epoch(1, new Random(1)).get(0).train(without);
    Measures penal = task(with, 0, options()).epoch(1, new Random(1)).get(0).train(with);
    assertEquals(dry.metric(), penal.metric(), 1e-5);
    assertEquals(dry.loss() + with.calcRegularizationScore(true), penal.loss(), 1e-5);
    assertTrue(penal.loss() > dry.loss() + 0.1);
  }

  @Test
  void fullTeacherForcingReadsTheTextAndNothingElse() {
    ComputationGraph network = network(0);
    losses(task(network, 0, options()), network, 1, 1);
    assertEquals(9, inputs.size(), "one forward pass a segment");
    UnitStreams streams = UnitStreams.whole(VOCABULARY.ids(TEXT), 4, 10);
    for (int segment = 0; segment < 9; segment++) {
      assertEquals(UnitStreams.array(streams.inputs(segment)), inputs.get(segment));
    }
  }

  @Test
  void lowerTeacherForcingReplacesAsManyInputsAsItSays() {
    ComputationGraph network = network(0);
    UnitStreams streams = UnitStreams.whole(VOCABULARY.ids(TEXT), 4, 10);
    double[] shares = new double[3];
    double[] rates = {0.75, 0.5, 0};
    for (int i = 0; i < rates.length; i++) {
      int replaced = 0;
      int places = 0;
      for (int epoch = 1; epoch <= 10; epoch++) {
        losses(task(network, 0, options().teacherForcing(rates[i])), network, 1, epoch);
        for (int segment = 0; segment < 9; segment++) {
          INDArray changed = inputs.get(segment).neq(UnitStreams.array(streams.inputs(segment)));
          replaced += changed.castTo(DataType.INT32).sumNumber().intValue();
          places += 4 * (streams.steps(segment) - 1);
          for (int b = 0; b < 4; b++) {
            assertEquals(0, changed.castTo(DataType.INT32).getInt(b, 0));
          }
        }
      }
      shares[i] = (double) replaced / places;
    }
    // Some of the network's answers are the true characters.
    assertTrue(shares[2] > 0.6, Arrays.toString(shares));
    assertEquals(0.25 * shares[2], shares[0], 0.04, Arrays.toString(shares));
    assertEquals(0.5 * shares[2], shares[1], 0.04, Arrays.toString(shares));
  }

  /** What is drawn is what the network answers to the true characters before. */
  @Test
  void theAnswersOfASureNetworkAreItsLikeliest() {
    ComputationGraph network = network(0);
    network.getLayer(TextGeneration.NEXT).getParam("W").muli(1e4);
    losses(task(network, 0, options().teacherForcing(0)), network, 1, 1);
    UnitStreams streams = UnitStreams.whole(VOCABULARY.ids(TEXT), 4, 10);
    CarriedSteps steps = new CarriedSteps(network);
    steps.reset();
    INDArray best = steps.answer(UnitStreams.array(streams.inputs(0)), false).argMax(1); // [B, T]
    for (int b = 0; b < 4; b++) {
      for (int t = 1; t < 10; t++) {
        int answer = best.getInt(b, t - 1);
        // The unknown character is never written, so never read: the true one stays.
        int expected = answer == CharacterVocabulary.UNKNOWN ? streams.inputs(0)[b][t] : answer;
        assertEquals(expected, inputs.get(0).getInt(b, t));
      }
    }
  }

  /** Of a large vocabulary, a few steps are answered at once; the state goes on between them. */
  @Test
  void answersOfALargeVocabularyComeInParts() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 19_000; i++) {
      text.appendCodePoint(0x4E00 + i);
    }
    CharacterVocabulary many = CharacterVocabulary.of(text.toString(), 30_000);
    GeneratorUnits units = new CharacterUnits(many);
    ComputationGraph network =
        TextGeneration.builder()
            .vocabularySize(many.size())
            .embeddingSize(4)
            .hiddenSize(6)
            .segmentLength(5)
            .updater(new Sgd(0))
            .build()
            .init();
    network.getLayer(TextGeneration.NEXT).getParam("W").muli(1e7); // sure of each answer
    UnitStreams streams = UnitStreams.whole(many.ids(text.toString()), 100, 5);
    CarriedSteps steps = new CarriedSteps(network);
    assertEquals(1, steps.stepsAtOnce(200));
    assertEquals(2, steps.stepsAtOnce(100));
    network.setListeners(readInputs());
    List<Minibatch> segments =
        new GenerationTask(
                network, streams, units.encode("ab"), units, 0, options().teacherForcing(0).build())
            .epoch(1, new Random(1));
    inputs.clear();
    for (int segment = 0; segment < 2; segment++) {
      Map<String, INDArray> before = steps.state();
      segments.get(segment).train(network);
      Map<String, INDArray> after = steps.state();
      if (segment > 0) {
        steps.restore(before, 100);
        INDArray answers = steps.answer(UnitStreams.array(streams.inputs(segment)), false);
        for (int b = 0; b < 100; b++) {
          for (int t = 1; t < 5; t++) {
            int read = inputs.get(segment).getInt(b, t);
            double p = answers.getDouble(b, read, t - 1);
            if (read == streams.inputs(segment)[b][t]) { // it may stand where UNKNOWN was drawn
              p = Math.max(p, answers.getDouble(b, CharacterVocabulary.UNKNOWN, t - 1));
            }
            assertTrue(p > 1e-5, b + ", " + t + ": " + p);
          }
        }
        steps.restore(after, 100);
      }
    }
  }

  @Test
  void teacherForcingFallsFromEpochToEpoch() {
    ComputationGraph network = network(0);
    GenerationTask task = task(network, 0, options().teacherForcing(1).teacherForcingDecay(0.5));
    double[] first = losses(task, network, 1, 1);
    double[] second = losses(task, network, 2, 1);
    double[] plain = losses(task(network, 0, options()), network, 2, 1);
    assertArrayEquals(plain, first);
    assertFalse(Arrays.equals(first, second));
  }
}
