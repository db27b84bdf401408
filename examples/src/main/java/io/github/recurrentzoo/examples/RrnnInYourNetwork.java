package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.Rrnn;
import java.io.PrintStream;
import java.util.Locale;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The layer {@link Rrnn} and the fused kernels in a network of plain Deeplearning4j, without the
 * zoo.
 */
public final class RrnnInYourNetwork {
  private RrnnInYourNetwork() {}

  private static final int STEPS = 20;

  public static void main(String[] args) {
    FusedKernels.prepare(); // first of all, before anything of ND4J
    run(300, System.out);
  }

  /** Learns to tell whether the numbers of a sequence have a positive sum. */
  static MultiLayerNetwork run(int steps, PrintStream out) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(new Adam(0.005))
                .list()
                .layer(new Rrnn.Builder().nOut(16).returnSequences(false).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.XENT)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .setInputType(InputType.recurrent(1, STEPS))
                .build());
    network.init();
    out.println(FusedKernels.attach(network));
    for (int step = 1; step <= steps; step++) {
      INDArray sequences = Nd4j.randn('c', 64, 1, STEPS); // [rows, features, steps]
      INDArray positive = sequences.sum(2).gt(0).castTo(sequences.dataType());
      network.fit(new DataSet(sequences, positive));
      if (step % 100 == 0) {
        out.printf(Locale.ROOT, "step %d: loss %.3f%n", step, network.score());
      }
    }
    return network;
  }
}
