package io.github.recurrentzoo.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks of Deeplearning4j's own recurrent layers, in float, and data for them. */
final class Attached {

  static final int INPUTS = 3;
  static final int HIDDEN = 5;
  static final int CLASSES = 2;
  static final int ROWS = 4;
  static final int STEPS = 7;

  private Attached() {}

  static LSTM.Builder lstm() {
    return new LSTM.Builder().nOut(HIDDEN).activation(Activation.TANH);
  }

  static SimpleRnn.Builder simpleRnn() {
    return new SimpleRnn.Builder().nOut(HIDDEN).activation(Activation.TANH);
  }

  static Layer sequenceOutput() {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  static Layer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static NeuralNetConfiguration.Builder conf(DataType dataType) {
    return new NeuralNetConfiguration.Builder()
        .seed(Networks.SEED)
        .dataType(dataType)
        .updater(new Adam(0.02));
  }

  static NeuralNetConfiguration.ListBuilder list(DataType dataType, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = conf(dataType).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return list.setInputType(InputType.recurrent(INPUTS));
  }

  static MultiLayerNetwork network(Layer... layers) {
    MultiLayerNetwork network = new MultiLayerNetwork(list(DataType.FLOAT, layers).build());
    network.init();
    return network;
  }

  /** The layers one after the other, named a, b, c ... */
  static ComputationGraph graph(Layer... layers) {
    var builder =
        conf(DataType.FLOAT)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.recurrent(INPUTS));
    String below = "in";
    for (int i = 0; i < layers.length; i++) {
      String name = String.valueOf((char) ('a' + i));
      builder.addLayer(name, layers[i], below);
      below = name;
    }
    ComputationGraph graph = new ComputationGraph(builder.setOutputs(below).build());
    graph.init();
    return graph;
  }

  static INDArray features(int seed) {
    return Networks.random(seed, ROWS, INPUTS, STEPS).castTo(DataType.FLOAT);
  }

  /** Rows of 7, 4, 1 and 6 steps, padded on the right. */
  static INDArray mask() {
    INDArray mask = Nd4j.zeros(DataType.FLOAT, ROWS, STEPS);
    int[] lengths = {7, 4, 1, 6};
    for (int row = 0; row < ROWS; row++) {
      for (int t = 0; t < lengths[row]; t++) {
        mask.putScalar(row, t, 1);
      }
    }
    return mask;
  }

  static DataSet data(int seed, boolean sequence, INDArray mask) {
    INDArray labels =
        sequence
            ? Nd4j.zeros(DataType.FLOAT, ROWS, CLASSES, STEPS)
            : Nd4j.zeros(DataType.FLOAT, ROWS, CLASSES);
    for (int row = 0; row < ROWS; row++) {
      if (!sequence) {
        labels.putScalar(row, (row + seed) % CLASSES, 1);
      }
      for (int t = 0; sequence && t < STEPS; t++) {
        labels.putScalar(new int[] {row, (row + t + seed) % CLASSES, t}, 1);
      }
    }
    return new DataSet(features(seed), labels, mask, sequence ? mask : null);
  }

  static double difference(INDArray a, INDArray b) {
    return a.sub(b).amaxNumber().doubleValue();
  }
}
