package io.github.recurrentzoo.layers.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.FusedKernels;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Where the training step on kernels is made, where it is not, and what others see of it. */
class TrainingStepTest {

  private static final int WORDS = 11;
  private static final INDArray[] IDS = {
    Nd4j.createFromArray(new float[][] {{1, 2, 3, 1}, {4, 10, 0, 0}, {5, 1, 7, 0}})
  };
  private static final INDArray[] MASK = {
    Nd4j.createFromArray(new float[][] {{1, 1, 1, 1}, {1, 1, 0, 0}, {1, 1, 1, 0}})
  };
  private static final INDArray[] LABELS = {
    Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {1, 0}})
  };

  private static ComputationGraph graph(boolean withStep) {
    return graph(withStep, 5);
  }

  private static ComputationGraph graph(boolean withStep, int size) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.FLOAT)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("words")
                .addLayer(
                    "embedding",
                    new EmbeddingSequenceLayer.Builder().nIn(WORDS).nOut(size).build(),
                    "words")
                .addLayer("recurrent", new LSTM.Builder().nIn(size).nOut(6).build(), "embedding")
                .addVertex("last", new LastTimeStepVertex("words"), "recurrent")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(6)
                        .nOut(2)
                        .build(),
                    "last")
                .setOutputs("out")
                .build());
    graph.init();
    attach(graph, withStep);
    return graph;
  }

  private static void attach(ComputationGraph graph, boolean withStep) {
    System.setProperty(FusedKernels.STEP, withStep ? "on" : "off");
    try {
      FusedKernels.attach(graph);
    } finally {
      System.clearProperty(FusedKernels.STEP);
    }
  }

  private static void fit(ComputationGraph graph) {
    graph.fit(IDS, LABELS, MASK, null);
  }

  private static int steps(ComputationGraph graph) {
    return StepSolver.stepOf(graph).orElseThrow().steps();
  }

  private static void assertTrainedAlike(ComputationGraph expected, ComputationGraph actual) {
    double difference = expected.params().sub(actual.params()).amaxNumber().doubleValue();
    assertTrue(difference < 1e-5, "differs by " + difference);
    assertEquals(expected.score(), actual.score(), 1e-5);
  }

  @Test
  void isMadeByFit() {
    ComputationGraph graph = graph(true);
    ComputationGraph plain = graph(false);
    assertTrue(StepSolver.stepOf(plain).isEmpty());
    for (int i = 1; i <= 3; i++) {
      fit(graph);
      fit(plain);
      assertEquals(i, steps(graph));
    }
    assertTrainedAlike(plain, graph);
    assertEquals(3, graph.getIterationCount());
    assertEquals(
        "forward, loss, backward and update on kernels",
        FusedKernels.attach(graph).entry("(training)").reason());
  }

  private static final INDArray[] OFTEN = {
    Nd4j.createFromArray(
        new float[][] {{1, 2, 1, 1, 3, 2, 2}, {4, 1, 1, 4, 2, 1, 3}, {2, 2, 4, 1, 3, 4, 1}})
  };

  private static void fitOften(ComputationGraph graph) {
    INDArray mask = Nd4j.ones(DataType.FLOAT, 3, 7);
    for (int t = 4; t < 7; t++) { // no masked word is learned from
      mask.putScalar(0, t, 0);
    }
    graph.fit(OFTEN, LABELS, new INDArray[] {mask}, null);
  }

  @Test
  void multipliesAWordOnceWhereItOccursOften() {
    ComputationGraph graph = graph(true, 40);
    ComputationGraph plain = graph(false, 40);
    for (int i = 0; i < 3; i++) {
      fitOften(graph);
      fitOften(plain);
      assertTrue(StepSolver.stepOf(graph).orElseThrow().readTables());
    }
    assertTrainedAlike(plain, graph);
    fit(graph); // words that occur once
    fit(plain);
    assertFalse(StepSolver.stepOf(graph).orElseThrow().readTables());
    assertTrainedAlike(plain, graph);
  }

  @Test
  void frozenWordsThatOccurOftenStay() {
    ComputationGraph graph = frozen(graph(true, 40));
    ComputationGraph plain = frozen(graph(false, 40));
    INDArray before = graph.getLayer("embedding").params().dup();
    fitOften(graph);
    fitOften(plain);
    assertTrue(StepSolver.stepOf(graph).orElseThrow().readTables());
    assertEquals(before, graph.getLayer("embedding").params());
    assertTrainedAlike(plain, graph);
  }

  @Test
  void keepsItsArrays() {
    ComputationGraph graph = graph(true);
    fit(graph);
    INDArray[] seen = new INDArray[2];
    graph.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onBackwardPass(Model model) {
            seen[1] = seen[0];
            seen[0] = graph.getOutputLayer(0).input();
          }
        });
    fit(graph);
    fit(graph);
    assertSame(seen[0], seen[1]);
  }

  @Test
  void listenersSeeTheGradientsOfDeeplearning4j() {
    Map<String, INDArray> gradients = gradients(graph(true));
    Map<String, INDArray> expected = gradients(graph(false));
    assertEquals(expected.keySet(), gradients.keySet());
    expected.forEach(
        (name, gradient) -> {
          double difference = gradient.sub(gradients.get(name)).amaxNumber().doubleValue();
          assertTrue(difference < 1e-5, name + " differs by " + difference);
        });
  }

  private static Map<String, INDArray> gradients(ComputationGraph graph) {
    Map<String, INDArray> gradients = new HashMap<>();
    fit(graph); // other words leave nothing behind
    graph.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onGradientCalculation(Model model) {
            model
                .gradient()
                .gradientForVariable()
                .forEach((name, gradient) -> gradients.put(name, gradient.dup()));
          }
        });
    graph.fit(
        new INDArray[] {Nd4j.createFromArray(new float[][] {{2, 2}})},
        new INDArray[] {LABELS[0].getRows(1)});
    return gradients;
  }

  @Test
  void frozenVerticesStay() {
    ComputationGraph graph = frozen(graph(true));
    ComputationGraph plain = frozen(graph(false));
    INDArray before = graph.getLayer("embedding").params().dup();
    fit(graph);
    fit(plain);
    assertEquals(2, steps(graph));
    assertEquals(before, graph.getLayer("embedding").params());
    assertTrainedAlike(plain, graph);
  }

  private static ComputationGraph frozen(ComputationGraph graph) {
    fit(graph); // with a step that knows nothing of it
    graph.getFlattenedGradients().assign(0); // Deeplearning4j would subtract it
    GraphVertex[] vertices = graph.getVertices();
    for (int i = 0; i < vertices.length; i++) {
      if (vertices[i].getVertexName().equals("embedding")) {
        vertices[i] = new FrozenVertex(vertices[i]);
      }
    }
    graph.setUpdater(new ComputationGraphUpdater(graph));
    return graph;
  }

  @Test
  void isLeftOutWhereAListenerReadsAllActivations() {
    ComputationGraph graph = graph(true);
    String[] seen = new String[1];
    graph.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onForwardPass(Model model, Map<String, INDArray> activations) {
            seen[0] = String.join(" ", activations.keySet());
          }
        });
    fit(graph);
    assertEquals(0, steps(graph));
    assertTrue(seen[0].contains("recurrent"), seen[0]);
    graph.setListeners();
    fit(graph);
    assertEquals(1, steps(graph));
  }

  @Test
  void otherMasksAreDeeplearning4js() {
    ComputationGraph graph = graph(true);
    ComputationGraph plain = graph(false);
    INDArray gaps = Nd4j.createFromArray(new float[][] {{1, 0, 1, 1}, {1, 1, 0, 0}, {0, 1, 1, 0}});
    for (ComputationGraph each : new ComputationGraph[] {graph, plain}) {
      each.fit(IDS, LABELS, new INDArray[] {gaps}, null);
    }
    assertEquals(0, steps(graph));
    assertTrainedAlike(plain, graph);
  }

  @Test
  void errorsAreThoseOfTheLayers() {
    ComputationGraph graph = graph(true);
    INDArray[] unknown = {Nd4j.createFromArray(new float[][] {{1, WORDS}})};
    DL4JInvalidInputException e =
        assertThrows(
            DL4JInvalidInputException.class,
            () -> graph.fit(unknown, new INDArray[] {LABELS[0].getRows(1)}));
    assertTrue(e.getMessage().contains("token id 11 at row 0, time step 1"), e.getMessage());
    fit(graph);
    assertEquals(1, steps(graph));
  }

  @Test
  void anotherLearningRateAndAnotherAttachGoOn() {
    ComputationGraph graph = graph(true);
    ComputationGraph plain = graph(false);
    for (ComputationGraph each : new ComputationGraph[] {graph, plain}) {
      fit(each);
      each.setLearningRate(0.001);
      fit(each);
    }
    assertEquals(2, steps(graph));
    assertTrainedAlike(plain, graph);
  }

  private static ComputationGraph truncated(boolean withStep) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.FLOAT)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("in")
                .addLayer("lower", new LSTM.Builder().nIn(2).nOut(5).build(), "in")
                .addLayer("upper", new SimpleRnn.Builder().nIn(5).nOut(4).build(), "lower")
                .addLayer(
                    "out",
                    new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .dataFormat(RNNFormat.NCW)
                        .nIn(4)
                        .nOut(3)
                        .build(),
                    "upper")
                .setOutputs("out")
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(4)
                .build());
    graph.init();
    attach(graph, withStep);
    return graph;
  }

  /** Ten steps are segments of 4, 4 and 2; a mask of zeros in the last one is Deeplearning4j's. */
  @Test
  void truncatedBpttCarriesTheStates() {
    for (INDArray mask : new INDArray[] {null, padding(9), padding(6)}) {
      ComputationGraph graph = truncated(true);
      ComputationGraph plain = truncated(false);
      Nd4j.getRandom().setSeed(2);
      INDArray x = Nd4j.rand(DataType.FLOAT, 3, 2, 10).subi(0.5);
      INDArray ids = Nd4j.rand(DataType.FLOAT, 3, 1, 10).muli(3);
      ids = Transforms.floor(ids);
      INDArray y = Nd4j.zeros(DataType.FLOAT, 3, 3, 10);
      for (int b = 0; b < 3; b++) {
        for (int t = 0; t < 10; t++) {
          y.putScalar(b, ids.getInt(b, 0, t), t, 1);
        }
      }
      for (int i = 0; i < 2; i++) {
        fit(graph, x, ids, mask);
        fit(plain, x, y, mask);
      }
      assertEquals(mask != null && mask.getInt(2, 8) == 0 ? 4 : 6, steps(graph));
      assertTrainedAlike(plain, graph);
    }
  }

  private static void fit(ComputationGraph graph, INDArray x, INDArray y, INDArray mask) {
    INDArray[] masks = mask == null ? null : new INDArray[] {mask};
    graph.fit(new INDArray[] {x}, new INDArray[] {y}, masks, masks);
  }

  private static INDArray padding(int length) {
    INDArray mask = Nd4j.ones(DataType.FLOAT, 3, 10);
    for (int t = length; t < 10; t++) {
      mask.putScalar(2, t, 0);
    }
    return mask;
  }

  @Test
  void aLabelThatIsNoClassIsAnError() {
    ComputationGraph graph = truncated(true);
    INDArray x = Nd4j.rand(DataType.FLOAT, 1, 2, 4);
    INDArray ids = Nd4j.create(new float[] {0, 1, 2, 3}, new long[] {1, 1, 4}, 'c');
    DL4JInvalidInputException e =
        assertThrows(DL4JInvalidInputException.class, () -> fit(graph, x, ids, null));
    assertTrue(e.getMessage().contains("a label is no whole number from 0 to"), e.getMessage());
  }
}
