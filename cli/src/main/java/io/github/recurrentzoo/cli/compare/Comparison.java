package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.option.ShapeArguments;
import io.github.recurrentzoo.layers.StateStart;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import java.time.Duration;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.nd4j.linalg.activations.Activation;

/** What {@link CompareArchitectures} compares, and what comes out. */
public final class Comparison {

  private static final int LARGEST_SIZE = 4096;

  private Comparison() {}

  /**
   * A recurrence of the zoo. SimpleRnn counts twice: as Deeplearning4j starts it, and with
   * activation and start of an RRNN.
   *
   * @param recurrence which
   * @param startsAsRrnn whether it is the SimpleRnn that starts as an RRNN does
   */
  public record Architecture(Recurrence recurrence, boolean startsAsRrnn) {

    /** The one whose number of parameters the others get. */
    static final Architecture LSTM = new Architecture(Recurrence.LSTM);

    Architecture(Recurrence recurrence) {
      this(recurrence, false);
    }

    /** Those that kernels compute, in the order of {@link Recurrence}. */
    static List<Architecture> all() {
      return Stream.of(Recurrence.values())
          .filter(recurrence -> recurrence != Recurrence.PEEPHOLE_LSTM)
          .flatMap(Architecture::of)
          .toList();
    }

    static Stream<Architecture> of(Recurrence recurrence) {
      Architecture plain = new Architecture(recurrence);
      return recurrence == Recurrence.SIMPLE_RNN
          ? Stream.of(plain, new Architecture(recurrence, true))
          : Stream.of(plain);
    }

    /** As tables and pictures name it, such as "RRNN, updated". */
    public String label() {
      return recurrence.title() + (startsAsRrnn ? ", started as RRNN" : "");
    }

    /** The network that the command line asks for, with this recurrence. */
    <B extends NetworkOptions<B>> B apply(B builder, ShapeArguments shape, int hiddenSize) {
      if (startsAsRrnn) {
        builder.activation(Activation.RELU6).stateStart(StateStart.TIME_SCALES);
      }
      shape.applyShape(builder);
      boolean rrnn = recurrence == Recurrence.RRNN || recurrence == Recurrence.RRNN_UPDATED;
      if (startsAsRrnn || rrnn) {
        shape.applyStart(builder);
      }
      if (rrnn) {
        shape.applyOutput(builder);
      }
      return builder.recurrence(recurrence).hiddenSize(hiddenSize);
    }
  }

  /**
   * One network to train.
   *
   * @param architecture which
   * @param hiddenSize its number of units, chosen for the number of parameters
   * @param learningRate of the first epoch
   * @param seed of initial weights, order of rows and dropout
   */
  record Contestant(Architecture architecture, int hiddenSize, double learningRate, long seed) {
    Contestant withSeed(long other) {
      return new Contestant(architecture, hiddenSize, learningRate, other);
    }
  }

  /**
   * What a contestant reached.
   *
   * @param score on rows that had no part in training, nor in choosing
   * @param validation what chooses between learning rates: smaller is better
   * @param parameters of the network that was trained
   */
  record Outcome(double score, double validation, long parameters) {}

  /** A task to compare on. */
  interface Contest {
    /** For the table's head, such as "adding problem, 100 steps". */
    String title();

    /** For the picture, such as "100 steps". */
    String shortTitle();

    /** What the score is, such as "accuracy". */
    String measure();

    boolean higherIsBetter();

    /** The score of a network that learned nothing, or NaN where nobody knows it. */
    double chance();

    /** The number of parameters of a network. */
    long parameters(Architecture architecture, int hiddenSize);

    Outcome train(Contestant contestant);
  }

  /**
   * One architecture's line.
   *
   * @param scores one for each seed, NaN where the training diverged
   * @param time of all trainings, on the clock
   */
  public record Line(
      Architecture architecture,
      int hiddenSize,
      long parameters,
      double learningRate,
      List<Double> scores,
      Duration time) {

    /** Those of the trainings that did not diverge, as the numbers below are. */
    private DoubleStream values() {
      return scores.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite);
    }

    long diverged() {
      return scores.size() - values().count();
    }

    /** NaN if all trainings diverged. */
    public double mean() {
      return values().average().orElse(Double.NaN);
    }

    /** The sample standard deviation, or 0 for one training. */
    public double deviation() {
      long count = values().count();
      double mean = mean();
      return count == 1
          ? 0
          : Math.sqrt(values().map(s -> (s - mean) * (s - mean)).sum() / (count - 1));
    }

    double smallest() {
      return values().min().orElse(Double.NaN);
    }

    double largest() {
      return values().max().orElse(Double.NaN);
    }
  }

  /** A contest and its lines. */
  record Result(Contest contest, List<Line> lines) {
    Line of(Architecture architecture) {
      return lines.stream()
          .filter(line -> line.architecture().equals(architecture))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The hidden size whose number of parameters is nearest to a number; it grows with the size. */
  static int hiddenSize(IntToLongFunction parameters, long wanted) {
    int low = 1;
    int high = LARGEST_SIZE;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (parameters.applyAsLong(middle) <= wanted) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    boolean nextIsNearer =
        low < LARGEST_SIZE
            && parameters.applyAsLong(low + 1) - wanted < wanted - parameters.applyAsLong(low);
    return nextIsNearer ? low + 1 : low;
  }
}
