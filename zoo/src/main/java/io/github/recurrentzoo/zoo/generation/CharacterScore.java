package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.network.TimeMajor;
import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * How well a network predicts a text that is read with carried state.
 *
 * <p>The text is read in up to {@value #STREAMS} places at once, each beginning with a state of
 * zeros; all characters but the first of the text are predicted.
 *
 * @param predicted the number of characters predicted
 * @param unknown those of them that are not in the vocabulary
 * @param loss the mean of -log of the probability of each character's id, in nats
 */
record CharacterScore(long predicted, long unknown, double loss) {
  private static final int STREAMS = 64;
  private static final int STEPS_OF_A_STREAM = 1_000; // so that the beginnings weigh little
  private static final int SEGMENT = 64;

  /**
   * Scores a text.
   *
   * @param ids of two characters at least
   */
  static CharacterScore of(ComputationGraph network, int[] ids) {
    int streams = Math.max(1, Math.min(STREAMS, ids.length / STEPS_OF_A_STREAM));
    CarriedSteps steps = new CarriedSteps(network);
    int segmentLength = Math.min(SEGMENT, steps.stepsAtOnce(streams));
    CharacterStreams text = CharacterStreams.padded(ids, streams, segmentLength);
    steps.reset();
    long predicted = 0;
    long unknown = 0;
    double loss = 0;
    for (int segment = 0; segment < text.segments(); segment++) {
      float[] probabilities =
          TimeMajor.numbers(steps.answer(CharacterStreams.array(text.inputs(segment)), true));
      int vocabularySize = probabilities.length / (text.steps(segment) * streams);
      for (int t = 0; t < text.steps(segment); t++) {
        for (int b = 0; b < streams; b++) {
          if (text.isInText(segment, b, t)) {
            int next = text.next(segment, b, t);
            float p = probabilities[(t * streams + b) * vocabularySize + next];
            loss -= Math.log(Math.max(p, Float.MIN_NORMAL));
            unknown += next == CharacterVocabulary.UNKNOWN ? 1 : 0;
            predicted++;
          }
        }
      }
    }
    steps.reset();
    return new CharacterScore(predicted, unknown, loss / predicted);
  }

  /** The bits per character, with those that tell which character an unknown one is. */
  double bits(CharacterVocabulary vocabulary) {
    return loss / Math.log(2) + vocabulary.bitsPerUnknown() * unknown / predicted;
  }
}
