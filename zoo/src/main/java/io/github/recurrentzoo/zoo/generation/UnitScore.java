package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.network.TimeMajor;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * How well a network predicts a text that is read with carried state.
 *
 * <p>The text is read in up to {@value #STREAMS} places at once, each beginning with a state of
 * zeros; all characters or words but the first of the text are predicted.
 *
 * @param predicted the number of characters or words predicted
 * @param loss the mean of -log of the probability of each one's id, in nats
 */
record UnitScore(long predicted, double loss) {
  private static final int STREAMS = 64;
  private static final int STEPS_OF_A_STREAM = 1_000; // so that the beginnings weigh little
  private static final int SEGMENT = 64;

  /**
   * Scores a text.
   *
   * @param ids of two characters at least
   */
  static UnitScore of(ComputationGraph network, int[] ids) {
    int streams = Math.max(1, Math.min(STREAMS, ids.length / STEPS_OF_A_STREAM));
    CarriedSteps steps = new CarriedSteps(network);
    int segmentLength = Math.min(SEGMENT, steps.stepsAtOnce(streams));
    UnitStreams text = UnitStreams.padded(ids, streams, segmentLength);
    steps.reset();
    long predicted = 0;
    double loss = 0;
    for (int segment = 0; segment < text.segments(); segment++) {
      float[] probabilities =
          TimeMajor.numbers(steps.answer(UnitStreams.array(text.inputs(segment)), true));
      int vocabularySize = probabilities.length / (text.steps(segment) * streams);
      for (int t = 0; t < text.steps(segment); t++) {
        for (int b = 0; b < streams; b++) {
          if (text.isInText(segment, b, t)) {
            int next = text.next(segment, b, t);
            float p = probabilities[(t * streams + b) * vocabularySize + next];
            loss -= Math.log(Math.max(p, Float.MIN_NORMAL));
            predicted++;
          }
        }
      }
    }
    steps.reset();
    return new UnitScore(predicted, loss / predicted);
  }

  /** The bits of the whole text, with those that tell what unknown characters or words are. */
  double bits(GeneratorUnits.Encoded text) {
    return predicted * loss / Math.log(2) + text.unknownBits();
  }
}
