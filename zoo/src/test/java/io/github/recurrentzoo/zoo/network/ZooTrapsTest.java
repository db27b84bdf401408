package io.github.recurrentzoo.zoo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.Batch;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.recurrent.BidirectionalLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.workspace.ND4JWorkspaceException;

/**
 * Faults of Deeplearning4j that the zoo works around, such as its wrappers for the final states of
 * both directions, which {@link StandardLayers} does not use. Where a test fails after an upgrade
 * of Deeplearning4j, its work-around can go.
 */
class ZooTrapsTest {
  private static final int INPUT = 3;
  private static final int HIDDEN = 4;
  private static final int LENGTH = 5;

  private static MultiLayerNetwork network(Layer bidirectional) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list(
                    bidirectional,
                    new OutputLayer.Builder()
                        .activation(Activation.SOFTMAX)
                        .nIn(2 * HIDDEN)
                        .nOut(2)
                        .build())
                .build());
    network.init();
    return network;
  }

  private static LSTM lstm() {
    // All given: the network's defaults do not reach a layer inside two wrappers either.
    return new LSTM.Builder()
        .nIn(INPUT)
        .nOut(HIDDEN)
        .activation(Activation.TANH)
        .weightInit(WeightInit.XAVIER)
        .biasInit(0)
        .updater(new Sgd(0.1))
        .build();
  }

  /** So {@link SequenceToSequence} has a vertex that turns rows round. */
  @Test
  void bidirectionalLstmBeginsWithThePadding() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .graphBuilder()
                .addInputs("in")
                .addLayer("both", new Bidirectional(Bidirectional.Mode.CONCAT, lstm()), "in")
                .addLayer(
                    "out",
                    new RnnOutputLayer.Builder()
                        .activation(Activation.SOFTMAX)
                        .nIn(2 * HIDDEN)
                        .nOut(2)
                        .dataFormat(RNNFormat.NCW)
                        .build(),
                    "both")
                .setOutputs("out")
                .build());
    network.init();
    INDArray row = Nd4j.rand(1, INPUT, 2);
    INDArray padded = Nd4j.concat(2, row, Nd4j.ones(1, INPUT, 3));
    INDArray mask = Nd4j.createFromArray(new float[][] {{1, 1, 0, 0, 0}});
    float alone = network.output(row)[0].getFloat(0, 0, 0);
    float withPadding =
        network.output(false, new INDArray[] {padded}, new INDArray[] {mask}, null)[0].getFloat(
            0, 0, 0);
    assertTrue(Math.abs(alone - withPadding) > 1e-3, alone + " and " + withPadding);
  }

  @Test
  void bidirectionalOverLastTimeStepCannotBeTrained() {
    MultiLayerNetwork network =
        network(new Bidirectional(Bidirectional.Mode.CONCAT, new LastTimeStep(lstm())));
    INDArray input = Nd4j.rand(2, INPUT, LENGTH);
    assertEquals(2, network.output(input).size(0), "it predicts");
    RuntimeException thrown =
        assertThrows(RuntimeException.class, () -> network.fit(input, Nd4j.eye(2)));
    assertTrue(
        Arrays.stream(thrown.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(BidirectionalLayer.class.getName())),
        () -> "it fails for another reason: " + thrown);
  }

  @Test
  void lastTimeStepOverBidirectionalSeesOneStepBackward() {
    MultiLayerNetwork network =
        network(new LastTimeStep(new Bidirectional(Bidirectional.Mode.CONCAT, lstm())));
    INDArray input = Nd4j.rand(1, INPUT, LENGTH);
    INDArray changed = input.dup();
    for (int d = 0; d < INPUT; d++) {
      changed.putScalar(0, d, LENGTH - 2, -1);
    }
    assertEquals(backwardHalf(network, input), backwardHalf(network, changed));
  }

  private static INDArray backwardHalf(MultiLayerNetwork network, INDArray input) {
    INDArray states = network.feedForward(input).get(1);
    return states.get(NDArrayIndex.all(), NDArrayIndex.interval(HIDDEN, 2 * HIDDEN));
  }

  /** SequenceStream, whose network gives states, does without workspaces. */
  @Test
  void rnnTimeStepOfAGraphThatEndsInARecurrentLayerLosesItsWorkspace() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("steps")
                .addLayer("lower", new LSTM.Builder().nIn(INPUT).nOut(HIDDEN).build(), "steps")
                .addLayer("upper", new LSTM.Builder().nIn(HIDDEN).nOut(HIDDEN).build(), "lower")
                .setOutputs("upper")
                .build());
    network.init();
    assertThrows(
        ND4JWorkspaceException.class,
        () -> {
          network.rnnTimeStep(Nd4j.rand(1, INPUT, 1));
          network.rnnTimeStep(Nd4j.rand(1, INPUT, 1));
        });
  }

  /** An updater that is said to change nothing takes full gradient steps: rate 0 is the way. */
  @Test
  void theNoOpUpdaterTrains() {
    TextClassification entry =
        TextClassification.builder()
            .vocabularySize(6)
            .embeddingSize(INPUT)
            .hiddenSize(HIDDEN)
            .updater(new NoOp())
            .build();
    ComputationGraph network = entry.init();
    INDArray before = network.params().dup();
    Batch.of(6, 2, 3, 4).fit(network);
    assertNotEquals(before, network.params());
  }
}
