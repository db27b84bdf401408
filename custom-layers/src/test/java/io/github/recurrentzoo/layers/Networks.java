package io.github.recurrentzoo.layers;

import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/** Small networks in double and data for them. */
final class Networks {

  static final long SEED = 20261124;

  private Networks() {}

  /** A network of the layers, in double, whose parameters (biases too) are all drawn at random. */
  static MultiLayerNetwork network(int inputs, Layer... layers) {
    MultiLayerNetwork network = network(new NoOp(), inputs, layers);
    randomize(network.params());
    return network;
  }

  static MultiLayerNetwork network(IUpdater updater, int inputs, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(SEED)
            .dataType(DataType.DOUBLE)
            .updater(updater)
            .list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(list.setInputType(InputType.recurrent(inputs)).build());
    network.init();
    return network;
  }

  static void randomize(INDArray params) {
    params.assign(random(7, params.shape()).muli(0.7));
  }

  /** Numbers between -1 and 1 that depend on the seed alone. */
  static INDArray random(long seed, long... shape) {
    Random random = new Random(seed);
    INDArray array = Nd4j.create(DataType.DOUBLE, shape);
    INDArray flat = array.reshape(array.length());
    for (long i = 0; i < flat.length(); i++) {
      flat.putScalar(i, 2 * random.nextDouble() - 1);
    }
    return array;
  }
}
