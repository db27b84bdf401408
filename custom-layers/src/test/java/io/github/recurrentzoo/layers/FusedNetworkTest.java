package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Whole networks of embedding, recurrent layer, output and Adam, as a classifier of texts has. */
class FusedNetworkTest {

  private static final int WORDS = 300;
  private static final int SIZE = 24;
  private static final int CLASSES = 3;

  /** A minibatch: rows of differing length whose class is the sum of their words modulo 3. */
  private record Batch(INDArray tokens, INDArray mask, INDArray labels) {

    static Batch random(Random random, int rows, int steps) {
      float[][] tokens = new float[rows][steps];
      float[][] mask = new float[rows][steps];
      float[][] labels = new float[rows][CLASSES];
      for (int row = 0; row < rows; row++) {
        int length = 1 + random.nextInt(steps);
        int sum = 0;
        for (int t = 0; t < length; t++) {
          int word = 1 + random.nextInt(WORDS - 1);
          tokens[row][t] = word;
          mask[row][t] = 1;
          sum += word;
        }
        labels[row][sum % CLASSES] = 1;
      }
      return new Batch(
          Nd4j.createFromArray(tokens), Nd4j.createFromArray(mask), Nd4j.createFromArray(labels));
    }

    void fit(ComputationGraph network) {
      network.fit(new INDArray[] {tokens}, new INDArray[] {labels}, new INDArray[] {mask}, null);
    }
  }

  private static ComputationGraph network(String kind, KernelMode mode) {
    Layer recurrent =
        switch (kind) {
          case "LSTM" ->
              new LastTimeStep(
                  new LSTM.Builder().nIn(SIZE).nOut(SIZE).activation(Activation.TANH).build());
          case "SimpleRnn" ->
              new LastTimeStep(
                  new SimpleRnn.Builder().nIn(SIZE).nOut(SIZE).activation(Activation.TANH).build());
          default ->
              new Rrnn.Builder()
                  .nIn(SIZE)
                  .nOut(SIZE)
                  .stateCarry(StateCarry.valueOf(kind))
                  .returnSequences(false)
                  .kernel(mode)
                  .build();
        };
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.FLOAT)
                .updater(new Adam(1e-3))
                .graphBuilder()
                .addInputs("tokens")
                .addLayer(
                    "embedding",
                    new EmbeddingSequenceLayer.Builder().nIn(WORDS).nOut(SIZE).build(),
                    "tokens")
                .addLayer("recurrent", recurrent, "embedding")
                .addLayer(
                    "class",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(SIZE)
                        .nOut(CLASSES)
                        .build(),
                    "recurrent")
                .setOutputs("class")
                .build());
    network.init();
    AttachReport report = FusedKernels.attach(network, mode);
    assertEquals(mode != KernelMode.OFF, report.toString().contains("Adam"), report.toString());
    return network;
  }

  /** Differences of rounding, which training enlarges: after 200 steps still below a thousandth. */
  @Tag("learning")
  @ParameterizedTest
  @ValueSource(strings = {"LSTM", "SimpleRnn", "MAIN", "UPDATED"})
  void twoHundredStepsStayTogether(String kind) {
    ComputationGraph plain = network(kind, KernelMode.OFF);
    ComputationGraph fused = network(kind, KernelMode.FUSED);
    INDArray begin = plain.params().dup();
    Random random = new Random(1);
    for (int step = 0; step < 200; step++) {
      Batch batch = Batch.random(random, 1 + random.nextInt(8), 1 + random.nextInt(6));
      batch.fit(plain);
      batch.fit(fused);
      assertEquals(plain.score(), fused.score(), 1e-4, "score of step " + step);
    }
    double learned = begin.sub(plain.params()).amaxNumber().doubleValue();
    double apart = fused.params().sub(plain.params()).amaxNumber().doubleValue();
    assertTrue(learned > 0.02, "it learned: " + learned);
    assertEquals(0.0, apart, 1e-3, "parameters");
  }

  private static float[] trained(String kind, int seed) {
    ComputationGraph network = network(kind, KernelMode.FUSED);
    Random random = new Random(seed);
    for (int step = 0; step < 30; step++) {
      Batch.random(random, 40, 30).fit(network); // large enough for several shards
    }
    return network.params().dup().data().asFloat();
  }

  /** Each thread has a network of its own; together they give what each gives alone, to the bit. */
  @Test
  void networksInSeveralThreadsDoNotDisturbEachOther() {
    List<String> kinds = List.of("LSTM", "SimpleRnn", "MAIN", "UPDATED", "LSTM", "MAIN");
    List<float[]> alone = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      alone.add(trained(kinds.get(i), i));
    }
    ExecutorService threads = Executors.newFixedThreadPool(kinds.size());
    try {
      assertTimeoutPreemptively(
          Duration.ofMinutes(3),
          () -> {
            List<Callable<float[]>> tasks = new ArrayList<>();
            for (int i = 0; i < kinds.size(); i++) {
              int number = i;
              tasks.add(() -> trained(kinds.get(number), number));
            }
            List<Future<float[]>> results = threads.invokeAll(tasks);
            for (int i = 0; i < kinds.size(); i++) {
              float[] together = results.get(i).get();
              for (int k = 0; k < together.length; k++) {
                assertEquals(alone.get(i)[k], together[k], kinds.get(i) + " " + i);
              }
            }
          });
    } finally {
      threads.shutdownNow();
    }
  }

  /** 10,000 steps of changing length and number of rows. */
  @Test
  void memoryOutsideOfTheHeapStaysFlat() {
    List<ComputationGraph> networks =
        List.of(
            network("LSTM", KernelMode.FUSED),
            network("SimpleRnn", KernelMode.FUSED),
            network("MAIN", KernelMode.FUSED),
            network("UPDATED", KernelMode.FUSED));
    Random random = new Random(5);
    long[] sizes = new long[5];
    for (int i = 0; i < sizes.length; i++) {
      for (int step = 0; step < 500; step++) {
        Batch batch = Batch.random(random, 1 + random.nextInt(24), 1 + random.nextInt(30));
        networks.forEach(batch::fit);
      }
      System.gc();
      sizes[i] = Pointer.physicalBytes();
    }
    // One array of a layer's output left in each step would be 140 MB. Buffers and the heap have
    // found their size after the first 2,000 steps.
    long growth = sizes[4] - sizes[0];
    assertTrue(growth < 100_000_000, "the process grew by " + growth + " bytes in 8,000 steps");
  }
}
