package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.network.TimeMajor;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.training.Measures;
import io.github.recurrentzoo.zoo.training.Minibatch;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a network of {@link TextGeneration} on a text in B streams: a minibatch is a segment of
 * all streams, and the state is carried from each to the next, from the beginning of the text to
 * its end.
 *
 * <p>Where teacher forcing is below 1, a segment is read twice (scheduled sampling in two passes):
 * the first pass reads the true characters and gives, for each step but the first, the
 * probabilities of its character; with probability 1 - rate a character drawn from them takes the
 * true one's place, unless it is the unknown one, and the second pass trains. Sources: Bengio et
 * al., Scheduled sampling for sequence prediction with recurrent neural networks, 2015; Mihaylova
 * and Martins, Scheduled sampling for transformers, 2019.
 */
final class GenerationTask implements TrainingTask {
  private final UnitStreams text;
  private final GeneratorUnits.Encoded validation;
  private final GeneratorUnits units;
  private final int restartEvery;
  private final TrainingOptions options;
  private final CarriedSteps steps;

  /**
   * For one network.
   *
   * @param validation the text that chooses the best epoch
   * @param restartEvery as in {@link TextGeneration.Builder#restartEvery}
   */
  GenerationTask(
      ComputationGraph network,
      UnitStreams text,
      GeneratorUnits.Encoded validation,
      GeneratorUnits units,
      int restartEvery,
      TrainingOptions options) {
    this.text = text;
    this.validation = validation;
    this.units = units;
    this.restartEvery = restartEvery;
    this.options = options;
    this.steps = new CarriedSteps(network);
  }

  @Override
  public String metric() {
    return units.unit() == TextUnit.WORDS ? "bits per word" : "bits per character";
  }

  @Override
  public List<Minibatch> epoch(int epoch, Random random) {
    double rate = options.teacherForcing(epoch);
    List<Minibatch> segments = new ArrayList<>(text.segments());
    for (int segment = 0; segment < text.segments(); segment++) {
      segments.add(new Segment(segment, rate, random));
    }
    return segments;
  }

  @Override
  public Map<String, INDArray> carried() {
    return steps.state();
  }

  @Override
  public void carry(Map<String, INDArray> carried) {
    steps.restore(carried, text.streams());
  }

  @Override
  public boolean validates() {
    return validation.ids().length > 0;
  }

  @Override
  public Measures validate(ComputationGraph network) {
    UnitScore score = UnitScore.of(network, validation.ids());
    return new Measures(score.loss(), score.bits(validation) / score.predicted());
  }

  /** A minibatch: the first one of an epoch begins with a state of zeros. */
  private final class Segment implements Minibatch {
    private final int number;
    private final double teacherForcing;
    private final Random random;

    Segment(int number, double teacherForcing, Random random) {
      this.number = number;
      this.teacherForcing = teacherForcing;
      this.random = random;
    }

    @Override
    public int rows() {
      return text.streams() * text.steps(number);
    }

    @Override
    public Measures train(ComputationGraph network) {
      begin();
      int[][] inputs = text.inputs(number);
      if (teacherForcing < 1) {
        replaceSome(inputs);
      }
      INDArray labels = steps.labels(text.next(number));
      double penalties = network.calcRegularizationScore(true); // before the step, as in the loss
      double loss = steps.train(UnitStreams.array(inputs), labels);
      double perCharacter = (loss - penalties) / text.steps(number);
      return new Measures(perCharacter + penalties, perCharacter / Math.log(2));
    }

    private void begin() {
      if (number == 0) {
        steps.reset();
        return;
      }
      for (int b = 0; restartEvery > 0 && b < text.streams(); b++) {
        if (random.nextInt(restartEvery) == 0) {
          steps.reset(b);
        }
      }
    }

    /** Puts the network's own answers in the place of true characters. */
    private void replaceSome(int[][] inputs) {
      int length = text.steps(number);
      int atOnce = Math.min(length, steps.stepsAtOnce(inputs.length));
      Map<String, INDArray> before = atOnce < length ? steps.state() : Map.of();
      int[][] read = Arrays.stream(inputs).map(int[]::clone).toArray(int[][]::new);
      for (int from = 0; from < length - 1; from += atOnce) {
        int until = Math.min(length, from + atOnce);
        int[][] part = part(read, from, until);
        INDArray answers = steps.answer(UnitStreams.array(part), atOnce < length);
        replaceSome(inputs, from + 1, Math.min(length - 1, until), TimeMajor.numbers(answers));
      }
      if (atOnce < length) {
        begin(before);
      }
    }

    /** The segment begins with this state; none are zeros. */
    private void begin(Map<String, INDArray> state) {
      if (state.isEmpty()) {
        steps.reset();
      } else {
        steps.restore(state, text.streams());
      }
    }

    private static int[][] part(int[][] ids, int from, int until) {
      return Arrays.stream(ids)
          .map(row -> Arrays.copyOfRange(row, from, until))
          .toArray(int[][]::new);
    }

    /** Of the steps [from, last], the probabilities of which are given. */
    private void replaceSome(int[][] inputs, int from, int last, float[] answers) {
      int classes = units.size();
      for (int t = from; t <= last; t++) {
        for (int b = 0; b < inputs.length; b++) {
          if (random.nextDouble() >= teacherForcing) {
            int start = ((t - from) * inputs.length + b) * classes;
            int drawn = draw(answers, start, classes);
            // What is never written when text is generated is never read there.
            inputs[b][t] = drawn < units.first() ? inputs[b][t] : drawn;
          }
        }
      }
    }

    private int draw(float[] probabilities, int start, int count) {
      double left = random.nextDouble();
      for (int id = 0; id < count - 1; id++) {
        left -= probabilities[start + id];
        if (left < 0) {
          return id;
        }
      }
      return count - 1;
    }
  }
}
