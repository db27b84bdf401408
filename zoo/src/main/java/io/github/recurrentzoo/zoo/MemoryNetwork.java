package io.github.recurrentzoo.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network for a {@link MemoryTask}: recurrent layers, and an output layer on the final state
 * ({@link MemoryTask#ADDING}) or at each step ({@link MemoryTask#COPY}).
 */
@SuppressWarnings("unchecked") // Deeplearning4j's init(): see RecurrentZooModel
public final class MemoryNetwork extends RecurrentZooModel {
  /** Name of the network's input, [B, D, T]. */
  public static final String SEQUENCE = "sequence";

  /** Name of the network's output layer. */
  public static final String OUTPUT = "output";

  private static final int TEST_ROWS = 1_000;
  private static final int TEST_ROWS_AT_ONCE = 100;

  private final MemoryTask task;
  private final Builder options;

  private MemoryNetwork(Builder options) {
    this.task = options.task;
    this.options = options;
  }

  /** A builder with the defaults that its methods name. */
  public static Builder builder(MemoryTask task) {
    return new Builder(Require.notNull("task", task));
  }

  @Override
  public ComputationGraphConfiguration configuration() {
    GraphBuilder graph = options.global().graphBuilder().addInputs(SEQUENCE);
    boolean each = task == MemoryTask.COPY;
    String below =
        each
            ? options.addAllSteps(graph, "recurrent", SEQUENCE, task.inputSize())
            : options.addFinalState(graph, "recurrent", SEQUENCE, task.inputSize(), SEQUENCE);
    BaseOutputLayer.Builder<?> output =
        each
            ? new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .dataFormat(RNNFormat.NCW)
            : new OutputLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY);
    output.nIn(options.outputSize()).nOut(task.outputs());
    if (options.dropOut > 0) {
      output.dropOut(1 - options.dropOut);
    }
    graph.addLayer(OUTPUT, output.build(), below);
    return graph.setOutputs(OUTPUT).build();
  }

  @Override
  int outputs() {
    return task.outputs();
  }

  /**
   * Trains a new network on drawn sequences and measures it on 1,000 others, which are the same for
   * each network.
   *
   * @param length T, at least 2
   * @param steps the number of steps of the optimiser in one epoch, after which the error is
   *     measured
   * @param training epochs, rows per step, patience and seed; there are no validation rows
   * @param progress hears how training goes on
   * @return the mean error after each epoch
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public List<Double> train(
      int length, int steps, TrainingOptions training, TrainingProgress progress) {
    NativeThreads.useOne();
    Require.atLeast("length", 2, length);
    Require.atLeast("steps", 1, steps);
    training.refuseTeacherForcing("a network for a memory task");
    Drawn drawn = new Drawn(length, steps, training.batchSize());
    new TrainingLoop(init(), drawn, training, progress).run();
    return List.copyOf(drawn.errors);
  }

  /** The mean error of a network on the rows of a draw. */
  private static double error(
      MemoryTask task, ComputationGraph network, MemoryTask.Sequences rows) {
    // Deeplearning4j sums over time steps and takes the mean over rows.
    INDArray[] inputs = {rows.inputs()};
    INDArray[] labels = {rows.labels()};
    double score = network.score(new MultiDataSet(inputs, labels), false);
    return task == MemoryTask.COPY ? score / rows.labels().size(2) : score;
  }

  /** Draws the sequences of a training, and remembers the errors. */
  private final class Drawn implements TrainingTask {
    private final int length;
    private final int steps;
    private final int rows;
    private final List<MemoryTask.Sequences> test = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();

    Drawn(int length, int steps, int rows) {
      this.length = length;
      this.steps = steps;
      this.rows = rows;
      Random random = new Random(1);
      for (int i = 0; i < TEST_ROWS; i += TEST_ROWS_AT_ONCE) {
        test.add(task.draw(length, TEST_ROWS_AT_ONCE, random));
      }
    }

    @Override
    public String metric() {
      return task.measure();
    }

    @Override
    public List<Minibatch> epoch(int epoch, Random random) {
      List<Minibatch> batches = new ArrayList<>();
      for (int step = 0; step < steps; step++) {
        batches.add(new Draw(random.nextLong()));
      }
      return batches;
    }

    @Override
    public Measures validate(ComputationGraph network) {
      double error =
          test.stream().mapToDouble(draw -> error(task, network, draw)).average().orElseThrow();
      errors.add(error);
      return new Measures(error, error);
    }

    /** One minibatch, drawn when it is needed. */
    private final class Draw implements Minibatch {
      private final long seed;

      Draw(long seed) {
        this.seed = seed;
      }

      @Override
      public int rows() {
        return rows;
      }

      @Override
      public Measures train(ComputationGraph network) {
        MemoryTask.Sequences drawn = task.draw(length, rows, new Random(seed));
        network.fit(new INDArray[] {drawn.inputs()}, new INDArray[] {drawn.labels()});
        double steps = task == MemoryTask.COPY ? task.steps(length) : 1;
        double loss = network.score() / steps;
        return new Measures(loss, loss);
      }
    }
  }

  /**
   * Options of {@link MemoryNetwork}. By default one layer of 64 units, gradients clipped to norm
   * 1.
   */
  public static final class Builder extends NetworkOptions<Builder> {
    private final MemoryTask task;

    private Builder(MemoryTask task) {
      this.task = task;
      maxGradientNorm = 1;
    }

    @Override
    public MemoryNetwork build() {
      check();
      return new MemoryNetwork(copy());
    }

    @Override
    Builder self() {
      return this;
    }
  }

  /** The options by name. */
  Map<String, Object> describe() {
    return options.describe();
  }
}
