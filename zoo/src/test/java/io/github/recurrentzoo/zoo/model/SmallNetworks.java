package io.github.recurrentzoo.zoo.model;

import io.github.recurrentzoo.layers.Rrnn;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that are quick to make, for tests of the file. */
final class SmallNetworks {

  static final String TASK = "text-classification";

  private SmallNetworks() {}

  /**
   * An LSTM and an RRNN over 3 inputs, with 2 outputs per step; trained for a step, so that Adam
   * has a state.
   */
  static ComputationGraph trained(long seed) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("in")
                .addLayer("lstm", new LSTM.Builder().nOut(4).build(), "in")
                .addLayer("rrnn", new Rrnn.Builder().nOut(3).build(), "lstm")
                .addLayer(
                    "out",
                    new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.TANH)
                        .build(),
                    "rrnn")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(3))
                .build());
    network.init();
    step(network);
    return network;
  }

  static void step(ComputationGraph network) {
    network.fit(new INDArray[] {input()}, new INDArray[] {Nd4j.ones(2, 2, 5).muli(0.5)});
  }

  static INDArray input() {
    return Nd4j.linspace(-1, 1, 30).reshape(2, 3, 5).castTo(DataType.FLOAT);
  }
}
