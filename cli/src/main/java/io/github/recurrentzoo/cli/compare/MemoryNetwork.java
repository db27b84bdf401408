package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.RecurrentStack;
import io.github.recurrentzoo.zoo.network.RecurrentZooModel;
import io.github.recurrentzoo.zoo.network.SequenceVertices;
import io.github.recurrentzoo.zoo.training.Measures;
import io.github.recurrentzoo.zoo.training.Minibatch;
import io.github.recurrentzoo.zoo.training.TrainingDivergedException;
import io.github.recurrentzoo.zoo.training.TrainingLoop;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network for a {@link MemoryTask}: recurrent layers, and an output layer on the final state
 * ({@link MemoryTask#ADDING}) or at each step ({@link MemoryTask#COPY}).
 */
@SuppressWarnings("unchecked") // Deeplearning4j's init(): see RecurrentZooModel
final class MemoryNetwork extends RecurrentZooModel {
  /** Name of the network's input, [B, D, T]. */
  public static final String SEQUENCE = "sequence";

  /** Name of the network's output layer. */
  public static final String OUTPUT = "output";

  private static final int HELD_OUT_ROWS = 1_000;
  private static final int ROWS_AT_ONCE = 100;

  private final MemoryTask task;
  private final RecurrentStack stack;

  private MemoryNetwork(MemoryTask task, RecurrentStack stack) {
    this.task = task;
    this.stack = stack;
  }

  /** A builder with the defaults that its methods name. */
  public static Builder builder(MemoryTask task) {
    return new Builder(Require.notNull("task", task));
  }

  @Override
  public ComputationGraphConfiguration configuration() {
    GraphBuilder graph = stack.global().graphBuilder().addInputs(SEQUENCE);
    boolean each = task == MemoryTask.COPY;
    String below =
        each
            ? stack.addAllSteps(
                graph,
                SequenceVertices.DEEPLEARNING4J,
                "recurrent",
                SEQUENCE,
                task.inputSize(),
                SEQUENCE)
            : stack.addFinalState(
                graph,
                SequenceVertices.DEEPLEARNING4J,
                "recurrent",
                SEQUENCE,
                task.inputSize(),
                SEQUENCE);
    BaseOutputLayer.Builder<?> output =
        each
            ? new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .dataFormat(RNNFormat.NCW)
            : new OutputLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY);
    output.nOut(task.outputs());
    graph.addLayer(OUTPUT, stack.onTop(output).build(), below);
    return graph.setOutputs(OUTPUT).build();
  }

  @Override
  public Map<String, Object> describe() {
    return stack.describe();
  }

  @Override
  protected int outputs() {
    return task.outputs();
  }

  /**
   * What a network reached.
   *
   * @param validation the mean error on 1,000 drawn sequences, for choices between networks
   * @param test the mean error on 1,000 others, which are there for nothing else
   */
  public record Errors(double validation, double test) {}

  /**
   * Trains a new network on drawn sequences, for all epochs, and measures it on others, which are
   * the same for each network. Errors are without penalties.
   *
   * @param length T, at least 2
   * @param steps the number of steps of the optimiser in one epoch
   * @param training epochs, rows per step and seed; patience and the fraction for validation have
   *     no meaning here, since no sequence comes twice
   * @param progress hears how training goes on
   * @return the errors after the last epoch
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public Errors train(int length, int steps, TrainingOptions training, TrainingProgress progress) {
    NativeThreads.useOne();
    Require.atLeast("length", 2, length);
    Require.atLeast("steps", 1, steps);
    training.refuseTeacherForcing("a network for a memory task");
    Drawn drawn = new Drawn(length, steps, training.batchSize(0));
    TrainingOptions allEpochs =
        TrainingOptions.builder()
            .epochs(training.epochs())
            .batchSize(training.batchSize(0))
            .patience(training.epochs())
            .seed(training.seed())
            .build();
    new TrainingLoop(init(), drawn, allEpochs, progress).run();
    return drawn.last;
  }

  /** The mean error per row, and per step where there is an answer at each. */
  private double perStep(double loss, int length) {
    return task == MemoryTask.COPY ? loss / task.steps(length) : loss;
  }

  /** Draws the sequences of a training, and remembers the last errors. */
  private final class Drawn implements TrainingTask {
    private final int length;
    private final int steps;
    private final int rows;
    private final List<MemoryTask.Sequences> validation;
    private final List<MemoryTask.Sequences> test;
    private Errors last;

    Drawn(int length, int steps, int rows) {
      this.length = length;
      this.steps = steps;
      this.rows = rows;
      this.validation = heldOut(new Random(2));
      this.test = heldOut(new Random(1));
    }

    private List<MemoryTask.Sequences> heldOut(Random random) {
      return Stream.generate(() -> task.draw(length, ROWS_AT_ONCE, random))
          .limit(HELD_OUT_ROWS / ROWS_AT_ONCE)
          .toList();
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
      last = new Errors(error(network, validation), error(network, test));
      return new Measures(last.validation(), last.validation());
    }

    private double error(ComputationGraph network, List<MemoryTask.Sequences> draws) {
      double penalties = network.calcRegularizationScore(true);
      return draws.stream()
          .mapToDouble(draw -> network.score(draw.dataSet(), false) - penalties)
          .map(loss -> perStep(loss, length))
          .average()
          .orElseThrow();
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
        double penalties = network.calcRegularizationScore(true);
        network.fit(drawn.dataSet());
        double error = perStep(network.score() - penalties, length);
        return new Measures(error + penalties, error);
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
      defaultGradientNorm(1);
    }

    @Override
    public MemoryNetwork build() {
      return new MemoryNetwork(task, stack());
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
